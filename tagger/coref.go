package tagger

import (
	"context"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// coref gathers the mentions that denote one entity into chains:
//
//   - equal names of one type, spelled alike after folding, but for places of
//     one name that the text tells apart (coref_places.go);
//   - variants of a person's full name, and the short forms of it (coref_people.go);
//   - an acronym and the name that it stands for, where the text defines it or
//     where just one organization of the article has these initials.
//
// Every step looks names up in maps, in buckets of bounded size, so the stage
// takes time linear in the number of mentions.
func (t *Tagger) coref(_ context.Context, d *document) error {
	c := chains{document: d, byName: make(map[nameKey]int, len(d.mentions))}
	c.settleTypes()
	c.folded = make([]string, len(d.mentions))
	for i := range d.mentions {
		c.folded[i] = fold(d.of(&d.mentions[i]))
	}
	c.senses = t.newSenses(d)
	people := newPeople(d, t.wellKnown)
	acronyms := newAcronyms(d, t.wellKnown)
	for i := range d.mentions {
		c.add(i, people, acronyms)
	}
	return nil
}

// wellKnown reports whether an entry as prominent as a country or a large city
// bears the very name of a mention.
func (t *Tagger) wellKnown(m *mention) bool {
	const cityPrior = 0.45
	return slices.ContainsFunc(m.bearers, func(b gazetteer.Bearer) bool {
		return t.gazetteer == nil || t.gazetteer.Head(b.Ref).Prior >= cityPrior
	})
}

// nameKey is what mentions of one chain share.
type nameKey struct {
	typ   MentionType
	name  string        // folded; of people the key of the fullest form
	sense gazetteer.Ref // of a name that the article gives several places
}

// chains builds document.chains.
type chains struct {
	*document
	byName map[nameKey]int
	senses senses
	folded []string // of every mention
}

// add puts mention i into its chain.
func (c *chains) add(i int, people *people, acronyms acronyms) {
	m := &c.mentions[i]
	key := nameKey{m.typ, strings.TrimPrefix(c.folded[i], "the "), c.senses.at(i, c.of(m))}
	if who, short, ok := people.of(i); ok {
		key = nameKey{PersonMention, people.list[who].name.key(), none}
		c.rebind(m, short)
	} else if long, ok := acronyms[c.of(m)]; ok && m.typ != DemonymMention {
		key = nameKey{long.typ, strings.TrimPrefix(fold(long.name), "the "), none}
		c.acronym(m, long)
	}
	c.join(i, key)
}

// rebind makes a short form of a person's name a mention of a person.
func (c *chains) rebind(m *mention, short bool) {
	if short {
		m.typ, m.reason = PersonMention, BySurname
	}
}

// acronym makes a mention one of the name that the acronym stands for.
func (c *chains) acronym(m *mention, long longName) {
	if m.reason != ByGrammar {
		m.typ, m.reason = long.typ, ByAcronym
	}
}

// join appends mention i to the chain of a key.
func (c *chains) join(i int, key nameKey) {
	at, ok := c.byName[key]
	if !ok {
		at = len(c.chains)
		c.byName[key] = at
		c.chains = append(c.chains, chain{fullest: i, placed: none})
	}
	c.mentions[i].chain = at
	ch := &c.chains[at]
	ch.mentions = append(ch.mentions, i)
	if ch.placed == none {
		ch.placed = c.senses.of[i]
	}
	if c.fuller(i, ch.fullest) {
		ch.fullest = i
	}
}

// fuller reports whether the name of mention i says more than that of j.
func (c *chains) fuller(i, j int) bool {
	a, b := &c.mentions[i], &c.mentions[j]
	if wa, wb := strings.Count(c.folded[i], " "), strings.Count(c.folded[j], " "); wa != wb {
		return wa > wb
	}
	return len(a.bearers) > 0 && len(b.bearers) == 0
}

// settleTypes gives the name that no gazetteer knows one type throughout the
// article: that of which the recognizer was surest in sum.
func (c *chains) settleTypes() {
	votes := make(map[string][DemonymMention + 1]float32)
	for i := range c.mentions {
		m := &c.mentions[i]
		if unknownName(m) {
			v := votes[c.of(m)]
			v[m.typ] += m.confidence
			votes[c.of(m)] = v
		}
	}
	for i := range c.mentions {
		if m := &c.mentions[i]; unknownName(m) {
			v := votes[c.of(m)]
			m.typ = MentionType(slices.Index(v[:], slices.Max(v[:])))
		}
	}
}

func unknownName(m *mention) bool {
	return m.reason == ByRecognizer && len(m.bearers) == 0 && m.typ != DemonymMention
}

// longName is what an acronym stands for in an article.
type longName struct {
	name string
	typ  MentionType
}

// acronyms leads from the acronyms of an article to their long names.
type acronyms map[string]longName

// newAcronyms gathers the acronyms that the article defines, and those that
// are the initials of one organization in it and that no well-known entry
// bears.
func newAcronyms(d *document, wellKnown func(*mention) bool) acronyms {
	all := make(acronyms)
	byInitials := d.organizationsByInitials()
	for i := range d.mentions {
		m := &d.mentions[i]
		name := d.of(m)
		if m.typ != OrganizationMention || wellKnown(m) || !isAcronym(name) || len(m.bearers) > 0 && len(name) < 3 {
			continue
		}
		if long := byInitials[strings.ToLower(strings.ReplaceAll(name, ".", ""))]; long != "" {
			all[name] = longName{long, OrganizationMention}
		}
	}
	for _, def := range d.definitions {
		if m := d.mentionWithin(def.long.Start, def.long.End); m != nil {
			all[def.short.Of(d.text)] = longName{d.of(m), m.typ}
		}
	}
	d.apposed(all)
	return all
}

// mentionWithin is the mention that covers most of a range of the text: half
// of it at least.
func (d *document) mentionWithin(start, end int) *mention {
	at, _ := slices.BinarySearchFunc(d.mentions, start, func(m mention, at int) int { return m.span.End - 1 - at })
	for ; at < len(d.mentions) && d.mentions[at].span.Start < end; at++ {
		m := &d.mentions[at]
		if 2*overlap(m.span, gazetteer.Span{Start: start, End: end}) > end-start {
			return m
		}
	}
	return nil
}

// apposed adds the acronyms in brackets right behind an organization whose
// letters they are not, FSB for the Federal Security Service, unless the
// gazetteer knows them for something else.
func (d *document) apposed(all acronyms) {
	for i := 1; i < len(d.mentions); i++ {
		long, m := &d.mentions[i-1], &d.mentions[i]
		if long.typ != OrganizationMention || m.typ != OrganizationMention || len(m.bearers) > 0 || !isAcronym(d.of(m)) {
			continue
		}
		_, known := all[d.of(m)]
		if !known && d.text[long.span.End:m.span.Start] == " (" && strings.HasPrefix(d.text[m.span.End:], ")") {
			all[d.of(m)] = longName{d.of(long), OrganizationMention}
		}
	}
}

// organizationsByInitials leads from initials to the one name of several words
// that has them, "" where two have.
func (d *document) organizationsByInitials() map[string]string {
	names := make(map[string]string)
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.typ != OrganizationMention || strings.IndexByte(d.of(m), ' ') < 0 {
			continue
		}
		key := capitalInitials(d.of(m))
		if other, ok := names[key]; ok && fold(other) != fold(d.of(m)) {
			names[key] = ""
		} else {
			names[key] = d.of(m)
		}
	}
	return names
}

// capitalInitials are the initials of the capitalized words, in lower case.
func capitalInitials(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if isCapital(w) && !functionWords[strings.ToLower(w)] {
			b.WriteRune(initialOf(w))
		}
	}
	return b.String()
}
