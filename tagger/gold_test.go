package tagger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger"
)

// goldArticle is an article of testdata/gold with the names a careful reader
// finds in it.
type goldArticle struct {
	file    string
	article tagger.Article
	names   map[goldName]bool
}

// goldName is one name: where it stands and of what type it is.
type goldName struct {
	field      tagger.Field
	start, end int
	typ        tagger.MentionType
}

var goldTypes = map[string]tagger.MentionType{
	"PER": tagger.PersonMention,
	"ORG": tagger.OrganizationMention,
	"LOC": tagger.PlaceMention,
	"DEM": tagger.DemonymMention,
}

// readGold reads every article of testdata/gold; its README tells the format.
func readGold(t *testing.T) []goldArticle {
	t.Helper()
	files, err := filepath.Glob("testdata/gold/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold articles in testdata/gold: %v", err)
	}
	var all []goldArticle
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(string(data), "\n\n")
		g := goldArticle{file: filepath.Base(file), names: map[goldName]bool{}}
		g.article.Title = g.unmark(t, tagger.Title, title)
		g.article.Body = g.unmark(t, tagger.Body, strings.TrimSpace(body))
		all = append(all, g)
	}
	return all
}

// unmark takes the brackets out of a text and notes where the names stood.
func (g *goldArticle) unmark(t *testing.T, field tagger.Field, marked string) string {
	t.Helper()
	var plain strings.Builder
	for {
		before, rest, found := strings.Cut(marked, "[")
		plain.WriteString(before)
		if !found {
			return plain.String()
		}
		inside, after, closed := strings.Cut(rest, "]")
		label, name, spaced := strings.Cut(inside, " ")
		typ, known := goldTypes[label]
		if !closed || !spaced || !known {
			t.Fatalf("%s: bad mark [%.20s: want [TYPE name]", g.file, rest)
		}
		start := plain.Len()
		plain.WriteString(name)
		g.names[goldName{field, start, plain.Len(), typ}] = true
		marked = after
	}
}

// score counts right, found and gold names of one type.
type score struct{ right, found, gold int }

func (s score) String() string {
	p, r := ratio(s.right, s.found), ratio(s.right, s.gold)
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("P %5.1f  R %5.1f  F1 %5.1f  (%d right, %d found, %d gold)", p, r, f, s.right, s.found, s.gold)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}
