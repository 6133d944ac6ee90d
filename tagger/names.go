package tagger

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// matchNames finds the gazetteer's names. All of them tell the recognizer
// something; the layer of names keeps those that the text writes as names:
// with a capital, on one line, in no address and in no line of navigation.
func (t *Tagger) matchNames(_ context.Context, d *document) error {
	if t.gazetteer == nil {
		return nil
	}
	d.names = t.gazetteer.Match(d.names, d.text)
	d.members = recognizer.Members(d.members, t.gazetteer, d.names, d.tokens)
	d.names = slices.DeleteFunc(d.names, func(m gazetteer.Match) bool {
		return !d.writtenAsName(m.Span)
	})
	t.matchSmallNames(d)
	t.splitNames(d)
	t.matchBeginnings(d)
	return nil
}

func (d *document) writtenAsName(s text.Span) bool {
	return strings.IndexFunc(s.Of(d.text), unicode.IsUpper) >= 0 && d.standsAsName(s)
}

// standsAsName reports whether a span stands where a name may: on one line, in
// no address and in no line of navigation.
func (d *document) standsAsName(s text.Span) bool {
	return strings.IndexByte(s.Of(d.text), '\n') < 0 && !d.inAddress(s) && !d.furniture[d.sentenceAt(s.Start)]
}

// inAddress reports whether a span is part of a web or mail address, a file
// name or a handle: kabul.af, @Reuters, info@un.org, /news/Iran.
func (d *document) inAddress(s text.Span) bool {
	if name := s.Of(d.text); strings.HasPrefix(name, "www.") || strings.Contains(name, "://") {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(d.text[:s.Start])
	if strings.ContainsRune("@_=\\", before) || before == '/' && d.insideToken(s.Start) {
		return true
	}
	rest := d.text[s.End:]
	after, size := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("@_=\\", after) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return after == '.' && unicode.IsLower(next)
}

// insideToken reports whether byte i stands inside a token. The slash between
// two words, "Reuters/Ipsos", is a token of its own, that of a path is not.
func (d *document) insideToken(i int) bool {
	k := d.tokenAt(i)
	return k < len(d.tokens) && d.tokens[k].Start < i
}
