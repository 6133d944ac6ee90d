package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// matchSmallNames finds the places that a careless writer gives no capital,
// "how are vietnam and afghanistan alike": in a copy of the text whose words
// all have one. Texts that mind their capitals are not read again.
func (t *Tagger) matchSmallNames(d *document) {
	if !d.isCareless() {
		return
	}
	n := len(d.names)
	d.names = t.gazetteer.Match(d.names, withCapitals(d.text))
	small := slices.DeleteFunc(d.names[n:], func(m gazetteer.Match) bool {
		return !d.writtenSmall(m.Span) || !t.isGreatPlace(d, m)
	})
	d.names = d.names[:n+len(small)]
	slices.SortStableFunc(d.names, func(a, b gazetteer.Match) int { return a.Span.Start - b.Span.Start })
}

// isCareless reports whether a text goes without capitals where they are due:
// at the beginning of a line or in "I".
func (d *document) isCareless() bool {
	for _, s := range d.sentences {
		first := d.tokens[s.First]
		if isSmall(first.Of(d.text)) && (first.Start == 0 || d.text[first.Start-1] == '\n') {
			return true
		}
		for _, t := range d.tokens[s.First:s.Last] {
			if t.Len() == 1 && d.text[t.Start] == 'i' {
				return true
			}
		}
	}
	return false
}

// withCapitals is a text of the same length in which every word that begins
// with a small ASCII letter begins with a capital.
func withCapitals(s string) string {
	b := []byte(s)
	inside := false // a word
	for i, c := range b {
		small := c >= 'a' && c <= 'z'
		if small && !inside {
			b[i] = c - 'a' + 'A'
		}
		inside = small || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '\'' || c >= 0x80
	}
	return string(b)
}

// writtenSmall reports whether a span is whole words in small letters where a
// name may stand. "A chihuahua" is a dog.
func (d *document) writtenSmall(s text.Span) bool {
	name := s.Of(d.text)
	if hasCapital(name) || strings.IndexByte(name, '-') >= 0 || d.insideToken(s.Start) || !d.standsAsName(s) {
		return false
	}
	k := d.tokenAt(s.Start)
	return k == 0 || !articles[d.tokens[k-1].Of(d.text)]
}

var articles = wordSet("a an the A An The")

// thingsOfPlaces are what the names of great places mean in small letters.
var thingsOfPlaces = wordSet(`bermuda bologna bordeaux burgundy champagne chihuahua china cologne
	guinea java jersey kobe lima limerick madeira madras manila natal panama provence turkey`)

// isGreatPlace reports whether a name is that of a country, a province or a
// city that the world knows, and no other word that a text may mean.
func (t *Tagger) isGreatPlace(d *document, m gazetteer.Match) bool {
	const known, shortest = 0.4, 4
	name := m.Span.Of(d.text)
	first, _ := firstWord(name)
	if len(name) < shortest || m.Flags&(gazetteer.Acronym|gazetteer.CaseSensitive|gazetteer.NeedsContext) != 0 ||
		articles[first] || thingsOfPlaces[name] || t.gazetteer.Word(name)&gazetteer.GivenName != 0 {
		return false
	}
	for _, b := range t.gazetteer.Bearers(nil, m) {
		if h := t.gazetteer.Head(b.Ref); h.Type == gazetteer.Place && b.Flags&gazetteer.Demonym == 0 && h.Prior >= known {
			return true
		}
	}
	return false
}
