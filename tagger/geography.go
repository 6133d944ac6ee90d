package tagger

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// locate finds the countries that an article is about. Each mention speaks for
// the country of its entity; the shares add up to one over all countries.
func (t *Tagger) locate(_ context.Context, d *document) error {
	shares := make(map[string]float64)
	sum := 0.0
	for i := range d.mentions {
		m := &d.mentions[i]
		e := &d.entities[d.chains[m.chain].entity]
		if e.Country == "" {
			continue
		}
		v := countryWeight(e) * d.placeWeight(m) * float64(m.confidence)
		shares[e.Country] += v
		sum += v
	}
	for country, v := range shares {
		if v/sum >= minFocus {
			d.countries = append(d.countries, Focus{Country: country, Score: float32(v / sum)})
		}
	}
	slices.SortFunc(d.countries, func(a, b Focus) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Country, b.Country))
	})
	return nil
}

// minFocus is the share below which a country is named in passing.
const minFocus = 0.02

// countryWeight is how loudly an entity speaks for its country. A place is
// there; a minister or a company may act abroad; an outlet is only quoted.
func countryWeight(e *Entity) float64 {
	switch {
	case e.Kind == gazetteer.Media:
		return 0.1
	case e.Type == gazetteer.Place:
		return 1
	}
	return 0.4
}

// placeWeight is how much a mention counts by where it stands: headline and
// lead say what an article is about, a dateline where it was written.
func (d *document) placeWeight(m *mention) float64 {
	switch {
	case d.view.InTitle(m.span):
		return 3
	case d.inDateline(m):
		return 0.7
	case m.sentence < 3:
		return 1.5
	}
	return 1
}

// hierarchy is what contains an entry, nearest first: region, country, part of
// the world.
func (t *Tagger) hierarchy(r gazetteer.Ref) []gazetteer.ID {
	var up []gazetteer.ID
	next := t.gazetteer.Entry(r).Parents
	for len(next) > 0 && len(up) < maxParents {
		var above []gazetteer.ID
		for _, id := range next {
			if slices.Contains(up, id) {
				continue
			}
			up = append(up, id)
			if p, ok := t.gazetteer.Lookup(id); ok {
				above = append(above, t.gazetteer.Entry(p).Parents...)
			}
		}
		next = above
	}
	return up
}

// maxParents bounds a hierarchy, whatever the data say.
const maxParents = 8

// outletCountry is the country of an outlet by its domain: that of the outlet
// in the gazetteer, else the one its top-level domain stands for.
func (t *Tagger) outletCountry(source string) string {
	domain := domainOf(source)
	for d := domain; strings.Contains(d, "."); _, d, _ = strings.Cut(d, ".") {
		if r, ok := t.gazetteer.Lookup(gazetteer.ID("outlet:" + d)); ok {
			return t.gazetteer.Head(r).Country
		}
	}
	return countryOfDomain(domain)
}

// domainOf is the bare domain of a source, which callers also write as a URL.
func domainOf(source string) string {
	s := strings.ToLower(strings.TrimSpace(source))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, ":")
	return strings.TrimPrefix(s, "www.")
}

// worldDomains are top-level domains of countries that anybody uses.
var worldDomains = wordSet(`ai am cc co fm gg io la ly me nu st to tv ws eu su`)

// countryOfDomain is the country of a top-level domain, "" for those that tell
// nothing.
func countryOfDomain(domain string) string {
	top := domain[strings.LastIndexByte(domain, '.')+1:]
	switch {
	case top == "uk":
		return "GB"
	case top == "gov" || top == "mil":
		return "US"
	case len(top) != 2 || len(top) == len(domain) || worldDomains[top]:
		return ""
	}
	return strings.ToUpper(top)
}
