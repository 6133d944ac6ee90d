package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// countryLists are the names that keep their own meaning inside of longer ones.
const countryLists = gazetteer.CountryName | gazetteer.RegionName | gazetteer.DemonymName

// matchBeginnings finds the countries and demonyms that longer names of the
// gazetteer begin with, which tells the longest name at each word only: "Israeli"
// of "Israeli military", "British" of "British government". Where the longer name
// is not read, they are.
func (t *Tagger) matchBeginnings(d *document) {
	var matches []gazetteer.Match
	for _, m := range d.names {
		name := m.Span.Of(d.text)
		n := strings.LastIndexByte(name, ' ')
		if n < 0 {
			continue
		}
		matches = t.gazetteer.Match(matches[:0], name[:n])
		if len(matches) == 0 || matches[0].Span.Start > 0 || t.gazetteer.Lists(matches[0])&countryLists == 0 {
			continue
		}
		first := matches[0]
		first.Span = text.Span{Start: m.Span.Start, End: m.Span.Start + first.Span.End}
		d.beginnings = append(d.beginnings, first)
	}
}

// readBeginnings turns the beginnings of longer names into readings that are
// apart from the others.
func (e *evidence) readBeginnings() {
	all := e.readings
	e.readings = nil
	next := 0 // first name of the recognizer that may still overlap
	for _, m := range e.document.beginnings {
		for next < len(e.found) && e.found[next].span.End <= m.Span.Start {
			next++
		}
		var rival *found
		if next < len(e.found) && e.found[next].span.Overlaps(m.Span) {
			rival = &e.found[next]
		}
		e.readName(m, rival)
	}
	e.beginnings, e.readings = e.readings, all
}

// fill adds the readings that no mention stands in the way of.
func fill(mentions, readings []mention) []mention {
	for _, m := range readings {
		k, _ := slices.BinarySearchFunc(mentions, m.span.Start, func(a mention, start int) int { return a.span.End - 1 - start })
		if m.confidence >= threshold && (k == len(mentions) || mentions[k].span.Start >= m.span.End) {
			mentions = slices.Insert(mentions, k, m)
		}
	}
	return mentions
}
