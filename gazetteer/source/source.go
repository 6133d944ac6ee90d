// Package source reads the sources of the gazetteer, one importer a source,
// and puts them together: clean, joined where two sources speak of the same
// entity, with a prior that compares across types and with the flags that keep
// dangerous names at bay.
//
// The facts come in three layers. The shared sources ([Sources]) are frozen
// files of facts; the curated files ([ParseCurated]) are written and reviewed
// by people and have the last word; users' own dumps ([GeoNames], [Wikidata],
// [CSV], [JSONL]) make gazetteers beside or in place of the embedded one.
package source

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/dateline-news/dateline/gazetteer"
)

// Emit takes one entry from an importer. An importer stops at its error, but for
// those of users' files, which leave an entry out whose error wraps
// gazetteer.ErrEntry; see [ErrLines].
type Emit func(gazetteer.Entry) error

// Source is one file of facts.
type Source struct {
	File    string // its name in the data folder
	Licence string // with the attribution it asks for, for the notice
	read    func(path string, emit Emit) error
}

// Sources are the shared sources in the order of trust: when two of them
// disagree about an entity, the earlier one is believed.
var Sources = []Source{
	{"countries.jsonl.gz", "Country codes: datasets/country-codes, PDDL; CIA World Factbook, public domain", countries},
	{"regions_m49.jsonl.gz", "World regions: UN M49 through datasets/country-codes, PDDL", regions},
	{"admin1.jsonl.gz", "Places: GeoNames (geonames.org), CC BY 4.0", admin1},
	{"cities15k.jsonl.gz", "City ids: Natural Earth, public domain", cities},
	{"igo_core.jsonl.gz", "", igos},
	{"media_core.jsonl.gz", "", media},
	{"people_ep.jsonl.gz", "Office-holders: Wikidata through EveryPolitician lists, CC0", people},
	{"de_supplement.tsv", "", germanMinisters},
	{"us_legislators.jsonl.gz", "US legislators: unitedstates/congress-legislators, CC0", usLegislators},
	{"factbook_leaders.jsonl.gz", "Leaders, parties, armed groups: CIA World Factbook, public domain", factbookLeaders},
	{"factbook_parties.jsonl.gz", "", factbookParties},
	{"factbook_militant.jsonl.gz", "", factbookMilitant},
	{"ror.jsonl.gz", "Research organizations: ROR (ror.org), CC0", ror},
	{"universities_hipo.jsonl.gz", "Universities: Hipo/university-domains-list, MIT", universities},
	{"companies_fd.jsonl.gz", "Companies: JerBouma/FinanceDatabase, MIT", companies},
	{"football_clubs.jsonl.gz", "Football clubs: openfootball/clubs, CC0", clubs},
	{"orgs_nsi.jsonl.gz", "Brands and operators: name-suggestion-index, BSD 3-Clause", brands},
	{"wordnet_instances.jsonl.gz", "Geography and historic people: WordNet 3.0, WordNet licence", wordnet},
}

// readShared runs every importer whose file is in the folder.
func readShared(dir string, emit Emit) error {
	for _, s := range Sources {
		path := filepath.Join(dir, s.File)
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("source %s: %w", s.File, err)
		}
		if err := s.read(path, emit); err != nil {
			return fmt.Errorf("source %s: %w", s.File, err)
		}
	}
	return nil
}
