package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// scoreNeighbours weighs what the text says right beside a name of a place:
// "Columbus, Ohio", "the state of Georgia", and elsewhere: Atlanta speaks for
// Georgia the state. Only rivals need it.
func (l *linker) scoreNeighbours(r *candidate, c *chain) {
	if len(l.rival) < 2 || r.head.Type != gazetteer.Place {
		return
	}
	w := &linkWeights
	parents := l.gazetteer.Entry(r.ref).Parents
	for _, i := range c.mentions[:min(len(c.mentions), maxNames)] {
		switch {
		case l.qualifiedBy(i, r, parents):
			l.add(&r.score, w.qualifier, "the text names what contains it")
			return
		case l.qualifies(i, r):
			l.add(&r.score, w.qualifier, "the text names it to tell where a place is")
			return
		case l.kindBeside(i, r.head.Kind):
			l.add(&r.score, w.kindWord, "the text calls it a", string(r.head.Kind))
			return
		case l.peer(i, r.head.Kind):
			l.add(&r.score, w.peer, "listed with another", string(r.head.Kind))
			return
		}
	}
	if l.places[r.head.ID] && l.onlyContains(r) || slices.ContainsFunc(parents, func(p gazetteer.ID) bool { return l.subnational(p) }) {
		l.add(&r.score, w.contained, "the article names places of its region")
	}
}

// onlyContains reports whether a region is known to the article by a place
// inside it. Countries have the focus for that.
func (l *linker) onlyContains(r *candidate) bool { return r.head.Kind != gazetteer.Country }

// subnational reports whether a parent named by the article is smaller than a
// country.
func (l *linker) subnational(id gazetteer.ID) bool {
	if !l.places[id] {
		return false
	}
	ref, ok := l.gazetteer.Lookup(id)
	return ok && l.gazetteer.Head(ref).Kind == gazetteer.Admin1
}

// placing is what stands between a place and what contains it.
var placing = [...]string{", ", " in ", ", in ", " (", ", northern ", ", southern ", ", eastern ", ", western "}

// placedBy reports whether mention i is followed by another that may tell where
// it is.
func (l *linker) placedBy(i int) bool {
	return i+1 < len(l.mentions) &&
		slices.Contains(placing[:], l.text[l.mentions[i].span.End:l.mentions[i+1].span.Start])
}

// qualifiedBy reports whether the name of something that contains the candidate
// follows mention i: "Tripoli, Lebanon", "Tripoli in Lebanon".
func (l *linker) qualifiedBy(i int, r *candidate, parents []gazetteer.ID) bool {
	if !l.placedBy(i) {
		return false
	}
	for _, b := range capped(l.mentions[i+1].bearers) {
		h := l.gazetteer.Head(b.Ref)
		if slices.Contains(parents, h.ID) || h.Kind == gazetteer.Country && h.Country == r.head.Country && r.head.Kind != gazetteer.Country {
			return true
		}
	}
	return false
}

// qualifies reports whether the candidate contains the place that is named
// before it, as Georgia does Atlanta in "Atlanta, Georgia".
func (l *linker) qualifies(i int, r *candidate) bool {
	if i == 0 || !l.placedBy(i-1) {
		return false
	}
	for _, b := range capped(l.mentions[i-1].bearers) {
		if slices.Contains(l.gazetteer.Entry(b.Ref).Parents, r.head.ID) {
			return true
		}
		h := l.gazetteer.Head(b.Ref)
		if r.head.Kind == gazetteer.Country && h.Kind != gazetteer.Country && h.Country == r.head.Country && h.Type == gazetteer.Place {
			return true
		}
	}
	return false
}

// capped bounds the work on a name that very many entries bear.
func capped(b []gazetteer.Bearer) []gazetteer.Bearer { return b[:min(len(b), 8)] }

// kindWords are the words beside a name that tell what kind of place it is.
var kindWords = map[string][]gazetteer.Kind{
	"state":    {gazetteer.Admin1},
	"province": {gazetteer.Admin1},
	"region":   {gazetteer.Admin1, gazetteer.Region},
	"governor": {gazetteer.Admin1},
	"city":     {gazetteer.City, gazetteer.Capital},
	"town":     {gazetteer.City, gazetteer.Capital},
	"mayor":    {gazetteer.City, gazetteer.Capital},
	"country":  {gazetteer.Country},
	"republic": {gazetteer.Country},
	"river":    {gazetteer.Geography},
	"lake":     {gazetteer.Geography},
	"mountain": {gazetteer.Geography},
	"island":   {gazetteer.Geography},
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
