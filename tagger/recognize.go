package tagger

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/token"

	"github.com/dateline-news/dateline/tagger/text"
)

// recognize finds names by their form and context. Until our own recognizer
// is trained these are prose's entities.
func (t *Tagger) recognize(_ context.Context, d *document) error {
	tagger, err := tag.New()
	if err != nil {
		return err
	}
	extracter, err := ner.New()
	if err != nil {
		return err
	}
	for k, s := range d.sentences {
		if d.furniture[k] {
			continue
		}
		words := d.words(s.First, s.Last)
		tagger.TagTokens(words)
		extracter.Label(words)
		// The chunker drops a name that ends the text: end it with a word
		// that is none.
		last := words[len(words)-1]
		words = append(words, token.Token{Start: last.End(), Tag: ".", Label: "O"})
		for _, e := range extracter.Chunk(d.text, words) {
			d.addFound(e)
		}
	}
	return nil
}

// words are tokens first to last with their text.
func (d *document) words(first, last int) []token.Token {
	w := make([]token.Token, 0, last-first+1)
	for _, span := range d.tokens[first:last] {
		w = append(w, token.Token{Text: span.Of(d.text), Start: span.Start})
	}
	return w
}

func (d *document) addFound(e ner.Entity) {
	f := found{confidence: 0.5, typ: proseTypes[e.Label]}
	f.span.Start, f.span.End = e.Start, e.Start+len(e.Text)
	f.span = d.trimName(f.span, f.typ)
	if f.typ != NoMention && f.span.Len() > 0 && !d.inAddress(f.span) && !d.isPair(f.span) {
		d.found = append(d.found, f)
	}
}

// isPair reports whether a span is two gazetteer names with a hyphen between
// them, "Tajik-Afghan", which are two mentions and not one.
func (d *document) isPair(s text.Span) bool {
	n := strings.IndexAny(s.Of(d.text), "-–")
	if n <= 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(d.text[s.Start+n:])
	second := s.Start + n + size
	return d.nameAt(text.Span{Start: s.Start, End: s.Start + n}) && d.nameAt(text.Span{Start: second, End: s.End})
}

// nameAt reports whether the gazetteer's longest name at the start of a span
// is the whole span.
func (d *document) nameAt(s text.Span) bool {
	k := d.firstNameFrom(s.Start)
	return k < len(d.names) && d.names[k].Span == s
}

var proseTypes = map[string]MentionType{
	"PERSON": PersonMention, "GPE": PlaceMention, "ORGANIZATION": OrganizationMention,
}
