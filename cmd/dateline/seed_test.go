package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// seedFolder holds a scraped page of a news site, with several articles and
// navigation text, and the names a careful reader finds in it. It is not part
// of the project.
var seedFolder = filepath.Join("..", "..", "..", "shared", "seed")

// seedGold is gold.json.
type seedGold struct {
	Source   string
	Names    map[string][]string // by type of mention
	None     []string            // words that must not be entities
	KnownIDs map[string]string   `json:"known_ids"`
}

// TestSeedPage tags a page as a scraper leaves it.
func TestSeedPage(t *testing.T) {
	page, gold := readSeed(t)
	in, err := json.Marshal(map[string]string{"id": "page", "text": page, "source": gold.Source})
	if err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := dateline(t, bytes.NewReader(in), "tag", "--format", "jsonl")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var got tagging
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	entities := func(text, typ string) (ids []string) {
		for _, m := range got.Mentions {
			if m.Text == text && m.Type == typ && !slices.Contains(ids, m.Entity) {
				ids = append(ids, m.Entity)
			}
		}
		return ids
	}
	for _, place := range gold.Names["PLACE"] {
		if len(entities(place, "PLACE")) == 0 {
			t.Errorf("%s is not found as a place", place)
		}
	}
	for name, id := range gold.KnownIDs {
		if ids := entities(name, "PLACE"); !slices.Equal(ids, []string{id}) {
			t.Errorf("%s: got entities %v, want %s", name, ids, id)
		}
	}
	short, full := entities("CSTO", "ORGANIZATION"), entities("Collective Security Treaty Organization", "ORGANIZATION")
	if len(short) != 1 || !slices.Equal(short, full) {
		t.Errorf("CSTO is %v and its expansion %v, want one entity", short, full)
	}
	short, full = entities("Kharitonova", "PERSON"), entities("Natalia Kharitonova", "PERSON")
	if len(short) != 1 || !slices.Equal(short, full) {
		t.Errorf("Kharitonova is %v and Natalia Kharitonova %v, want one entity", short, full)
	}
	checkDemonymPair(t, page, got.Mentions)
	for _, e := range got.Entities {
		if slices.Contains(gold.None, e.Name) {
			t.Errorf("%s is an entity: %v", e.Name, e)
		}
	}
}

// checkDemonymPair wants Tajik-Afghan as demonyms of two countries.
func checkDemonymPair(t *testing.T, page string, mentions []mention) {
	t.Helper()
	at := strings.Index(page, "Tajik-Afghan")
	want := map[int]string{at: "Q863", at + len("Tajik-"): "Q889"}
	for _, m := range mentions {
		if m.Type == "DEMONYM" && want[m.Start] == m.Entity {
			delete(want, m.Start)
		}
	}
	if at < 0 || len(want) > 0 {
		t.Errorf("Tajik-Afghan: no demonyms of %v", want)
	}
}

func readSeed(t *testing.T) (page string, gold seedGold) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(seedFolder, "page.txt"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the page is not part of the project and does not lie beside it")
	}
	if err != nil {
		t.Fatal(err)
	}
	answers, err := os.ReadFile(filepath.Join(seedFolder, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(answers, &gold); err != nil {
		t.Fatal(err)
	}
	return string(text), gold
}
