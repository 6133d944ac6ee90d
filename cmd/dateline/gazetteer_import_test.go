package main

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// wikidataBzip2 is a dump of one person, Q1, as bzip2 packs it.
const wikidataBzip2 = "QlpoOTFBWSZTWfbokqIAADFfgAAQUAQqEAAMYAo+r98qMAC2IxkxNMJpiYCaYCJvVTQBoGg0ANBK" +
	"noiCaaANPQRskdG258KtpM0VIK3phK0n01oa+KouKMAUBAQQG12y7h7SELT5ozwIE1CfNW5xwop5" +
	"CqD09VumigjkUqMPZqmLcWGwX14ukNsthwTdMXLSQ8lW7gjt53xjYr7xpeLAeEupOBVZohnuJC4u" +
	"ZJz8XckU4UJD26JKiA=="

// A dump that cannot be read to its end makes no index, and the old one stays.
func TestImportOfDamagedDump(t *testing.T) {
	folder := t.TempDir()
	packed, err := base64.StdEncoding.DecodeString(wikidataBzip2)
	if err != nil {
		t.Fatal(err)
	}
	dump, out := filepath.Join(folder, "dump.json.bz2"), filepath.Join(folder, "out.gaz")
	run := func(content []byte) (string, error) {
		if err := os.WriteFile(dump, content, 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := exec.CommandContext(t.Context(), "dateline", "gazetteer", "import", "--bare", "--wikidata", dump, "-o", out).CombinedOutput()
		return string(said), err
	}
	if said, err := run(packed); err != nil || !strings.Contains(said, "1 entries") {
		t.Fatalf("%v\n%s", err, said)
	}
	whole, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"cut short": packed[:len(packed)-20], "no bzip2": []byte("no bzip2")} {
		if said, err := run(content); err == nil || !strings.Contains(said, dump) {
			t.Errorf("%s: got %v\n%s\nwant an error that names the file", name, err, said)
		}
		if now, err := os.ReadFile(out); err != nil || string(now) != string(whole) {
			t.Errorf("%s: the old index is not what it was, %v", name, err)
		}
	}
}
