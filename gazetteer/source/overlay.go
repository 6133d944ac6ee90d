package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// overlay lays the curated entries over those of the sources.
func (p *pool) overlay(c *Curated) error {
	gone := make(map[gazetteer.ID]bool)
	for _, id := range c.Gone {
		gone[id] = true
	}
	p.order = slices.DeleteFunc(p.order, func(e *gazetteer.Entry) bool { return gone[e.ID] })
	for i := range c.Entries {
		if err := p.curate(&c.Entries[i]); err != nil {
			return fmt.Errorf("%s: %w", c.Entries[i].At, err)
		}
	}
	return nil
}

// curate joins one curated entry to the entry it speaks of, or adds it.
func (p *pool) curate(c *CuratedEntry) error {
	have := p.spokenOf(c)
	defer func() { p.mark(have, c) }()
	if have == nil {
		e := c.Entry
		e.Source = "curated"
		if e.ID == "" {
			e.ID = localID(&e)
		}
		if p.byID[e.ID] != nil {
			return fmt.Errorf("id %s is taken by %q", e.ID, p.byID[e.ID].Name)
		}
		p.keep(&e)
		have = &e
		return nil
	}
	p.prevail(have, c)
	return nil
}

// mark notes the names that curators have marked: no rule knows better.
func (p *pool) mark(e *gazetteer.Entry, c *CuratedEntry) {
	if c.NameFlags != 0 {
		p.marked[bearing{e, c.Name}] = true
	}
	for _, a := range c.Aliases {
		if a.Flags != 0 {
			p.marked[bearing{e, a.Name}] = true
		}
	}
}

// localID makes the id of an entry that Wikidata's number is not known of.
func localID(e *gazetteer.Entry) gazetteer.ID {
	id := "dl:" + strings.ReplaceAll(gazetteer.Fold(e.Name), " ", "-")
	if e.Type != gazetteer.Organization {
		id = "dl:" + map[gazetteer.Type]string{gazetteer.Person: "person", gazetteer.Place: "place"}[e.Type] + ":" + id[3:]
	}
	if e.Country != "" && e.Type == gazetteer.Organization {
		id += "." + strings.ToLower(e.Country)
	}
	return gazetteer.ID(strings.ReplaceAll(id, "'", ""))
}

// spokenOf finds the entry that a curated line speaks of: by id, else by name
// or an alias with the same type and country, the most prominent one.
func (p *pool) spokenOf(c *CuratedEntry) *gazetteer.Entry {
	if c.ID != "" {
		if have := p.byID[c.ID]; have != nil {
			return have
		}
	}
	if c.Kind == gazetteer.Country && c.Country != "" {
		return p.country(c.Country)
	}
	if best := p.bestBearer(c, c.Name); best != nil {
		return best
	}
	if c.Kind == gazetteer.Company {
		if best := p.bestBearer(c, withoutLegalForm(c.Name)); best != nil {
			return best
		}
	}
	var best *gazetteer.Entry
	for _, a := range c.Aliases {
		if strings.Contains(a.Name, " ") || c.Kind == gazetteer.IGO {
			if e := p.bestBearer(c, a.Name); e != nil && (best == nil || e.Prior > best.Prior) {
				best = e
			}
		}
	}
	return best
}

// bestBearer finds the most prominent entry of the sources with a name that a
// curated line may speak of. Two curated lines are one entry only when their
// names are.
func (p *pool) bestBearer(c *CuratedEntry, name string) *gazetteer.Entry {
	var best *gazetteer.Entry
	folded := gazetteer.Fold(name)
	for _, e := range p.byName[folded] {
		switch {
		case e.Type != c.Type || !countriesAgree(e, c) || !kindsAgree(e, c):
		case c.ID != "" && e.ID[0] == 'Q':
		case isCurated(e) && gazetteer.Fold(e.Name) != gazetteer.Fold(c.Name):
		case best == nil || e.Prior > best.Prior:
			best = e
		}
	}
	return best
}

func isCurated(e *gazetteer.Entry) bool { return strings.HasSuffix(e.Source, "curated") }

// country finds the state or territory with an ISO code, of which there is one.
func (p *pool) country(code string) *gazetteer.Entry {
	for _, e := range p.order {
		if e.Kind == gazetteer.Country && e.Country == code {
			return e
		}
	}
	return nil
}

// countriesAgree asks people and places for the same country; organizations
// may have none on one side, and geography and the people of history, whom one
// name suffices to tell, have none in the sources.
func countriesAgree(e *gazetteer.Entry, c *CuratedEntry) bool {
	if c.Type == gazetteer.Organization {
		return e.Country == c.Country || e.Country == "" || c.Country == ""
	}
	return e.Country == c.Country || e.Country == "" && (e.Kind == gazetteer.Geography || e.Kind == historic)
}

// kindsAgree keeps a province apart from its capital, and a party from a
// company of the same name.
func kindsAgree(e *gazetteer.Entry, c *CuratedEntry) bool {
	switch e.Type {
	case gazetteer.Place:
		return placeSort(e.Kind) == placeSort(c.Kind) ||
			e.Kind == gazetteer.Admin1 && c.Kind == gazetteer.Region && c.Country != ""
	case gazetteer.Organization:
		return (e.Kind == gazetteer.Party) == (c.Kind == gazetteer.Party) &&
			(e.Kind == gazetteer.Club) == (c.Kind == gazetteer.Club)
	}
	return true
}

func placeSort(k gazetteer.Kind) gazetteer.Kind {
	switch k {
	case gazetteer.Capital:
		return gazetteer.City
	case gazetteer.Region, "water", "mountain":
		return gazetteer.Geography
	}
	return k
}

// finerKind chooses between the kind of the sources and the curated one, which
// wins unless it is the vaguer of the two.
func finerKind(have, curated gazetteer.Kind) gazetteer.Kind {
	switch {
	case have == gazetteer.Capital && curated == gazetteer.City,
		have == gazetteer.Admin1 && curated == gazetteer.Region,
		have == gazetteer.Politician && curated == "person":
		return have
	}
	return curated
}

// prevail writes what a curated line says over an entry of the sources.
func (p *pool) prevail(e *gazetteer.Entry, c *CuratedEntry) {
	if old := e.Name; old != c.Name {
		e.Name = c.Name
		if !slices.Contains(c.Without, old) {
			addAlias(e, e.NameFlags, old)
		}
		p.index(e, c.Name)
	}
	e.NameFlags = c.NameFlags
	restated := make(map[string]bool)
	for _, a := range c.Aliases {
		restated[gazetteer.Fold(a.Name)] = true
	}
	for _, name := range c.Without {
		restated[gazetteer.Fold(name)] = true
	}
	restated[gazetteer.Fold(c.Name)] = true
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a gazetteer.Alias) bool { return restated[gazetteer.Fold(a.Name)] })
	e.Aliases = append(e.Aliases, c.Aliases...)
	e.Kind = finerKind(e.Kind, c.Kind)
	if c.ID != "" && e.ID != c.ID {
		e.ID = c.ID
		p.byID[c.ID] = e
	}
	if c.HasPrior {
		e.Prior = c.Prior
	}
	if c.Country != "" {
		e.Country = c.Country
	}
	if c.Point != nil {
		e.Point = c.Point
	}
	e.Roles = append(slices.Clone(c.Roles), newRoles(c.Roles, e.Roles)...)
	e.Parents = append(c.Parents, e.Parents...)
	e.When = append(e.When, c.When...)
	if !strings.Contains(e.Source, "curated") {
		e.Source += "; curated"
	}
}

// stop takes the stop-names away from all entries; an entry whose canonical
// name is stopped goes altogether.
func (p *pool) stop(c *Curated) {
	stopped := make(map[string]bool)
	for _, s := range c.Stop {
		stopped[gazetteer.Fold(s)] = true
	}
	p.order = slices.DeleteFunc(p.order, func(e *gazetteer.Entry) bool {
		e.Aliases = slices.DeleteFunc(e.Aliases, func(a gazetteer.Alias) bool { return stopped[gazetteer.Fold(a.Name)] })
		return stopped[gazetteer.Fold(e.Name)]
	})
}
