package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// goldText is a text whose mentions people have linked to Wikipedia and
// grouped by whom they denote: GUM's annotation as JSON lines. Offsets count
// code points.
type goldText struct {
	ID       string        `json:"doc_id"`
	Date     string        `json:"date"`
	URL      string        `json:"url"`
	Text     string        `json:"text"`
	Mentions []goldMention `json:"mentions"`

	offsets []int // byte of every code point
}

// goldMention is one mention. Name is the part of it that is a name, "" for
// pronouns and descriptions; Title is the Wikipedia page of what it denotes.
type goldMention struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Type       string `json:"type"` // PER, ORG, LOC and others
	Name       string `json:"name"`
	NameStart  int    `json:"name_start"`
	NameEnd    int    `json:"name_end"`
	Title      string `json:"title"`
	Antecedent *struct {
		Start   int    `json:"start"`
		End     int    `json:"end"`
		Surface string `json:"surface"`
	} `json:"antecedent"`
}

// readGold reads all texts of a file in the linking folder of the data.
func readGold(data, name string) ([]goldText, error) {
	path := filepath.Join(data, "linking", name)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	var all []goldText
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		var g goldText
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		g.index()
		all = append(all, g)
	}
	return all, lines.Err()
}

// index finds the byte of every code point.
func (g *goldText) index() {
	g.offsets = make([]int, 0, len(g.Text)+1)
	for i := range g.Text {
		g.offsets = append(g.offsets, i)
	}
	g.offsets = append(g.offsets, len(g.Text))
}

// span is a range of code points in bytes, held within the text.
func (g *goldText) span(start, end int) gazetteer.Span {
	last := len(g.offsets) - 1
	return gazetteer.Span{Start: g.offsets[min(max(start, 0), last)], End: g.offsets[min(max(end, 0), last)]}
}

// article is the text as the tagger takes it.
func (g *goldText) article() tagger.Article {
	a := tagger.Article{Body: g.Text, Source: g.URL}
	if t, err := time.Parse(time.DateOnly, g.Date); err == nil {
		a.PublishTime = t
	}
	return a
}

// mentionAt is the mention of a result that shares most bytes with a span, nil
// when none shares any.
func mentionAt(r *tagger.Result, s gazetteer.Span) *tagger.Mention {
	var best *tagger.Mention
	most := 0
	for i := range r.Mentions {
		m := &r.Mentions[i]
		shared := min(m.Span.End, s.End) - max(m.Span.Start, s.Start)
		if m.Field == tagger.Body && shared > most {
			best, most = m, shared
		}
	}
	return best
}

// entityOf is the entity of the mention of just this name, but for an article
// or a possessive; nil when there is none.
func (g *goldText) entityOf(r *tagger.Result, name gazetteer.Span) *tagger.Entity {
	m := mentionAt(r, name)
	if m == nil || bareName(m.Span.Of(g.Text)) != bareName(name.Of(g.Text)) {
		return nil
	}
	return &r.Entities[m.Entity]
}

func bareName(name string) string {
	name = strings.TrimSuffix(gazetteer.Fold(name), " 's")
	return strings.TrimPrefix(name, "the ")
}

// goldEntry finds the gazetteer's entry of a Wikipedia title: the best known
// bearer of the title, of the mention's type, that agrees with what the title
// says after a comma or in brackets to tell it from others of the name, as in
// "Columbus, Ohio" and "Georgia (country)". It is none when no entry fits, or
// when the mention's name is not of that entry: a name cut from a longer
// phrase ("Florida" of "Clearwater, Florida").
func goldEntry(g *gazetteer.Gazetteer, m *goldMention) (gazetteer.Ref, bool) {
	name, qualifier := splitTitle(m.Title)
	ref, ok := bestBearer(g, m.Title, "", m.Type)
	if !ok && qualifier != "" {
		ref, ok = bestBearer(g, name, qualifier, m.Type)
	}
	if !ok || !sharesWord(m.Name, name) && !bears(g, ref, m.Name) {
		return 0, false
	}
	return ref, true
}

// cut reports whether a name shares no word with the title, nor is an acronym:
// it was cut from a longer phrase and names something else, as "Florida" of
// "Clearwater, Florida".
func (m *goldMention) cut() bool {
	name, _ := splitTitle(m.Title)
	return !sharesWord(m.Name, name) && m.Name != strings.ToUpper(m.Name)
}

// denotes reports whether an entity that was linked is what a title names, which
// no entry has for its name: the same but for the article or "Saint", or a body of
// state whose country stands in another place.
func denotes(g *gazetteer.Gazetteer, got *tagger.Entity, title string) bool {
	name, qualifier := splitTitle(title)
	if ref, ok := g.Lookup(got.ID); ok && qualifier == "" && bears(g, ref, strings.TrimPrefix(name, "The ")) {
		return true
	}
	if gazetteer.Fold(got.Name) == gazetteer.Fold("Saint "+title) {
		return true
	}
	body, _, _ := strings.Cut(got.Name, " of ")
	for i := range name {
		if name[i] != ' ' || gazetteer.Fold(name[i+1:]) != gazetteer.Fold(body) {
			continue
		}
		for _, b := range g.Find(nil, name[:i]) {
			if h := g.Head(b.Ref); h.Kind == gazetteer.Country && h.Country == got.Country {
				return true
			}
		}
	}
	return false
}

// splitTitle parts a title from its qualifier.
func splitTitle(title string) (name, qualifier string) {
	if name, q, ok := strings.Cut(title, " ("); ok {
		return name, strings.TrimSuffix(q, ")")
	}
	name, qualifier, _ = strings.Cut(title, ", ")
	return name, qualifier
}

func bestBearer(g *gazetteer.Gazetteer, name, qualifier, typ string) (best gazetteer.Ref, ok bool) {
	prior := -1.0
	for _, b := range g.Find(nil, name) {
		h := g.Head(b.Ref)
		if b.Flags&gazetteer.Demonym != 0 || !typeFits(h, typ) || !qualifies(g, b.Ref, qualifier) {
			continue
		}
		if h.Prior > prior {
			best, prior, ok = b.Ref, h.Prior, true
		}
	}
	return best, ok
}

// typeFits compares types as corpora and gazetteers do: countries act, and
// governments have a territory.
func typeFits(h gazetteer.Head, typ string) bool {
	switch typ {
	case "PER":
		return h.Type == gazetteer.Person
	case "LOC":
		return h.Type == gazetteer.Place || h.Kind == gazetteer.Government
	}
	return h.Type == gazetteer.Organization || h.Kind == gazetteer.Country
}

// qualifies reports whether a qualifier names the kind of an entry, its
// country or something that contains it.
func qualifies(g *gazetteer.Gazetteer, r gazetteer.Ref, qualifier string) bool {
	if qualifier == "" {
		return true
	}
	h := g.Head(r)
	for _, b := range g.Find(nil, qualifier) {
		q := g.Head(b.Ref)
		for _, p := range g.Entry(r).Parents {
			if p == q.ID {
				return true
			}
		}
		if q.Kind == gazetteer.Country && q.Country == h.Country && h.Kind != gazetteer.Country {
			return true
		}
	}
	lower := strings.ToLower(qualifier)
	if strings.Contains(lower, "state") && h.Kind == gazetteer.Admin1 || string(h.Kind) == lower {
		return true
	}
	return qualifiedByDemonym(g, h, qualifier)
}

// qualifiedByDemonym reports whether the first word is of the entry's country:
// "Canadian politician".
func qualifiedByDemonym(g *gazetteer.Gazetteer, h gazetteer.Head, qualifier string) bool {
	first, _, _ := strings.Cut(qualifier, " ")
	for _, b := range g.Find(nil, first) {
		if b.Flags&gazetteer.Demonym != 0 && g.Head(b.Ref).Country == h.Country {
			return true
		}
	}
	return false
}

func bears(g *gazetteer.Gazetteer, r gazetteer.Ref, name string) bool {
	for _, b := range g.Find(nil, name) {
		if b.Ref == r {
			return true
		}
	}
	return false
}

// sharesWord reports whether two names have a word of three letters in common.
func sharesWord(a, b string) bool {
	have := map[string]bool{}
	for w := range strings.FieldsSeq(gazetteer.Fold(a)) {
		have[w] = utf8.RuneCountInString(w) > 2
	}
	for w := range strings.FieldsSeq(gazetteer.Fold(b)) {
		if have[w] {
			return true
		}
	}
	return false
}
