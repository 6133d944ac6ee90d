package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// senses keeps apart the places of one name that an article tells apart by what
// contains them: Valencia, Venezuela, and Valencia, Spain. Where it names but
// one of them, there is nothing to keep apart.
type senses struct {
	of   []gazetteer.Ref          // by mention: its sense by what stands beside it, or none
	last map[string]gazetteer.Ref // names with several → the one spoken of, at first the first
}

// none is no place: Find never returns it.
const none = ^gazetteer.Ref(0)

// newSenses reads what stands beside the places of an article.
func (t *Tagger) newSenses(d *document) senses {
	s := senses{of: make([]gazetteer.Ref, len(d.mentions)), last: make(map[string]gazetteer.Ref)}
	first := make(map[string]gazetteer.Ref)
	for i := range d.mentions {
		m := &d.mentions[i]
		s.of[i] = none
		if m.typ != PlaceMention || len(m.bearers) < 2 {
			continue
		}
		if s.of[i] = t.senseOf(d, i); s.of[i] == none {
			continue
		}
		if other, ok := first[d.of(m)]; !ok {
			first[d.of(m)] = s.of[i]
		} else if other != s.of[i] {
			s.last[d.of(m)] = other
		}
	}
	return s
}

// senseOf is the place that what stands beside mention i makes it. Where none of
// the name lies in what follows it, that is as good to tell it from others.
func (t *Tagger) senseOf(d *document, i int) gazetteer.Ref {
	at, ok := d.placedBy(i)
	if !ok {
		return none
	}
	m, outer := &d.mentions[i], &d.mentions[at]
	inner := t.bestWithin(m, outer)
	if inner == none && d.heldByNext(i) && outer.typ == PlaceMention {
		if best, sure, _ := t.weighBearers(outer); sure && (best.Kind == gazetteer.Country || best.Kind == gazetteer.Admin1) {
			return outer.bearers[0].Ref
		}
	}
	return inner
}

// at is the sense of mention i: its own, else that in which the article used
// the name last. It is none for a name of one sense.
func (s senses) at(i int, name string) gazetteer.Ref {
	last, ok := s.last[name]
	switch {
	case !ok:
		return none
	case s.of[i] != none:
		s.last[name] = s.of[i]
		return s.of[i]
	}
	return last
}

// bestWithin is the best known bearer of a name that lies within what another
// name may mean, or none.
func (t *Tagger) bestWithin(m, outer *mention) gazetteer.Ref {
	best, prior := none, -1.0
	for _, b := range m.bearers[:min(len(m.bearers), maxCandidates)] {
		if h := t.gazetteer.Head(b.Ref); h.Type == gazetteer.Place && h.Prior > prior && t.withinAny(b.Ref, outer.bearers) {
			best, prior = b.Ref, h.Prior
		}
	}
	return best
}

// withinAny reports whether a place lies within a bearer of another name.
func (t *Tagger) withinAny(r gazetteer.Ref, outer []gazetteer.Bearer) bool {
	h := t.gazetteer.Head(r)
	return slices.ContainsFunc(capped(outer), func(b gazetteer.Bearer) bool {
		o := t.gazetteer.Head(b.Ref)
		return o.Kind == gazetteer.Country && o.Country == h.Country && h.Kind != gazetteer.Country || t.within(r, o.ID)
	})
}

// within reports whether an entry lists another among what contains it.
func (t *Tagger) within(r gazetteer.Ref, outer gazetteer.ID) bool {
	return slices.Contains(t.gazetteer.Entry(r).Parents, outer)
}

// capped bounds the work on a name that very many entries bear.
func capped(b []gazetteer.Bearer) []gazetteer.Bearer { return b[:min(len(b), 8)] }

// placing is what stands between a place and what contains it.
var placing = [...]string{", ", " in ", ", in ", " (", ", northern ", ", southern ", ", eastern ", ", western ", ", central "}

// placedBy is the mention that may tell where mention i is: the one behind it,
// "Tripoli, Lebanon", or the one before it, "the Lebanese city of Tripoli".
func (d *document) placedBy(i int) (at int, ok bool) {
	if i+1 < len(d.mentions) && slices.Contains(placing[:], d.gap(i)) {
		return i + 1, true
	}
	return i - 1, i > 0 && placesNext(d.gap(i-1))
}

// heldByNext reports whether a comma and what contains it follow mention i, and
// the apposition is closed: lists go on, and after "In Moscow, Ukraine" comes a
// verb.
func (d *document) heldByNext(i int) bool {
	if i+1 == len(d.mentions) || d.gap(i) != ", " {
		return false
	}
	rest := d.text[d.mentions[i+1].span.End:]
	closed := rest == "" || strings.IndexByte(",.;:)\n", rest[0]) >= 0
	return closed && !strings.HasPrefix(rest, ", and ") && (i+2 == len(d.mentions) || d.gap(i+1) != ", ")
}

// gap is the text between mention i and the next.
func (d *document) gap(i int) string {
	return d.text[d.mentions[i].span.End:d.mentions[i+1].span.Start]
}

// placesNext reports whether a gap makes the name before it tell where the name
// behind it is: " city of ", "'s northern province of ", " capital, ".
func placesNext(gap string) bool {
	gap = strings.TrimPrefix(strings.TrimPrefix(gap, "'s"), "’s")
	if len(gap) > 40 || !strings.HasPrefix(gap, " ") {
		return false
	}
	words := strings.Fields(gap)
	if n := len(words); n > 0 && words[n-1] == "of" {
		words = words[:n-1]
	}
	if len(words) == 0 || len(words) > 3 || !placeNouns[strings.TrimSuffix(words[len(words)-1], ",")] {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !isSmall(strings.ReplaceAll(strings.TrimSuffix(w, ","), "-", "")) || functionWords[w]
	})
}

// placeNouns are what places inside a country or a state are called.
var placeNouns = wordSet(`state province region city town village capital port district county department
	prefecture governorate oblast island suburb municipality territory resort`)
