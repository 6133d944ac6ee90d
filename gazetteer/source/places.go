package source

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// formalName is the shape of a state's formal name; the other aliases of the
// file are translations, former names and fragments of notes. Short names,
// former names and demonyms are curated.
var formalName = regexp.MustCompile(`^(Islamic |Federal |Democratic |People's |Federative |Hashemite |Socialist |United |Co-operative |Bolivarian |Plurinational |Oriental |Independent )*(Republic|Kingdom|State|States|Commonwealth|Principality|Sultanate|Union|Grand Duchy|Emirate|Federation) of [A-Z]|^[A-Z][a-z]+ (Republic|Federation|Confederation)$`)

// countries reads the states and territories with an ISO code.
func countries(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		r.Name = strings.ReplaceAll(r.Name, " - ", "-") // Congo - Kinshasa
		e := r.entry(gazetteer.Place, gazetteer.Country)
		for _, a := range r.Aliases {
			if formalName.MatchString(a) && !strings.Contains(a, ",") && !strings.Contains(a, "Soviet") {
				addAlias(&e, 0, a)
			}
		}
		e.Prior = 0.72 + 0.14*scale(r.Prior, 1e4, 1.4e9)
		return emit(e)
	})
}

// scale places n between lo and hi, logarithmically, 0…1.
func scale(n, lo, hi float64) float64 {
	if n <= lo {
		return 0
	}
	return min(1, math.Log(n/lo)/math.Log(hi/lo))
}

// regions reads the regions of the United Nations' M49 list.
func regions(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Place, gazetteer.Region)
		addAlias(&e, 0, r.Aliases...)
		e.Prior = 0.5
		for _, code := range r.Members {
			e.Parents = append(e.Parents, memberMark+gazetteer.ID(code))
		}
		return emit(e)
	})
}

// memberMark is put before the code of a country in the parents of a region,
// which has it as a member; the pool turns the relation round.
const memberMark = "member:"

// divisionPrior is how often world news speaks of a division of a country.
// English-language news knows the states and provinces of some countries.
var divisionPrior = map[string]float64{
	"US": 0.56, "CA": 0.5, "AU": 0.5, "IN": 0.5, "GB": 0.5, "DE": 0.44, "PK": 0.46, "AF": 0.44,
	"UA": 0.44, "CN": 0.44, "RU": 0.42, "MX": 0.42, "BR": 0.42, "NG": 0.42, "ES": 0.42, "IT": 0.42,
	"JP": 0.38, "MM": 0.4, "ET": 0.4, "SD": 0.4, "ID": 0.38, "ZA": 0.4, "IE": 0.38,
}

// admin1 reads the first-order divisions of all countries.
func admin1(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		e := r.entry(gazetteer.Place, gazetteer.Admin1)
		addAlias(&e, 0, r.Aliases...)
		e.Prior = cmp.Or(divisionPrior[r.Country], 0.34)
		return emit(e)
	})
}

// cities reads the places of over 15 thousand people and the seats of
// government. The alternate names have no language: only those that are
// spellings of the name are taken, and only of places that news writes about.
func cities(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		if misjoined[r.GeoNames] {
			r.ID = fmt.Sprint("gn:", r.GeoNames)
		}
		e := r.entry(gazetteer.Place, gazetteer.City)
		e.Prior = 0.2 + 0.4*scale(r.Prior, 1e4, 2e7)
		switch {
		case r.Feature == "PPLC":
			e.Kind = gazetteer.Capital
			e.Prior = 0.62 + 0.16*scale(r.Prior, 1e4, 2e7)
		case r.Feature == "PPLA":
			e.Prior += 0.05
		case r.Feature == "PPLX":
			e.Prior -= 0.1 // a quarter of a city
		}
		if r.Prior >= 5e5 || r.Feature == "PPLC" {
			addAlias(&e, 0, spellings(r.Name, r.Aliases)...)
		}
		if r.Admin1 != "" {
			e.Parents = []gazetteer.ID{gazetteer.ID(admin1Of(r.Country, r.Admin1))}
		}
		return emit(e)
	})
}

// misjoined are the towns to which the source gives the item of a capital that
// has their name or lies near: Santiago and Colombo of Brazil, and Suleja, which
// is not Abuja.
var misjoined = map[int]bool{3449741: true, 3465927: true, 2322794: true}

// admin1Of is a stand-in for the id of a division known by its name only; the
// pool resolves it.
func admin1Of(country, name string) string { return "admin1:" + country + ":" + gazetteer.Fold(name) }

// spellings returns the aliases that are spellings of the name.
func spellings(name string, aliases []string) []string {
	folded := gazetteer.Fold(name)
	var out []string
	for _, a := range aliases {
		f := gazetteer.Fold(a)
		if len(f) >= 6 && f != folded && isLatin(a) && isTitle(a) && similar(folded, f) {
			out = append(out, a)
		}
	}
	return out
}

// isTitle reports whether a name starts with a capital and is not all
// capitals.
func isTitle(s string) bool {
	return s != "" && strings.ToUpper(s[:1]) == s[:1] && strings.ToUpper(s) != s
}

// physical finds the kind of a place in WordNet's gloss.
var physical = regexp.MustCompile(`\b(sea|ocean|river|mountains?|mountain range|peak|lake|gulf|strait|desert|peninsula|islands?|bay|channel|canal|archipelago|volcano|glacier|waterfall|region|plateau|valley|isthmus|cape|falls|stream)\b`)

// wordnet reads physical geography and historic people. Its towns and
// countries are better told by the other sources.
func wordnet(path string, emit Emit) error {
	return eachRecord(path, func(r *record) error {
		switch {
		case r.Type == "LOC" && physical.MatchString(firstClause(r.Gloss)):
			e := r.entry(gazetteer.Place, gazetteer.Geography)
			addAlias(&e, 0, r.Aliases...)
			e.Prior = 0.3
			return emit(e)
		case r.Type == "PER":
			return wordnetPerson(r, emit)
		}
		return nil
	})
}

// historic is the kind of people whom only WordNet knows.
const historic gazetteer.Kind = "historic"

// wordnetPerson takes a person by the full name only: WordNet's other names
// are surnames.
func wordnetPerson(r *record, emit Emit) error {
	e := r.entry(gazetteer.Person, historic)
	names := append([]string{r.Name}, r.Aliases...)
	e.Name = ""
	for _, n := range names {
		if !strings.Contains(n, " ") || strings.Contains(n, ",") || !plausibleName(n) {
			continue
		}
		if e.Name == "" {
			e.Name = n
		} else {
			addAlias(&e, 0, n)
		}
	}
	e.Prior = 0.22
	if e.Name == "" || strings.HasPrefix(e.Name, "the ") {
		return nil
	}
	return emit(e)
}

// firstClause is the part of a gloss that says what the thing is.
func firstClause(gloss string) string {
	for _, end := range []string{";", " in ", " of ", " on ", " between ", " that ", " from ", ","} {
		if i := strings.Index(gloss, end); i > 0 {
			gloss = gloss[:i]
		}
	}
	return gloss
}
