package tagger

import (
	"context"
	"strings"

	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/token"
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
	for f.typ != NoMention && f.span.Len() > 0 && strings.HasSuffix(f.span.Of(d.text), " ") {
		f.span.End--
	}
	if f.typ != NoMention && f.span.Len() > 0 {
		d.found = append(d.found, f)
	}
}

var proseTypes = map[string]MentionType{
	"PERSON": PersonMention, "GPE": PlaceMention, "ORGANIZATION": OrganizationMention,
}
