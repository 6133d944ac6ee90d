package tagger

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// recognize finds names by their form and context.
func (t *Tagger) recognize(_ context.Context, d *document) error {
	if t.recognizer == nil {
		return nil
	}
	in := recognizer.Input{Text: d.text, Tokens: d.tokens, Sentences: d.sentences, Member: d.members}
	for _, e := range t.recognizer.Label(nil, in) {
		f := found{typ: labelTypes[e.Label], confidence: e.Confidence}
		f.span = text.Span{Start: d.tokens[e.First].Start, End: d.tokens[e.Last-1].End}
		if part, whole, ok := t.partOf(d, f.span); ok {
			d.addFound(found{part, f.typ, f.confidence})
			f.span = whole
		}
		if t.namesPerson(d, f) {
			f.typ, f.confidence = PersonMention, max(f.confidence, unsure)
		}
		d.addFound(f)
	}
	return nil
}

// unsure is the confidence under which the recognizer's type is questioned.
const unsure = 0.65

// namesPerson reports whether an unsure place of two or three words that no
// gazetteer knows begins with a given name: Jordan Peele, Chelsea Manning.
func (t *Tagger) namesPerson(d *document, f found) bool {
	name := f.span.Of(d.text)
	first, rest := firstWord(name)
	return f.typ == PlaceMention && f.confidence < unsure && rest > 0 && strings.Count(name, " ") <= 2 &&
		t.gazetteer != nil && t.gazetteer.Word(first)&gazetteer.GivenName != 0 && !d.nameAt(f.span)
}

// addFound takes over a name of the recognizer, without what stands around it
// and unless it is no name at all.
func (d *document) addFound(f found) {
	f.span = d.trimName(f.span, f.typ)
	if f.span.Len() > 0 && !d.inAddress(f.span) && !d.isPair(f.span) && !d.furniture[d.sentenceAt(f.span.Start)] {
		d.found = append(d.found, f)
	}
}

var labelTypes = [...]MentionType{
	recognizer.PER: PersonMention, recognizer.ORG: OrganizationMention, recognizer.LOC: PlaceMention,
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
