package tagger

import (
	"context"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
)

// link gives every chain its entity: of the entries that bear its name the
// one that fits the article best, or an id of our own where it is likelier
// that none of them is meant. People are never linked by a bare surname: it
// links through the chain of the full name, or as an alias of its own.
//
// The score of a candidate is a sum of log odds (link_score.go), so that
// exp(score) over the sum of all candidates, "none of them" included, is the
// probability that it is meant.
func (t *Tagger) link(_ context.Context, d *document) error {
	l := linker{Tagger: t, document: d, byID: make(map[gazetteer.ID]int)}
	l.setting = t.newSetting(d)
	l.readBodies()
	for _, bare := range [...]bool{false, true} { // full names first: bare ones may be theirs
		for i := range d.chains {
			if c := &d.chains[i]; d.mentions[c.fullest].body == 0 && l.bareName(&d.mentions[c.fullest]) == bare {
				c.entity = l.enter(l.entityOf(c))
			}
		}
	}
	for i := range d.chains { // after the countries that they belong to
		if c := &d.chains[i]; d.mentions[c.fullest].body != 0 {
			c.entity = l.enter(l.bodyEntity(c))
		}
	}
	l.settleMentions()
	return nil
}

// linker links one article.
type linker struct {
	*Tagger
	*document
	setting
	byID     map[gazetteer.ID]int
	byFamily map[string]int   // family names of linked people → entity, made when first needed
	rival    []candidate      // scratch: candidates of the chain in hand
	shared   bool             // bodies of several countries bear the name of that chain
	placed   map[string]*body // bodies of state named beside their country, by name
	implied  gazetteer.Head   // country of the others, none without an id
}

// enter is the place of an entity in document.entities, one for each id.
func (l *linker) enter(e Entity) int {
	at, ok := l.byID[e.ID]
	if !ok {
		at = len(l.entities)
		l.byID[e.ID] = at
		l.entities = append(l.entities, e)
		return at
	}
	if old := &l.entities[at]; e.Confidence > old.Confidence {
		old.Confidence, old.Candidates = e.Confidence, e.Candidates
	}
	return at
}

// entityOf decides what a chain denotes.
func (l *linker) entityOf(c *chain) Entity {
	m := &l.mentions[c.fullest]
	l.gather(c)
	none := l.scoreAll(c)
	best := l.probabilities(none)
	if best < 0 || l.rival[best].score.sum < none.sum || l.tooClose(best) {
		if e, ok := l.composed(m); ok {
			return e
		}
		if e, ok := l.impliedBody(m); ok {
			return e
		}
		if e, ok := l.calledSo(m); ok {
			return e
		}
		return l.unknownEntity(m, none)
	}
	l.calibrate(best)
	return l.known(&l.rival[best], none)
}

// tooClose reports whether so many bear a name alike that the best of them is
// a guess: the People's Party of eight countries. A place is one of them all
// the same, and the nearest guess is the likeliest.
func (l *linker) tooClose(best int) bool {
	const leastSure = 0.35
	return l.rival[best].head.Type != gazetteer.Place && l.rival[best].prob < leastSure
}

// known is the entity of a candidate.
func (l *linker) known(c *candidate, none score) Entity {
	e := Entity{
		ID: c.head.ID, Name: c.head.Name, Type: c.head.Type, Kind: c.head.Kind,
		Country: c.head.Country, Linked: true, Confidence: float32(c.prob),
	}
	if c.head.HasPoint {
		p := c.head.Point
		e.Point = &p
	}
	e.Parents = l.hierarchy(c.ref)
	e.Candidates = l.explained(none)
	return e
}

// unknownEntity is the entity of a chain that links nowhere.
func (l *linker) unknownEntity(m *mention, none score) Entity {
	e := unknown(l.of(m), entityTypeOf(m.typ))
	e.Confidence = 1
	if e.Type == gazetteer.Place {
		l.placeUnknown(&e, m)
	}
	for i := range l.rival {
		e.Confidence = min(e.Confidence, 1-float32(l.rival[i].prob))
	}
	e.Candidates = l.explained(none)
	return e
}

// A chain is looked up by at most so many of its names, and each name may
// bring so many candidates.
const (
	maxNames      = 6
	maxCandidates = 64
)

// candidate is an entry that a chain may denote.
type candidate struct {
	ref     gazetteer.Ref
	head    gazetteer.Head
	flags   gazetteer.AliasFlags
	names   int  // how many different names of the chain it bears
	fullest bool // the fullest of them too
	office  bool // it holds the office whose title stands before the mention
	styled  bool // its name has the style that stands before the mention: Pope, Queen
	score   score
	prob    float64
}

// gather collects the candidates of a chain into l.rival: all entries that
// bear one of its names and may be written so.
func (l *linker) gather(c *chain) {
	l.rival = l.rival[:0]
	l.consider(&l.mentions[c.fullest], true)
	seen := [maxNames]string{l.of(&l.mentions[c.fullest])}
	n := 1
	for _, i := range c.mentions {
		m := &l.mentions[i]
		if m.reason == BySurname || n == maxNames || slices.Contains(seen[:n], l.of(m)) {
			continue
		}
		seen[n] = l.of(m)
		n++
		l.consider(m, false)
	}
}

// consider adds the bearers of one name.
func (l *linker) consider(m *mention, fullest bool) {
	bearers := m.bearers
	if len(bearers) == 0 && l.gazetteer != nil {
		bearers = l.variants(trimPossessive(l.of(m)), m.typ)
	}
	if whispered := l.shouted(m); len(whispered) > 0 {
		bearers = whispered
	}
	for _, b := range bearers[:min(len(bearers), maxCandidates)] {
		if (b.Flags&gazetteer.Demonym != 0) == (m.typ == DemonymMention) {
			l.bearer(b, fullest)
		}
	}
	for _, b := range l.asRegion(m) {
		l.bearer(b, fullest)
	}
	for _, b := range l.withStyle(m) {
		l.bearer(b, fullest).styled = true
	}
	l.inOffice(m, fullest)
}

// bearer adds a candidate, or counts another name of one that is there.
func (l *linker) bearer(b gazetteer.Bearer, fullest bool) *candidate {
	c, fresh := l.candidateOf(b.Ref, fullest)
	if fresh {
		c.flags = b.Flags
	} else {
		c.names++
	}
	return c
}

// candidateOf is the candidate of an entry, a fresh one with one name where
// there is none.
func (l *linker) candidateOf(ref gazetteer.Ref, fullest bool) (c *candidate, fresh bool) {
	for i := range l.rival {
		if l.rival[i].ref == ref {
			return &l.rival[i], false
		}
	}
	l.rival = append(l.rival, candidate{ref: ref, head: l.gazetteer.Head(ref), names: 1, fullest: fullest})
	return &l.rival[len(l.rival)-1], true
}

// settleMentions gives the mentions the types of their entities and the
// probability that span, type and entity are all right.
func (l *linker) settleMentions() {
	for i := range l.mentions {
		m := &l.mentions[i]
		e := &l.entities[l.chains[m.chain].entity]
		m.confidence *= e.Confidence
		if typ := mentionTypeOf(e.Type, 0); typ != NoMention && m.typ != DemonymMention {
			m.typ = typ
		}
	}
}
