package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// TestImportGoesOn kills an import in the middle of a dump and starts it again:
// it does not begin at the beginning, and makes the index of one that nobody
// interrupted. Wikidata's dump is a compressed one, and is parsed on all cores.
func TestImportGoesOn(t *testing.T) {
	for _, c := range []struct {
		flag, name string
		row        func(i int) string
	}{
		{"--geonames", "places.txt", placeRow},
		{"--wikidata", "items.json.gz", itemRow},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			dump := filepath.Join(folder, c.name)
			writeDump(t, dump, 140_000, c.row)
			testGoesOn(t, folder, c.flag, dump)
		})
	}
}

func testGoesOn(t *testing.T, folder, flag, dump string) {
	whole, cut := filepath.Join(folder, "whole.gaz"), filepath.Join(folder, "cut.gaz")
	importDump := func(out string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), "dateline", "gazetteer", "import", "--bare", flag, dump, "-o", out)
		cmd.Stderr = os.Stderr
		return cmd
	}
	if err := importDump(whole).Run(); err != nil {
		t.Fatal(err)
	}
	killed := importDump(cut)
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	partial := cut + ".partial"
	for deadline := time.Now().Add(time.Minute); !holds(partial, "#done "); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no lines were noted as done within a minute")
		}
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if killed.Wait() == nil {
		t.Fatal("the import was done before it was killed: make the dump longer")
	}
	if err := importDump(cut).Run(); err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(cut)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("the index of the interrupted import has %d bytes and differs from that of the other, of %d", len(b), len(a))
	}
	if _, err := os.Stat(partial); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", partial, err)
	}
}

// TestSpool begins anew where the files are not those of the
// spool, and cuts off what comes after the last lines noted as done.
func TestSpool(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.partial")
	const kept = "#of a\n{\"ID\":\"gn:1\"}\n#done dump\t7\n{\"ID\":\"gn:2\"}\n"
	if err := os.WriteFile(path, []byte(kept+`{"ID":"gn`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of    string
		ids   string
		lines int
	}{{"a", "[gn:1]", 7}, {"b", "[]", 0}} {
		ids := []string{}
		s, err := openSpool(path, c.of, func(e gazetteer.Entry) error { ids = append(ids, string(e.ID)); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(ids) != c.ids || s.lines["dump"] != c.lines {
			t.Errorf("import %s: got %v and %d lines, want %s and %d", c.of, ids, s.lines["dump"], c.ids, c.lines)
		}
		if err := s.file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func holds(path, mark string) bool {
	b, err := os.ReadFile(path)
	return err == nil && bytes.Contains(b, []byte("\n"+mark))
}

// writeDump writes rows to a file, compressed when its name says so.
func writeDump(t testing.TB, path string, rows int, row func(int) string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	var out io.Writer = w
	var z *gzip.Writer
	if strings.HasSuffix(path, ".gz") {
		z = gzip.NewWriter(w)
		out = z
	}
	for i := range rows {
		if _, err := io.WriteString(out, row(i)); err != nil {
			t.Fatal(err)
		}
	}
	if z != nil {
		err = z.Close()
	}
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// placeRow is a row as of allCountries.txt.
func placeRow(i int) string {
	return fmt.Sprintf("%d\tKa%dburg\tKa%dburg\t\t%.2f\t%.2f\tP\tPPL\tTJ\t\t01\t\t\t\t%d\t\t\t\t2026-01-01\n", i+1, i, i, float64(i%80), float64(i%170), i)
}

// itemRow is a line as of latest-all.json: a person known to six Wikipedias.
func itemRow(i int) string {
	return fmt.Sprintf(`{"type":"item","id":"Q%d","labels":{"en":{"language":"en","value":"Ka %dson"}},"aliases":{"en":[{"language":"en","value":"K. %dson"}]},`+
		`"claims":{"P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q5"}}},"rank":"normal"}]},`+
		`"sitelinks":{"a":{},"b":{},"c":{},"d":{},"e":{},"f":{}}},`+"\n", i+1, i, i)
}
