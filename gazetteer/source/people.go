package source

import (
	"bufio"
	"cmp"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// officePrior is how often the world speaks of a holder of an office.
var officePrior = map[string]float64{
	"head_of_state": 0.5, "head_of_government": 0.5,
	"deputy_head_of_state": 0.4, "deputy_head_of_government": 0.38,
	"foreign": 0.4, "defence": 0.38, "interior": 0.34, "finance": 0.36, "speaker": 0.34,
	"justice": 0.3, "health": 0.3, "minister": 0.28, "education": 0.28, "central_bank": 0.34,
	"military": 0.32, "intelligence_police": 0.32, "regional_head": 0.3, "judge": 0.26,
	"mayor": 0.26, "deputy_minister": 0.2, "spouse": 0.3, "other": 0.24,
	"ambassador": 0.2, "regional": 0.2, "legislator": 0.2,
}

// maxRoles bounds the offices kept of one person; the highest are.
const maxRoles = 6

// people reads office-holders and legislators since 2000. Legislators of the
// past whom Wikipedia does not know are left out: they are many and silent.
func people(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Person, gazetteer.Politician)
		e.Source = "EveryPolitician, Wikidata (CC0)"
		best, last := 0.0, ""
		for _, role := range r.Roles {
			best = max(best, officeWeight(role))
			last = max(last, cmp.Or(role.End, "9999"))
		}
		e.Prior = best - fading(last)
		if r.EnWiki != "" {
			e.Prior += 0.06
		} else if best < 0.25 && last < "2016" {
			return nil
		}
		e.Prior = max(e.Prior, 0.05)
		e.Roles = rolesOf(r)
		addAlias(&e, 0, fullNames(r.Aliases)...)
		if wiki := withoutParenthesis(r.EnWiki); strings.Contains(wiki, " ") {
			addAlias(&e, 0, wiki)
		}
		return emit(e)
	})
}

// officeWeight is the prior that an office gives, less for what is not
// national.
func officeWeight(r role) float64 {
	w := cmp.Or(officePrior[r.Kind], 0.2)
	switch r.Level {
	case "subnational", "devolved", "unrecognised":
		w -= 0.04
	}
	return w
}

// fading is what a prior loses when the last office ended long ago.
func fading(last string) float64 {
	switch {
	case last < "2008":
		return 0.12
	case last < "2016":
		return 0.06
	}
	return 0
}

// rolesOf converts the offices, highest and latest first.
func rolesOf(r *record) []gazetteer.Role {
	roles := slices.Clone(r.Roles)
	slices.SortStableFunc(roles, func(a, b role) int {
		return cmp.Or(cmp.Compare(officeWeight(b), officeWeight(a)), strings.Compare(b.Start, a.Start))
	})
	var out []gazetteer.Role
	for _, role := range roles[:min(len(roles), maxRoles)] {
		out = append(out, gazetteer.Role{
			Title: role.Title, Country: cmp.Or(role.Country, r.Country),
			From: date(role.Start), To: date(role.End),
		})
	}
	return out
}

// date reads 2001, 2001-02 or 2001-02-03, the zero time for anything else.
func date(s string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// fullNames drops single words, which are surnames and nicknames.
func fullNames(list []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !strings.Contains(s, " ") || !isLatin(s) })
}

func withoutParenthesis(s string) string {
	if i := strings.Index(s, " ("); i > 0 {
		return s[:i]
	}
	return s
}

// germanMinisters reads id, name, title, position, from, to.
func germanMinisters(path string, emit Emit) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		col := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "#") || len(col) < 6 {
			continue
		}
		e := gazetteer.Entry{
			ID: gazetteer.ID(col[0]), Type: gazetteer.Person, Kind: gazetteer.Politician,
			Name: col[1], Country: "DE", Prior: 0.34 - fading(cmp.Or(col[5], "9999")),
			Roles:  []gazetteer.Role{{Title: col[2], Country: "DE", From: date(col[4]), To: date(col[5])}},
			Source: "EveryPolitician, Wikidata (CC0)",
		}
		if err := emit(e); err != nil {
			return err
		}
	}
	return lines.Err()
}

// usLegislators reads members of the United States Congress; role is
// "Senator WA Democrat" or "former Representative".
func usLegislators(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Person, gazetteer.Politician)
		former := strings.HasPrefix(r.Role, "former ")
		e.Prior = 0.3
		if former {
			e.Prior = 0.16
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(r.Role, "former "), " ")
		e.Roles = []gazetteer.Role{{Title: title, Country: "US"}}
		addAlias(&e, 0, fullNames(r.Aliases)...)
		return emit(e)
	})
}

// factbookLeaders reads heads of state, ministers, ambassadors and party
// leaders. The file's titles and brackets are cut off; a person whom another
// source knows by id joins it when name, country and rank agree.
func factbookLeaders(path string, emit Emit) error {
	seen := make(map[string]bool)
	return eachRecord(path, func(r *record) error {
		r.Name = leaderName(r.Name)
		key := r.Country + gazetteer.Fold(r.Name)
		if !strings.Contains(r.Name, " ") || !plausibleName(r.Name) || seen[key] || royal(r.Name) {
			return nil
		}
		seen[key] = true
		e := r.entry(gazetteer.Person, gazetteer.Politician)
		e.Prior = leaderPrior(r.Role)
		e.Roles = []gazetteer.Role{{Title: leaderTitle(r.Role), Country: e.Country}}
		if e.Prior > 0.4 {
			addAlias(&e, 0, newspaperName(r.Name, r.Country))
		}
		return emit(e)
	})
}

func leaderPrior(role string) float64 {
	switch {
	case strings.HasPrefix(role, "party leader"), strings.HasPrefix(role, "ambassador"):
		return 0.2
	case strings.HasPrefix(role, "President"), strings.HasPrefix(role, "Prime Minister"), strings.HasPrefix(role, "Chancellor"):
		return 0.5
	}
	return 0.34
}

// leaderTitle cuts the party and the country off: "party leader (2022): X".
func leaderTitle(role string) string {
	for _, cut := range []string{" (", " in ", " from "} {
		role, _, _ = strings.Cut(role, cut)
	}
	return role
}

// leaderName cuts off what the Factbook writes before a name.
func leaderName(s string) string {
	s = strings.TrimLeft(s, "; ")
	s = strings.ReplaceAll(s, "’", "'")
	for _, title := range []string{"Chargé d'Affaires", "Ambassador", "Dr.", "Gen.", "General", "Lt.", "Brig.", "(Retired)", "Sir", "Dame"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, title))
	}
	return s
}

// royal reports names such as Charles III, who reigns in many rows.
func royal(name string) bool {
	words := strings.Fields(name)
	return strings.Trim(words[len(words)-1], "IVX") == ""
}

// iberian are the countries where the surname is the last but one.
const iberian = " AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE "

// newspaperName is what newspapers call a person of three names or more: the first
// and the last, or in Spanish the first and the last but one.
func newspaperName(name, country string) string {
	words := strings.Fields(name)
	n := len(words)
	switch {
	case n < 3 || slices.ContainsFunc(words, func(w string) bool { return strings.ToLower(w) == w || len(w) < 3 }):
		return name
	case strings.Contains(iberian, " "+country+" "):
		return words[0] + " " + words[n-2]
	}
	return words[0] + " " + words[n-1]
}
