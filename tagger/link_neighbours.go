package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// scoreNeighbours weighs what the text says right beside a name of a place:
// "Columbus, Ohio", "the state of Georgia", and elsewhere: Atlanta speaks for
// Georgia the state. Only rivals need it; that the text puts a place of the name
// elsewhere speaks against a single one, too.
func (l *linker) scoreNeighbours(r *candidate, c *chain) {
	if r.head.Type != gazetteer.Place {
		return
	}
	w := &linkWeights
	if l.misplaced(r, c) {
		l.add(&r.score, w.misplaced, "the text puts it elsewhere")
		return
	}
	if len(l.rival) < 2 {
		return
	}
	kind, placed := r.head.Kind, false
	switch {
	case l.some(c, func(i int) bool { return l.qualifiedBy(i, r) }):
		placed = true
		l.add(&r.score, w.qualifier, "the text names what contains it")
	case l.some(c, func(i int) bool { return l.qualifies(i, r) }):
		l.add(&r.score, w.qualifier, "the text names it to tell where a place is")
	}
	switch {
	case l.some(c, func(i int) bool { return l.kindBeside(i, kind) }):
		l.add(&r.score, w.kindWord, "the text calls it a", string(kind))
	case !placed && l.some(c, func(i int) bool { return l.peer(i, kind) }):
		l.add(&r.score, w.peer, "listed with another", string(kind))
	}
	parents := l.gazetteer.Entry(r.ref).Parents
	if l.places[r.head.ID] && l.onlyContains(r) || slices.ContainsFunc(parents, func(p gazetteer.ID) bool { return l.subnational(p) }) {
		l.add(&r.score, w.contained, "the article names places of its region")
	}
}

// some reports whether something holds of one of the first mentions of a chain.
func (l *linker) some(c *chain, holds func(i int) bool) bool {
	return slices.ContainsFunc(c.mentions[:min(len(c.mentions), maxNames)], holds)
}

// onlyContains reports whether a region is known to the article by a place
// inside it. Countries have the focus for that.
func (l *linker) onlyContains(r *candidate) bool { return r.head.Kind != gazetteer.Country }

// subnational reports whether a parent named by the article is smaller than a
// country.
func (l *linker) subnational(id gazetteer.ID) bool {
	return l.places[id] && l.isAdmin1(id)
}

// qualifiedBy reports whether the name of something that contains the candidate
// stands beside mention i: "Tripoli, Lebanon", "the Lebanese city of Tripoli".
func (l *linker) qualifiedBy(i int, r *candidate) bool {
	at, ok := l.placedBy(i)
	return ok && l.withinAny(r.ref, l.mentions[at].bearers)
}

// misplaced reports whether the text names a country or state that does not
// hold the candidate as what holds the chain's place: "Vienna, Va.", said of the
// Austrian one.
func (l *linker) misplaced(r *candidate, c *chain) bool {
	if r.head.Country == "" || r.head.Kind == gazetteer.Country {
		return false
	}
	return l.some(c, func(i int) bool {
		return l.heldByNext(i) && !l.withinAny(r.ref, l.mentions[i+1].bearers) && l.elsewhere(r, &l.mentions[i+1])
	})
}

// elsewhere reports whether a name can only be that of countries and states
// other than the candidate's. The states of one country have too many spellings
// to tell them apart where the entry's own is not known.
func (l *linker) elsewhere(r *candidate, outer *mention) bool {
	hasState := slices.ContainsFunc(l.gazetteer.Entry(r.ref).Parents, l.isAdmin1)
	return len(outer.bearers) > 0 && !slices.ContainsFunc(capped(outer.bearers), func(b gazetteer.Bearer) bool {
		h := l.gazetteer.Head(b.Ref)
		outside := h.Country != r.head.Country || h.Kind == gazetteer.Admin1 && hasState
		return h.Type == gazetteer.Place && (!outside || h.Kind != gazetteer.Country && h.Kind != gazetteer.Admin1)
	})
}

func (l *linker) isAdmin1(id gazetteer.ID) bool {
	ref, ok := l.gazetteer.Lookup(id)
	return ok && l.gazetteer.Head(ref).Kind == gazetteer.Admin1
}

// qualifies reports whether the candidate contains the place that is named
// before it, as Georgia does Atlanta in "Atlanta, Georgia".
func (l *linker) qualifies(i int, r *candidate) bool {
	if i == 0 {
		return false
	}
	if at, ok := l.placedBy(i - 1); !ok || at != i {
		return false
	}
	for _, b := range capped(l.mentions[i-1].bearers) {
		if l.within(b.Ref, r.head.ID) {
			return true
		}
		h := l.gazetteer.Head(b.Ref)
		if r.head.Kind == gazetteer.Country && h.Kind != gazetteer.Country && h.Country == r.head.Country && h.Type == gazetteer.Place {
			return true
		}
	}
	return false
}

// kindWords are the words beside a name that tell what kind of place it is.
var kindWords = map[string][]gazetteer.Kind{
	"state":       {gazetteer.Admin1},
	"states":      {gazetteer.Admin1},
	"province":    {gazetteer.Admin1, gazetteer.Region},
	"provinces":   {gazetteer.Admin1, gazetteer.Region},
	"region":      {gazetteer.Admin1, gazetteer.Region},
	"regions":     {gazetteer.Admin1, gazetteer.Region},
	"oblast":      {gazetteer.Admin1},
	"governorate": {gazetteer.Admin1},
	"prefecture":  {gazetteer.Admin1},
	"governor":    {gazetteer.Admin1},
	"city":        {gazetteer.City, gazetteer.Capital},
	"port":        {gazetteer.City, gazetteer.Capital},
	"town":        {gazetteer.City, gazetteer.Capital},
	"mayor":       {gazetteer.City, gazetteer.Capital},
	"country":     {gazetteer.Country},
	"republic":    {gazetteer.Country},
	"river":       {gazetteer.Geography},
	"lake":        {gazetteer.Geography},
	"mountain":    {gazetteer.Geography},
	"island":      {gazetteer.Geography},
}

// peer reports whether "and" joins mention i with a name that surely is of the
// kind: "Georgia and Armenia", "Georgia and Florida".
func (l *linker) peer(i int, kind gazetteer.Kind) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k == len(l.mentions) {
			continue
		}
		a, b := &l.mentions[min(i, k)], &l.mentions[max(i, k)]
		gap := l.text[a.span.End:b.span.Start]
		if gap != " and " && gap != ", and " && gap != " and the " {
			continue
		}
		if h, ok := l.sure(&l.mentions[k]); ok && h.Kind == kind {
			return true
		}
	}
	return false
}

// kindBeside reports whether the text calls mention i by the kind: "Georgia
// state", "the city of Georgia".
func (l *linker) kindBeside(i int, kind gazetteer.Kind) bool {
	m := &l.mentions[i]
	if slices.Contains(kindWords[l.wordAfter(m.span.End)], kind) && l.text[m.span.End] == ' ' {
		return true
	}
	before := strings.TrimRight(l.text[max(0, m.span.Start-maxWord):m.span.Start], " ")
	of, ok := strings.CutSuffix(before, " of")
	if !ok {
		return false
	}
	word := strings.ToLower(of[strings.LastIndexAny(of, " \n")+1:])
	return slices.Contains(kindWords[word], kind)
}
