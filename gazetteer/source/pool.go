package source

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// pool holds the entries of all sources, each entity once. Two entries are one
// entity when they have the same id; or the same folded name, country, type
// and sort of kind. People need more: the same name and country and a rank
// that is not a mere legislator's, or a seat in the same Congress, and no second
// bearer. Names alone never join people.
type pool struct {
	order  []*gazetteer.Entry
	byID   map[gazetteer.ID]*gazetteer.Entry
	byName map[string][]*gazetteer.Entry
	marked map[bearing]bool // curated names with marks, which stay as marked
	joins  int              // how many entries were joined to earlier ones
}

// bearing is one name of one entry.
type bearing struct {
	entry *gazetteer.Entry
	name  string
}

func newPool() *pool {
	return &pool{
		byID:   make(map[gazetteer.ID]*gazetteer.Entry),
		byName: make(map[string][]*gazetteer.Entry),
		marked: make(map[bearing]bool),
	}
}

// add takes an entry, or joins it to the one it is the same as.
func (p *pool) add(e gazetteer.Entry) error {
	if !plausibleName(e.Name) || p.known(&e) {
		return nil
	}
	if have := p.same(&e); have != nil {
		p.joins++
		join(have, &e)
		return nil
	}
	p.keep(&e)
	return nil
}

// keep takes a new entry under its id, its name and its longer aliases.
func (p *pool) keep(e *gazetteer.Entry) {
	p.order = append(p.order, e)
	p.byID[e.ID] = e
	p.index(e, e.Name)
	for _, a := range e.Aliases {
		if strings.Contains(a.Name, " ") {
			p.index(e, a.Name)
		}
	}
}

func (p *pool) index(e *gazetteer.Entry, name string) {
	key := gazetteer.Fold(name)
	if !slices.Contains(p.byName[key], e) {
		p.byName[key] = append(p.byName[key], e)
	}
}

// known reports geography whose name a state, region or division has already:
// WordNet lists those again.
func (p *pool) known(e *gazetteer.Entry) bool {
	return e.Kind == gazetteer.Geography && slices.ContainsFunc(p.byName[gazetteer.Fold(e.Name)], func(have *gazetteer.Entry) bool {
		switch have.Kind {
		case gazetteer.Country, gazetteer.Region, gazetteer.Admin1, gazetteer.Capital:
			return true
		}
		return false
	})
}

// same finds the entry that e is the same entity as.
func (p *pool) same(e *gazetteer.Entry) *gazetteer.Entry {
	if have := p.byID[e.ID]; have != nil {
		return have
	}
	var found *gazetteer.Entry
	for _, name := range namesOf(e) {
		for _, have := range p.byName[gazetteer.Fold(name)] {
			if have == found || !sameSort(have, e) {
				continue
			}
			if found != nil {
				return nil // two candidates: do not guess
			}
			found = have
		}
	}
	return found
}

// namesOf lists the names by which an entry is looked for: the canonical one,
// and of people, whom sources call by different first names, the full aliases.
func namesOf(e *gazetteer.Entry) []string {
	list := []string{e.Name}
	if e.Type == gazetteer.Person {
		for _, a := range e.Aliases {
			list = append(list, a.Name)
		}
	}
	return list
}

// sameSort reports whether two entries of one name may be one entity.
func sameSort(a, b *gazetteer.Entry) bool {
	if a.Type != b.Type || a.Country != b.Country && !worldwide(a, b) {
		return false
	}
	switch a.Type {
	case gazetteer.Person:
		return !bothQ(a, b) && (a.Prior >= personJoin && b.Prior >= personJoin || inCongress(a) && inCongress(b))
	case gazetteer.Place:
		return false // places of one name are told apart by id and position
	}
	return !bothQ(a, b) && orgSort(a.Kind) == orgSort(b.Kind)
}

// worldwide reports two companies of which one has no country: brands of the
// whole world have none in some sources.
func worldwide(a, b *gazetteer.Entry) bool {
	return orgSort(a.Kind) == "company" && (a.Country == "" || b.Country == "")
}

// personJoin is the least prior of people who are joined by name and country:
// of national rank.
const personJoin = 0.28

// inCongress reports whether a person sat in the Congress of the United States.
func inCongress(e *gazetteer.Entry) bool {
	return e.Country == "US" && slices.ContainsFunc(e.Roles, func(r gazetteer.Role) bool {
		return r.Title == "Senator" || r.Title == "Representative" ||
			strings.Contains(r.Title, "United States") && !strings.Contains(r.Title, "mbassador")
	})
}

// bothQ reports whether both are Wikidata items, and so known to be two.
func bothQ(a, b *gazetteer.Entry) bool {
	return strings.HasPrefix(string(a.ID), "Q") && strings.HasPrefix(string(b.ID), "Q")
}

// orgSort puts the kinds of organizations that sources name differently
// together.
func orgSort(k gazetteer.Kind) string {
	switch k {
	case gazetteer.University, "institute", "nonprofit", gazetteer.Government, "hospital":
		return "institution"
	case gazetteer.Company, "bank":
		return "company"
	}
	return string(k)
}

// join adds what b knows to a, which is believed where they disagree. The
// better id wins: a Wikidata item before a local one.
func join(a, b *gazetteer.Entry) {
	if a.Name != b.Name {
		addAlias(a, b.NameFlags, b.Name)
	}
	for _, alias := range b.Aliases {
		addAlias(a, alias.Flags, alias.Name)
	}
	if !strings.HasPrefix(string(a.ID), "Q") && strings.HasPrefix(string(b.ID), "Q") {
		a.ID = b.ID
	}
	a.Country = cmp.Or(a.Country, b.Country)
	if a.Point == nil {
		a.Point = b.Point
	}
	a.Prior = max(a.Prior, b.Prior)
	a.Roles = append(a.Roles, newRoles(a.Roles, b.Roles)...)
	a.Parents = append(a.Parents, b.Parents...)
	a.When = append(a.When, b.When...)
	if !strings.Contains(a.Source, b.Source) {
		a.Source += "; " + b.Source
	}
}

// newRoles returns the roles of b that a does not have yet.
func newRoles(a, b []gazetteer.Role) []gazetteer.Role {
	return slices.DeleteFunc(slices.Clone(b), func(r gazetteer.Role) bool {
		return slices.ContainsFunc(a, func(q gazetteer.Role) bool { return strings.EqualFold(q.Title, r.Title) })
	})
}

// settle gives every place its parents: the division it lies in, then the
// country; and every country the smallest region it is a member of.
func (p *pool) settle() {
	stand := p.standIns()
	for _, e := range p.order {
		if e.Type != gazetteer.Place {
			continue
		}
		var parents []gazetteer.ID
		for _, parent := range append(e.Parents, stand.above(e)) {
			if id, ok := stand.id[parent]; ok {
				parent = id
			} else if isStandIn(parent) {
				continue
			}
			if parent != "" && parent != e.ID && !slices.Contains(parents, parent) {
				parents = append(parents, parent)
			}
		}
		e.Parents = parents
	}
}

// isStandIn reports parents that are no ids yet: a member of a region, a
// division by name, the code of a country.
func isStandIn(id gazetteer.ID) bool {
	return len(id) == 2 || strings.HasPrefix(string(id), memberMark) || strings.HasPrefix(string(id), "admin1:")
}

// standIns knows places that importers could name only by code or name.
type standIns struct {
	id     map[gazetteer.ID]gazetteer.ID // of divisions, by admin1Of; of countries, by code
	region map[string]gazetteer.ID       // the smallest region of a country, by code
}

func (p *pool) standIns() standIns {
	s := standIns{make(map[gazetteer.ID]gazetteer.ID), make(map[string]gazetteer.ID)}
	size := make(map[string]int)
	for _, e := range p.order {
		switch e.Kind {
		case gazetteer.Country:
			if e.Country != "" {
				s.id[gazetteer.ID(e.Country)] = e.ID
			}
		case gazetteer.Admin1:
			s.division(e)
		case gazetteer.Region:
			for _, m := range e.Parents {
				code, ok := strings.CutPrefix(string(m), memberMark)
				if ok && (size[code] == 0 || len(e.Parents) < size[code]) {
					size[code] = len(e.Parents)
					s.region[code] = e.ID
				}
			}
		}
	}
	return s
}

// division notes a division under all its names: towns were told the one of
// their source, which curators may have made an alias.
func (s *standIns) division(e *gazetteer.Entry) {
	s.id[gazetteer.ID(admin1Of(e.Country, e.Name))] = e.ID
	for _, a := range e.Aliases {
		if key := gazetteer.ID(admin1Of(e.Country, a.Name)); s.id[key] == "" {
			s.id[key] = e.ID
		}
	}
}

// above is the last resort of a place's parents: its country, or a country's
// region.
func (s *standIns) above(e *gazetteer.Entry) gazetteer.ID {
	if e.Kind == gazetteer.Country {
		return s.region[e.Country]
	}
	return gazetteer.ID(e.Country)
}

// centre gives the divisions of countries, of which no source tells where they
// lie, the centre of their towns, weighted by population.
func (p *pool) centre() {
	type sum struct{ lat, lon, weight float64 }
	sums := make(map[gazetteer.ID]*sum)
	for _, e := range p.order {
		if e.Kind == gazetteer.Admin1 && e.Point == nil {
			sums[e.ID] = new(sum)
		}
	}
	for _, e := range p.order {
		if len(e.Parents) == 0 || e.Point == nil || e.Kind != gazetteer.City && e.Kind != gazetteer.Capital {
			continue
		}
		if s := sums[e.Parents[0]]; s != nil {
			w := peopleOf(e.Prior)
			s.lat, s.lon, s.weight = s.lat+w*e.Point.Lat, s.lon+w*e.Point.Lon, s.weight+w
		}
	}
	for _, e := range p.order {
		if s := sums[e.ID]; s != nil && s.weight > 0 {
			e.Point = &gazetteer.Point{Lat: s.lat / s.weight, Lon: s.lon / s.weight}
		}
	}
}

// peopleOf turns the prior of a city back into its population, roughly; see
// [cities].
func peopleOf(prior float64) float64 { return 1e4 * math.Pow(2e3, (prior-0.2)/0.4) }
