package source

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// GeoNames reads the dumps of geonames.org: allCountries.txt (or the file of
// one country) and, where given, alternateNamesV2.txt.
type GeoNames struct {
	Places         io.Reader
	AlternateNames io.Reader // nil: only names and ASCII names
	MinPopulation  int       // of places of class P that are no seat; 0 takes all
	TempDir        string    // for a file of the alternate names; "" is the system's
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

// Read emits one entry a place, with the id "gn:" and its number, or the
// Wikidata item where alternateNamesV2.txt has one. It parses on all cores; the
// alternate names lie in a file while it reads. Bad lines are left out; see
// [ErrLines], which those of both files are reported with.
func (g GeoNames) Read(emit Emit) error {
	names, err := readAlternates(g.AlternateNames, g.TempDir)
	if err != nil && !errors.Is(err, ErrLines) {
		return fmt.Errorf("alternate names: %w", err)
	}
	defer names.close()
	bad := eachParsed(g.Places, g.Resume, func(line []byte) (gazetteer.Entry, bool, error) {
		return g.row(string(line), names)
	}, emit)
	switch {
	case err == nil, bad != nil && !errors.Is(bad, ErrLines):
		return bad
	case bad == nil:
		return fmt.Errorf("alternate names: %w", err)
	}
	return fmt.Errorf("%w\nalternate names: %w", bad, err)
}

// row makes an entry of a line.
func (g GeoNames) row(line string, names *alternates) (e gazetteer.Entry, ok bool, err error) {
	col := strings.Split(line, "\t")
	if len(col) != gnColumns {
		return e, false, fmt.Errorf("got %d columns, want %d parted by tabs", len(col), gnColumns)
	}
	e, ok, err = g.place(col)
	if err != nil || !ok {
		return e, false, err
	}
	id, err := strconv.ParseUint(col[gnID], 10, 32)
	if err != nil {
		return e, false, fmt.Errorf("geonameid: got %q, want a number", col[gnID])
	}
	return e, true, names.addTo(&e, uint32(id))
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
		Name: col[gnName], Country: col[gnCountry], Point: &gazetteer.Point{Lat: lat, Lon: lon}, Prior: prior,
		Source: "GeoNames (CC BY 4.0)",
	}
	addAlias(&e, 0, col[gnASCII])
	return e, true, nil
}

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
