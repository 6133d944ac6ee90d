package tagger

import (
	"context"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// link gives every chain its entity: the likeliest bearer of its fullest name
// by prior, or an id of our own for a name that no entry bears.
func (t *Tagger) link(_ context.Context, d *document) error {
	seen := make(map[gazetteer.ID]int)
	for i := range d.chains {
		c := &d.chains[i]
		e := t.entity(d, &d.mentions[c.fullest])
		at, ok := seen[e.ID]
		if !ok {
			at = len(d.entities)
			seen[e.ID] = at
			d.entities = append(d.entities, e)
		}
		c.entity = at
	}
	return nil
}

func (t *Tagger) entity(d *document, m *mention) Entity {
	best, prior := gazetteer.Ref(0), -1.0
	for _, b := range m.bearers {
		if h := t.gazetteer.Head(b.Ref); h.Prior > prior {
			best, prior = b.Ref, h.Prior
		}
	}
	if prior < 0 {
		return unknown(d.of(m), m)
	}
	h := t.gazetteer.Head(best)
	e := Entity{ID: h.ID, Name: h.Name, Type: h.Type, Kind: h.Kind, Country: h.Country, Linked: true, Confidence: m.confidence}
	if h.HasPoint {
		e.Point = &h.Point
	}
	return e
}

// unknown is the entity of a name that no entry bears: its id is its type and
// its name in lower case, so that it is the same in every article.
func unknown(name string, m *mention) Entity {
	typ := entityTypeOf(m.typ)
	name = strings.Join(strings.Fields(name), " ")
	return Entity{
		ID:         gazetteer.ID("nil:" + nilTypes[typ] + ":" + strings.ToLower(name)),
		Name:       name,
		Type:       typ,
		Confidence: m.confidence,
	}
}

var nilTypes = [...]string{
	gazetteer.NoType: "name", gazetteer.Person: "person",
	gazetteer.Organization: "organization", gazetteer.Place: "place",
}

// entityTypeOf is the type of what a mention denotes.
func entityTypeOf(t MentionType) gazetteer.Type {
	switch t {
	case PersonMention:
		return gazetteer.Person
	case OrganizationMention:
		return gazetteer.Organization
	case PlaceMention, DemonymMention:
		return gazetteer.Place
	}
	return gazetteer.NoType
}
