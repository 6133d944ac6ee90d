package tagger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/recognizer"
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

// f1 is the harmonic mean of precision and recall, in percent.
func (s score) f1() float64 { return ratio(2*s.right, s.found+s.gold) }

func (s score) String() string {
	return fmt.Sprintf("P %5.1f  R %5.1f  F1 %5.1f  (%d right, %d found, %d gold)",
		ratio(s.right, s.found), ratio(s.right, s.gold), s.f1(), s.right, s.found, s.gold)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// scoreGold tags every gold article and counts by type.
func scoreGold(t *testing.T, tg *tagger.Tagger) (map[tagger.MentionType]*score, []string) {
	t.Helper()
	scores := map[tagger.MentionType]*score{}
	for _, typ := range goldTypes {
		scores[typ] = &score{}
	}
	var errors []string
	for _, g := range readGold(t) {
		result, err := tg.Tag(t.Context(), g.article)
		if err != nil {
			t.Fatalf("%s: %v", g.file, err)
		}
		errors = append(errors, g.compare(result, scores)...)
	}
	return scores, errors
}

// compare counts one article and lists where the result differs from gold.
func (g *goldArticle) compare(result *tagger.Result, scores map[tagger.MentionType]*score) (errors []string) {
	missed := map[goldName]bool{}
	for name := range g.names {
		missed[name] = true
		scores[name.typ].gold++
	}
	for _, m := range result.Mentions {
		name := goldName{m.Field, m.Span.Start, m.Span.End, m.Type}
		scores[m.Type].found++
		if g.names[name] {
			scores[m.Type].right++
			delete(missed, name)
			continue
		}
		errors = append(errors, g.describe("wrong ", name))
	}
	for name := range missed {
		errors = append(errors, g.describe("missed", name))
	}
	return errors
}

func (g *goldArticle) describe(what string, n goldName) string {
	text := g.article.Title
	if n.field == tagger.Body {
		text = g.article.Body
	}
	return fmt.Sprintf("%-14s %s %6d %-12s %s", g.file, what, n.start, typeNames[n.typ], text[n.start:n.end])
}

var typeNames = map[tagger.MentionType]string{
	tagger.PersonMention:       "PERSON",
	tagger.OrganizationMention: "ORGANIZATION",
	tagger.PlaceMention:        "PLACE",
	tagger.DemonymMention:      "DEMONYM",
}

// TestGold holds the quality on testdata/gold above a floor; -v lists the
// scores and the errors.
func TestGold(t *testing.T) {
	scores, errors := scoreGold(t, newDefault(t))
	slices.Sort(errors)
	t.Log(strings.Join(errors, "\n"))
	var table strings.Builder
	var all score
	for _, typ := range []tagger.MentionType{tagger.PersonMention, tagger.OrganizationMention, tagger.PlaceMention, tagger.DemonymMention} {
		s := *scores[typ]
		fmt.Fprintf(&table, "%-13s %v\n", typeNames[typ], s)
		all.right, all.found, all.gold = all.right+s.right, all.found+s.found, all.gold+s.gold
	}
	fmt.Fprintf(&table, "%-13s %v\n", "all", all)
	t.Log("\n" + table.String())
	if f := all.f1(); f < 85 {
		t.Errorf("F1 on testdata/gold is %.1f, want at least 85", f)
	}
}

// newDefault is a tagger of what the binary embeds.
func newDefault(t *testing.T) *tagger.Tagger {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	m, err := recognizer.Default()
	if err != nil {
		t.Fatal(err)
	}
	tg, err := tagger.New(tagger.Options{Gazetteer: g, Recognizer: m})
	if err != nil {
		t.Fatal(err)
	}
	return tg
}
