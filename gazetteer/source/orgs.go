package source

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// addAcronyms adds initials, which match in capitals only.
func addAcronyms(e *gazetteer.Entry, extra gazetteer.AliasFlags, list ...string) {
	for _, a := range list {
		if isAcronymLike(a) {
			addAlias(e, gazetteer.Acronym|extra, a)
		} else if len(a) > 2 {
			addAlias(e, gazetteer.CaseSensitive|extra, a)
		}
	}
}

// addNames adds aliases, with the flags of acronyms to those that look so.
func addNames(e *gazetteer.Entry, extra gazetteer.AliasFlags, list ...string) {
	for _, a := range list {
		if isAcronymLike(a) {
			addAcronyms(e, extra, a)
		} else {
			addAlias(e, 0, withoutThe(a))
		}
	}
}

// withoutThe cuts the article, which no mention contains.
func withoutThe(name string) string {
	if len(name) > 4 && strings.EqualFold(name[:4], "the ") {
		return name[4:]
	}
	return name
}

// igos reads intergovernmental organizations, with a few global bodies of
// sport and aid.
func igos(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.IGO)
		addNames(&e, 0, r.Aliases...)
		addAcronyms(&e, 0, r.Acronyms...)
		e.Prior = 0.5
		return emit(e)
	})
}

// media reads newspapers, stations and agencies; the id is the domain.
func media(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.Media)
		e.Name = withoutThe(e.Name)
		if e.Name != r.Name && !strings.Contains(e.Name, " ") {
			e.Name = r.Name // The Guardian, The Sun: one word needs its article
		}
		addNames(&e, 0, r.Aliases...)
		e.Prior = 0.42
		return emit(e)
	})
}

// rorKinds are the kinds of research organizations that news writes about.
var rorKinds = map[string]gazetteer.Kind{
	"education": gazetteer.University, "government": gazetteer.Government,
	"facility": "institute", "nonprofit": "nonprofit", "other": "institute",
	"healthcare": "hospital", "company": gazetteer.Company,
}

// ror reads research organizations. Their acronyms are so ambiguous that each
// needs its name or country beside it.
func ror(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		kind, ok := rorKinds[strings.Split(r.Kind, ",")[0]]
		if !ok || kind == gazetteer.Company || kind == "hospital" && !strings.HasPrefix(r.ID, "Q") {
			return nil
		}
		e := r.entry(gazetteer.Organization, kind)
		e.Point = nil // of the city, which the name does not tell
		if !isLatin(e.Name) || len(strings.Fields(e.Name)) < 2 {
			return nil
		}
		for _, a := range r.Aliases {
			if len(strings.Fields(a)) > 1 && isLatin(a) && len(e.Aliases) < 3 {
				addAlias(&e, 0, a)
			}
		}
		if len(r.Acronyms) > 0 && len(r.Acronyms[0]) >= 4 && isAcronymLike(r.Acronyms[0]) {
			addAlias(&e, gazetteer.Acronym|gazetteer.NeedsContext|gazetteer.CaseSensitive, r.Acronyms[0])
		}
		e.Prior = 0.14
		if strings.HasPrefix(r.ID, "Q") {
			e.Prior = 0.2
		}
		return emit(e)
	})
}

// universities reads the world's universities by their names.
func universities(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.University)
		e.Prior = 0.16
		if len(strings.Fields(e.Name)) < 2 || !isLatin(e.Name) {
			return nil
		}
		return emit(e)
	})
}

// companies reads listed companies; the number of listings, 1 to 6, tells
// their size.
func companies(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.Company)
		short := withoutLegalForm(r.Name)
		for _, a := range r.Aliases {
			if b := withoutLegalForm(a); len(b) < len(short) {
				short = b
			}
		}
		if r.Prior < 3 || !plausibleName(short) || strings.Contains(r.Name, "Class ") || !isLatin(short) {
			return nil
		}
		e.Name = withoutThe(short)
		if isAcronymLike(e.Name) {
			e.NameFlags = gazetteer.Acronym
		}
		e.Prior = 0.1 + 0.04*min(r.Prior, 6)
		return emit(e)
	})
}

// clubs reads football clubs. An alias that is the town's name alone is
// common in the file and means the town.
func clubs(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.Club)
		if !strings.Contains(e.Name, " ") {
			e.NameFlags = gazetteer.CaseSensitive | gazetteer.NeedsContext
		}
		for _, a := range r.Aliases {
			if strings.Contains(a, " ") && !strings.Contains(a, "[") {
				addAlias(&e, 0, a)
			}
		}
		e.Prior = 0.18
		return emit(e)
	})
}

// newsworthy are the categories of brands and operators taken: what earns
// money or runs a public service, not shops and restaurants.
var newsworthy = map[string]gazetteer.Kind{
	"brand:bank": "bank", "brand:insurance": gazetteer.Company, "brand:fuel": gazetteer.Company,
	"brand:supermarket": gazetteer.Company, "brand:department_store": gazetteer.Company,
	"brand:mobile_phone": gazetteer.Company, "brand:car": gazetteer.Company,
	"brand:electronics": gazetteer.Company, "brand:post_office": gazetteer.Company,
	"operator:police": "police", "operator:government": gazetteer.Government,
	"operator:hospital": "hospital", "operator:post_office": gazetteer.Company,
	"operator:generator": gazetteer.Company, "operator:plant": gazetteer.Company,
	"operator:station": gazetteer.Company, "operator:university": gazetteer.University,
	"operator:fire_station": gazetteer.Government, "operator:courthouse": gazetteer.Government,
	"operator:military": gazetteer.Government, "operator:pipeline": gazetteer.Company,
	"network:train": gazetteer.Company, "operator:line": gazetteer.Company,
}

// brands reads names of map features' brands and operators with Wikidata ids.
func brands(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		kind, ok := newsworthy[r.Kind]
		if !ok || !isLatin(r.Name) || !strings.HasPrefix(r.ID, "Q") {
			return nil
		}
		e := r.entry(gazetteer.Organization, kind)
		e.Name = withoutThe(e.Name)
		if isAcronymLike(e.Name) {
			e.NameFlags = gazetteer.Acronym | gazetteer.NeedsContext
		}
		for _, a := range r.Aliases {
			if strings.Contains(a, " ") && isLatin(a) {
				addAlias(&e, 0, withoutThe(a))
			}
		}
		e.Prior = 0.18
		return emit(e)
	})
}

// factbookParties reads political parties with their initials.
func factbookParties(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.Party)
		e.Name = withoutThe(e.Name)
		addNames(&e, gazetteer.NeedsContext, r.Aliases...)
		e.Prior = 0.25
		return emit(e)
	})
}

// factbookMilitant reads armed groups.
func factbookMilitant(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Organization, gazetteer.Militant)
		if len(r.Countries) == 1 {
			e.Country = r.Countries[0]
		}
		addNames(&e, 0, r.Aliases...)
		e.Prior = 0.35
		return emit(e)
	})
}
