package source

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// Finding is something in the curated files that a reviewer should look at.
type Finding struct {
	At   string // "orgs.names:12"
	Text string
}

// Check examines curated entries: doubles, dangerous names, dead conditions.
// What is no entry at all was refused in reading.
func (c *Curated) Check() []Finding {
	var out []Finding
	seen := make(map[string]string)
	stopped := make(map[string]bool)
	for _, s := range c.Stop {
		stopped[gazetteer.Fold(s)] = true
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		report := func(format string, args ...any) {
			out = append(out, Finding{e.At, e.Name + ": " + fmt.Sprintf(format, args...)})
		}
		key := fmt.Sprint(e.Type, e.Country, placeSort(e.Kind), gazetteer.Fold(e.Name))
		if at := seen[key]; at != "" {
			report("stands at %s already", at)
		}
		seen[key] = e.At
		checkNames(e, stopped, report)
		checkConditions(e, report)
	}
	return out
}

// checkNames looks for names that will match what they do not mean.
func checkNames(e *CuratedEntry, stopped map[string]bool, report func(string, ...any)) {
	forms := make(map[string]bool)
	names := append([]gazetteer.Alias{{Name: e.Name, Flags: e.NameFlags}}, e.Aliases...)
	for i, a := range names {
		folded := gazetteer.Fold(a.Name)
		single := !strings.Contains(folded, " ")
		guarded := a.Flags&(gazetteer.CaseSensitive|gazetteer.NeedsContext|gazetteer.Acronym) != 0
		switch {
		case forms[a.Name]:
			report("%q is given twice", a.Name)
		case stopped[folded]:
			report("%q is a stop-name and never matches", a.Name)
		case single && commonWords()[folded] && !guarded && i > 0:
			report("%q is a common word: mark it = and ?", a.Name)
		case single && e.Type == gazetteer.Person && i > 0 && !guarded:
			report("%q is a single word of a person's name: mark it = or ?", a.Name)
		}
		forms[a.Name] = true
	}
}

// checkConditions looks for conditions that can never hold.
func checkConditions(e *CuratedEntry, report func(string, ...any)) {
	for _, c := range e.When {
		known := c.Alias == "" || c.Alias == e.Name || slices.ContainsFunc(e.Aliases, func(a gazetteer.Alias) bool { return a.Name == c.Alias })
		switch {
		case !known:
			report("condition on %q, which is no name of it", c.Alias)
		case len(c.OutletCountry)+len(c.OutletDomain)+len(c.TextHas) == 0 && c.From.IsZero() && c.To.IsZero():
			report("condition on %q asks for nothing", c.Alias)
		case !c.To.IsZero() && c.To.Before(c.From):
			report("condition on %q ends %s, before it begins %s", c.Alias, c.To.Format(time.DateOnly), c.From.Format(time.DateOnly))
		case c.Weight == 0:
			report("condition on %q weighs nothing", c.Alias)
		}
		for _, code := range c.OutletCountry {
			if len(code) != 2 || strings.ToUpper(code) != code {
				report("condition on %q: outlet-country %q is no ISO 3166-1 code", c.Alias, code)
			}
		}
	}
}
