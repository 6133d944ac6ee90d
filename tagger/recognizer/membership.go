package recognizer

import (
	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// Membership tells in what lists of the gazetteer a token's phrase stands: one
// bit for each kind of list, and whether the token begins or goes on in the
// phrase.
type Membership uint32

// The lists of the gazetteer. A token has the bits of every name that covers
// it.
const (
	InCountry   Membership = 1 << iota // countries and their parts of the world
	InRegion                           // first-level divisions
	InCity                             // cities and towns
	InPlace                            // other places
	InPerson                           // people by full name
	InCompany                          // companies and brands
	InBody                             // governments, parties, media, universities, clubs and all other organizations
	InAcronym                          // initials of an organization
	InDemonym                          // people or adjective of a place
	memberFirst                        // the token begins a name
	memberRest                         // the token goes on in a name
)

const memberLists = memberFirst - 1

// Members appends to dst the membership of every token in the names that the
// gazetteer found in the text. Names and tokens are in order of their start.
func Members(dst []Membership, g *gazetteer.Gazetteer, names []gazetteer.Match, tokens []text.Span) []Membership {
	base := len(dst)
	for range tokens {
		dst = append(dst, 0)
	}
	members := dst[base:]
	var bearers [8]gazetteer.Bearer
	t := 0
	for _, m := range names {
		for t < len(tokens) && tokens[t].End <= m.Span.Start {
			t++
		}
		bits := lists(g, g.Bearers(bearers[:0], m))
		for k := t; k < len(tokens) && tokens[k].Start < m.Span.End; k++ {
			place := memberRest
			if k == t {
				place = memberFirst
			}
			members[k] |= bits | place
		}
	}
	return dst
}

// maxListed bounds the bearers of one name that are looked at.
const maxListed = 16

func lists(g *gazetteer.Gazetteer, bearers []gazetteer.Bearer) Membership {
	var m Membership
	for _, b := range bearers[:min(len(bearers), maxListed)] {
		h := g.Head(b.Ref)
		m |= list(h.Type, h.Kind, b.Flags)
	}
	return m
}

// list is the list that one bearer of a name stands for.
func list(t gazetteer.Type, k gazetteer.Kind, flags gazetteer.AliasFlags) Membership {
	switch {
	case flags&gazetteer.Demonym != 0:
		return InDemonym
	case t == gazetteer.Person:
		return InPerson
	case t == gazetteer.Organization && flags&gazetteer.Acronym != 0:
		return InAcronym
	case t == gazetteer.Organization && k == gazetteer.Company:
		return InCompany
	case t == gazetteer.Organization:
		return InBody
	case k == gazetteer.Country || k == gazetteer.Territory || k == gazetteer.Region:
		return InCountry
	case k == gazetteer.Admin1:
		return InRegion
	case k == gazetteer.City || k == gazetteer.Capital:
		return InCity
	}
	return InPlace
}
