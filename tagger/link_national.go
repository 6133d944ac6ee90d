package tagger

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// Labour Party, Senate and Ministry of Health are names that any country may
// give a body of its own, and a gazetteer knows but some of them. Such a name
// says nothing of the country that an article is about; the article says whose
// body is meant.

// national reports whether bodies of several countries are called so. Acronyms
// do not count: that two parties are EU for short makes the European Union no
// body of each country.
func (t *Tagger) national(name string, bearers []gazetteer.Bearer) bool {
	if _, ok := stateBody(name); ok {
		return true
	}
	first := ""
	for _, b := range bearers[:min(len(bearers), maxCandidates)] {
		h := t.gazetteer.Head(b.Ref)
		switch {
		case b.Flags&gazetteer.Acronym != 0 || h.Kind != gazetteer.Party || h.Country == "" || h.Country == first:
		case first == "":
			first = h.Country
		default:
			return true
		}
	}
	return false
}

// stateBody reads a name without a country as that of a body of state. Beside
// those that are composed with a country wherever they stand there are the
// chambers of parliaments.
func stateBody(name string) (body, bool) {
	words := strings.ToLower(name)
	switch words {
	case "senate", "house of representatives", "congress":
		return body{head: head{words: words, name: name, kind: "parliament"}}, true
	}
	return parseBody(words)
}

// abroad reports whether the article speaks of countries and neither of them
// nor the outlet's is the candidate's.
func (l *linker) abroad(country string) bool {
	return len(l.focus) > 0 && l.focus[country] == 0 && country != l.outlet && !l.spoken[country]
}

// impliedBody reads a single word, the Parliament, as a body of the country that
// the article is about, unless the article spells out another.
func (l *linker) impliedBody(m *mention) (Entity, bool) {
	name := l.of(m)
	if m.typ != OrganizationMention || l.implied.ID == "" || strings.IndexByte(name, ' ') >= 0 || !isCapital(name) {
		return Entity{}, false
	}
	b, ok := stateBody(name)
	if !ok || l.spelledOut(name) {
		return Entity{}, false
	}
	return l.compose(&b, l.implied, sureOfImplied, name), true
}

// spelledOut reports whether a longer name of an organization ends with the
// word, as European Parliament does.
func (l *linker) spelledOut(word string) bool {
	for i := range l.chains {
		m := &l.mentions[l.chains[i].fullest]
		if m.typ == OrganizationMention && strings.HasSuffix(l.of(m), " "+word) {
			return true
		}
	}
	return false
}
