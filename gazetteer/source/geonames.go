package source

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unique"

	"github.com/dateline-news/dateline/gazetteer"
)

// GeoNames reads the dumps of geonames.org: allCountries.txt (or the file of
// one country) and, where given, alternateNamesV2.txt.
type GeoNames struct {
	Places         io.Reader
	AlternateNames io.Reader // nil: only names and ASCII names
	MinPopulation  int       // of places of class P that are no seat; 0 takes all
	Resume                   // of Places; alternate names are always read whole
}

// The columns of allCountries.txt. The file has no header and no quoting.
const (
	gnID = iota
	gnName
	gnASCII
	gnAlternate // without languages, not used
	gnLat
	gnLon
	gnClass
	gnCode
	gnCountry
	gnCC2
	gnAdmin1
	gnAdmin2
	gnAdmin3
	gnAdmin4
	gnPopulation
	gnColumns = 19
)

// The columns of alternateNamesV2.txt; version 1 has the first eight.
const (
	anPlace      = 1
	anLanguage   = 2
	anName       = 3
	anColloquial = 6
	anHistoric   = 7
	anColumns    = 8
)

// Read emits one entry a place, with the id "gn:" and its number, or the
// Wikidata item where alternateNamesV2.txt has one. The alternate names of
// places are held in memory, English ones and abbreviations only, so read that
// of one country for one country. Bad lines are reported and left out.
func (g GeoNames) Read(emit Emit) error {
	names, err := g.alternates()
	if err != nil {
		return fmt.Errorf("alternate names: %w", err)
	}
	return g.eachLine(g.Places, func(_ int, line []byte) error {
		col := strings.Split(string(line), "\t")
		if len(col) != gnColumns {
			return fmt.Errorf("got %d columns, want %d parted by tabs", len(col), gnColumns)
		}
		e, ok, err := g.place(col)
		if err != nil || !ok {
			return err
		}
		names[col[gnID]].addTo(&e)
		return emit(e)
	})
}

// place makes an entry of a row; ok is false for what news does not name:
// roads, buildings, undersea features and places too small.
func (g GeoNames) place(col []string) (e gazetteer.Entry, ok bool, err error) {
	population, err := strconv.ParseFloat(col[gnPopulation], 64)
	if err != nil && col[gnPopulation] != "" {
		return e, false, fmt.Errorf("population: got %q, want a number", col[gnPopulation])
	}
	kind, prior := geoKind(col[gnClass], col[gnCode], population)
	if kind == "" || kind == gazetteer.City && col[gnCode] == "PPL" && population < float64(g.MinPopulation) {
		return e, false, nil
	}
	lat, err1 := strconv.ParseFloat(col[gnLat], 64)
	lon, err2 := strconv.ParseFloat(col[gnLon], 64)
	if err1 != nil || err2 != nil {
		return e, false, fmt.Errorf("coordinates: got %q, %q, want degrees", col[gnLat], col[gnLon])
	}
	e = gazetteer.Entry{
		ID: gazetteer.ID("gn:" + col[gnID]), Type: gazetteer.Place, Kind: kind,
		Name:    strings.Clone(col[gnName]), // the line, which may be 10 kB, is not kept for it
		Country: countryCode(col[gnCountry]), Point: &gazetteer.Point{Lat: lat, Lon: lon}, Prior: prior,
		Source: "GeoNames (CC BY 4.0)",
	}
	addAlias(&e, 0, strings.Clone(col[gnASCII]))
	return e, true, nil
}

// countryCode is one string for all places of a country.
func countryCode(s string) string { return unique.Make(s).Value() }

// geoKind tells kind and prior from feature class, code and population.
func geoKind(class, code string, population float64) (gazetteer.Kind, float64) {
	size := 0.4 * scale(population, 1e3, 2e7)
	switch {
	case class == "A" && strings.HasPrefix(code, "PCL"):
		return gazetteer.Country, 0.72 + 0.14*scale(population, 1e4, 1.4e9)
	case code == "ADM1":
		return gazetteer.Admin1, 0.34
	case class == "A":
		return "admin", 0.1 + size/2
	case code == "PPLC":
		return gazetteer.Capital, 0.62 + 0.16*scale(population, 1e4, 2e7)
	case class == "P":
		return gazetteer.City, 0.08 + size
	case class == "L":
		return gazetteer.Region, 0.15
	case class == "H" || class == "T":
		return gazetteer.Geography, 0.1
	}
	return "", 0
}

// alternates are the other names of one place.
type alternates struct {
	item  gazetteer.ID
	names []gazetteer.Alias
}

func (a *alternates) addTo(e *gazetteer.Entry) {
	if a == nil {
		return
	}
	if a.item != "" {
		e.ID = a.item
	}
	for _, n := range a.names {
		addAlias(e, n.Flags, n.Name)
	}
}

// alternates reads the English names and abbreviations, by place.
func (g GeoNames) alternates() (map[string]*alternates, error) {
	byPlace := make(map[string]*alternates)
	if g.AlternateNames == nil {
		return byPlace, nil
	}
	err := eachLine(g.AlternateNames, func(_ int, line []byte) error {
		col := strings.Split(string(line), "\t")
		if len(col) < anColumns {
			return fmt.Errorf("got %d columns, want at least %d parted by tabs", len(col), anColumns)
		}
		if l := col[anLanguage]; l != "en" && l != "abbr" && l != "wkdt" || col[anColloquial] == "1" {
			return nil
		}
		a := byPlace[col[anPlace]]
		if a == nil {
			a = new(alternates)
			byPlace[col[anPlace]] = a
		}
		a.add(col)
		return nil
	})
	return byPlace, err
}

func (a *alternates) add(col []string) {
	name := col[anName]
	switch {
	case col[anLanguage] == "wkdt":
		if strings.HasPrefix(name, "Q") {
			a.item = gazetteer.ID(name)
		}
	case col[anLanguage] == "abbr" || isAcronymLike(name):
		a.names = append(a.names, gazetteer.Alias{Name: name, Flags: gazetteer.Acronym | gazetteer.NeedsContext})
	case col[anHistoric] == "1":
		a.names = append(a.names, gazetteer.Alias{Name: name, Flags: gazetteer.Former})
	default:
		a.names = append(a.names, gazetteer.Alias{Name: name})
	}
}
