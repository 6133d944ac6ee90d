package tagger

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// seedGold are the names of a scraped page, as a careful reader lists them.
type seedGold struct {
	Source string
	Names  map[string][]string // by type
	Same   [][]string          // surfaces that denote one entity
	Known  map[string]string   `json:"known_ids"` // surface to id
	None   []string            // what must not be an entity
}

// TestSeed tags a real scraped page, which lies beside the checkout and is no
// part of the project.
func TestSeed(t *testing.T) {
	page, err := os.ReadFile("../../shared/seed/page.txt")
	if err != nil {
		t.Skip("the page is not there: ", err)
	}
	data, err := os.ReadFile("../../shared/seed/gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var gold seedGold
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	article := Article{Body: string(page), Source: gold.Source}
	r, err := newTestTagger(t).Tag(t.Context(), article)
	if err != nil {
		t.Fatal(err)
	}
	checkResult(t, r, "", article.Body)
	s := readSeed(r, article.Body)
	for typ, names := range gold.Names {
		for _, name := range names {
			if !s.types[name][typ] && !onlyWithin(r, article.Body, name) {
				t.Errorf("%q is no %s but %v", name, typ, s.types[name])
			}
		}
	}
	for _, group := range gold.Same {
		for _, name := range group[1:] {
			if s.ids[name] != s.ids[group[0]] {
				t.Errorf("%q is %s, %q is %s", group[0], s.ids[group[0]], name, s.ids[name])
			}
		}
	}
	for name, id := range gold.Known {
		if string(s.ids[name]) != id {
			t.Errorf("%q is %s, want %s", name, s.ids[name], id)
		}
	}
	for _, name := range gold.None {
		for surface := range s.types {
			if strings.HasPrefix(surface, name) {
				t.Errorf("%q is an entity", surface)
			}
		}
	}
}

// onlyWithin reports whether a name stands nowhere but inside longer names
// that were found: mentions never overlap.
func onlyWithin(r *Result, body, name string) bool {
	for at := 0; ; {
		n := strings.Index(body[at:], name)
		if n < 0 {
			return at > 0
		}
		at += n
		span := gazetteer.Span{Start: at, End: at + len(name)}
		longer := func(m Mention) bool { return m.Span != span && m.Span.Contains(span) }
		if !slices.ContainsFunc(r.Mentions, longer) {
			return false
		}
		at = span.End
	}
}

// seen are the surfaces of a result with their types and last entities.
type seen struct {
	types map[string]map[string]bool
	ids   map[string]gazetteer.ID
}

func readSeed(r *Result, body string) seen {
	s := seen{make(map[string]map[string]bool), make(map[string]gazetteer.ID)}
	for _, m := range r.Mentions {
		surface := m.Span.Of(body)
		if s.types[surface] == nil {
			s.types[surface] = make(map[string]bool)
		}
		s.types[surface][typeNames[m.Type]] = true
		s.ids[surface] = r.Entities[m.Entity].ID
	}
	return s
}
