package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// bodyEntity is the entity of a body of state. Its id is made of the country
// and the head's name, so that every way of naming it leads to one id:
//
//	gov:TJ:ministry-of-defense
//
// Where the gazetteer knows the body by its composed name, that entry is it.
// A bare body belongs to the country with which the article names the same
// body elsewhere, else to the one that most of the article is about.
func (l *linker) bodyEntity(c *chain) Entity {
	m := &l.mentions[c.fullest]
	b := &l.bodies[m.body-1]
	country, sure, ok := l.countryOf(b)
	switch {
	case ok:
		return l.compose(b, country, sure, b.withCountry(m.span).Of(l.text))
	case len(m.bearers) > 0:
		return l.entityOf(c)
	}
	e := unknown(l.of(m), gazetteer.Organization)
	e.Kind = b.head.kind
	e.Confidence = 0.5
	return e
}

// withCountry is the span of a body and of the country that it stands beside.
func (b *body) withCountry(s text.Span) text.Span {
	if b.where.Len() > 0 {
		s.Start = min(s.Start, b.where.Start)
	}
	return s
}

// compose makes the entity of a country's body, which the text calls surface.
func (l *linker) compose(b *body, country gazetteer.Head, sure float32, surface string) Entity {
	name := b.name() + " of " + withArticle(country.Name)
	if e, ok := l.listed(country, name, country.Name+" "+b.name(), b.name()+" of "+country.Name, surface); ok {
		e.Confidence = sure
		return e
	}
	e := Entity{
		ID:      gazetteer.ID("gov:" + country.Country + ":" + slug(fold(b.name()))),
		Name:    name,
		Type:    gazetteer.Organization,
		Kind:    b.head.kind,
		Country: country.Country,
		Linked:  true, Confidence: sure,
	}
	if r, ok := l.gazetteer.Lookup(country.ID); ok {
		e.Parents = append([]gazetteer.ID{country.ID}, l.hierarchy(r)...)
	}
	return e
}

// composed reads an unknown organization's name as a body of state with its
// country in one: "UK Government", "Russian Foreign Ministry".
func (l *linker) composed(m *mention) (Entity, bool) {
	if m.typ != OrganizationMention || l.gazetteer == nil {
		return Entity{}, false
	}
	name := strings.TrimPrefix(trimPossessive(l.of(m)), "the ")
	for i, words := 0, 0; i < len(name) && words < maxCountryWords; i++ {
		if name[i] != ' ' {
			continue
		}
		words++
		b, ok := parseBody(strings.ToLower(name[i+1:]))
		if !ok {
			continue
		}
		if country, ok := l.countryCalled(trimPossessive(name[:i])); ok {
			return l.compose(&b, country, sureOfNamed, l.of(m)), true
		}
	}
	return Entity{}, false
}

// maxCountryWords is how many words stand before a head at most: "the Central
// African Republic's parliament".
const maxCountryWords = 4

// parseBody reads the words of a body without its country, in lower case.
func parseBody(words string) (body, bool) {
	if topic, ok := strings.CutPrefix(words, "ministry of "); ok {
		return body{head: headsByWord["ministry"][0], topic: sameTopic(topic)}, true
	}
	if topic, ok := strings.CutSuffix(words, " ministry"); ok && ministryTopics[topic] != "" {
		return body{head: headsByWord["ministry"][0], topic: ministryTopics[topic]}, true
	}
	first, _, _ := strings.Cut(words, " ")
	for _, h := range headsByWord[first] {
		if h.words == words && h.name != "" {
			return body{head: h}, true
		}
	}
	return body{}, false
}

// name is the body's own name: "Ministry of Foreign Affairs".
func (b *body) name() string {
	if b.head.kind != "ministry" || b.topic == "" {
		return b.head.name
	}
	words := strings.Fields("ministry of " + b.topic)
	for i, w := range words {
		if w != "of" && w != "and" && w != "the" {
			r, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
	}
	return strings.Join(words, " ")
}

// withArticle writes a country's name as it stands after "of".
func withArticle(country string) string {
	if articled[country] {
		return "the " + country
	}
	return country
}

// articled are the countries whose names take the article.
var articled = map[string]bool{
	"United States": true, "United Kingdom": true, "United Arab Emirates": true,
	"Netherlands": true, "Philippines": true, "Maldives": true, "Bahamas": true, "Gambia": true,
	"Comoros": true, "Seychelles": true, "Czech Republic": true, "Dominican Republic": true,
	"Central African Republic": true, "Solomon Islands": true, "Marshall Islands": true,
	"Republic of the Congo": true, "Democratic Republic of the Congo": true,
}

// listed is the gazetteer's own entry of a composed body by one of its names.
func (l *linker) listed(country gazetteer.Head, names ...string) (Entity, bool) {
	for _, n := range names {
		for _, bearer := range l.gazetteer.Find(nil, n) {
			h := l.gazetteer.Head(bearer.Ref)
			if h.Country == country.Country && h.Type == gazetteer.Organization && h.Kind != gazetteer.Media {
				c := candidate{ref: bearer.Ref, head: h}
				return l.known(&c, score{}), true
			}
		}
	}
	return Entity{}, false
}

// sureOfImplied is how much of the article must be about a country for a bare
// body to be its own, and how sure that is.
const (
	impliedFocus  = 0.5
	sureOfNamed   = 0.95
	sureOfImplied = 0.7
)

// countryOf is the country of a body: the one named beside it, or implied.
func (l *linker) countryOf(b *body) (country gazetteer.Head, sure float32, ok bool) {
	if l.gazetteer == nil {
		return country, 0, false
	}
	if b.where.Len() > 0 {
		country, ok = l.countryAt(b)
		return country, sureOfNamed, ok
	}
	if same, ok := l.placed[b.name()]; ok {
		country, ok = l.countryAt(same)
		return country, sureOfImplied, ok
	}
	return l.implied, sureOfImplied, l.implied.ID != ""
}

// readBodies notes which bodies the article names beside their country, and
// the country that those without one belong to.
func (l *linker) readBodies() {
	l.placed = make(map[string]*body)
	for i := range l.bodies {
		b := &l.bodies[i]
		if _, ok := l.placed[b.name()]; !ok && b.where.Len() > 0 {
			l.placed[b.name()] = b
		}
	}
	for iso, share := range l.focus {
		if share > impliedFocus {
			l.implied, _ = l.countryByCode(iso)
		}
	}
}

// countryAt is the country named beside a body, as the article's own mention
// of it was linked where it has one.
func (l *linker) countryAt(b *body) (gazetteer.Head, bool) {
	if m := l.mentionWithin(b.where.Start, b.where.End); m != nil && m.body == 0 {
		e := &l.entities[l.chains[m.chain].entity]
		if r, ok := l.gazetteer.Lookup(e.ID); ok && e.Kind == gazetteer.Country {
			return l.gazetteer.Head(r), true
		}
	}
	var best gazetteer.Head
	for _, bearer := range l.gazetteer.Find(nil, b.where.Of(l.text)) {
		h := l.gazetteer.Head(bearer.Ref)
		if h.Kind == gazetteer.Country && (best.ID == "" || h.Prior+l.focus[h.Country] > best.Prior+l.focus[best.Country]) {
			best = h
		}
	}
	return best, best.ID != ""
}

// countryByCode finds the country that the focus was counted for among the
// places of the article.
func (l *linker) countryByCode(iso string) (gazetteer.Head, bool) {
	for id := range l.places {
		if r, ok := l.gazetteer.Lookup(id); ok {
			if h := l.gazetteer.Head(r); h.Kind == gazetteer.Country && h.Country == iso {
				return h, true
			}
		}
	}
	return gazetteer.Head{}, false
}
