package source

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// record is a line of the shared files. No file fills all fields.
type record struct {
	ID        string   `json:"id"`
	GeoNames  int      `json:"gn"`
	Type      string   `json:"type"`
	Kind      string   `json:"kind"`
	Name      string   `json:"name"`
	Aliases   []string `json:"aliases"`
	Acronyms  []string `json:"acronyms"`
	Country   string   `json:"country"`
	Countries []string `json:"countries"`
	Members   []string `json:"members"`
	Capital   string   `json:"capital"`
	Admin1    string   `json:"admin1"`
	Feature   string   `json:"feature"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	Prior     float64  `json:"prior"`
	Role      string   `json:"role"`
	Roles     []role   `json:"roles"`
	EnWiki    string   `json:"enwiki"`
	AsOf      string   `json:"asof"`
	Web       string   `json:"web"`
	Gloss     string   `json:"gloss"`
	Source    string   `json:"source"`
}

type role struct {
	Title   string `json:"title"`
	Start   string `json:"start"`
	End     string `json:"end"`
	Kind    string `json:"kind"`
	Level   string `json:"level"`
	Country string `json:"country"`
}

// eachRecord calls f with every line of a gzipped file of JSON lines.
func eachRecord(path string, f func(*record) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(bufio.NewReaderSize(file, 1<<18))
	if err != nil {
		return err
	}
	dec := json.NewDecoder(z)
	for n := 1; ; n++ {
		var r record
		if err := dec.Decode(&r); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("record %d: %w", n, err)
		}
		if err := f(&r); err != nil {
			return fmt.Errorf("record %d (%s): %w", n, r.Name, err)
		}
	}
}

// entry starts an entry with what all files tell in the same way.
func (r *record) entry(typ gazetteer.Type, kind gazetteer.Kind) gazetteer.Entry {
	e := gazetteer.Entry{
		ID: gazetteer.ID(strings.ReplaceAll(r.ID, " ", "-")), Type: typ, Kind: kind,
		Name: r.Name, Country: r.Country, Source: r.Source,
	}
	if strings.HasPrefix(e.Source, "hand-written") {
		e.Source = "hand-written list"
	}
	if len(e.Country) != 2 {
		e.Country = ""
	}
	if r.Lat != nil && r.Lon != nil {
		e.Point = &gazetteer.Point{Lat: *r.Lat, Lon: *r.Lon}
	}
	return e
}

// addAlias adds names that are clean, new and not the canonical one.
func addAlias(e *gazetteer.Entry, flags gazetteer.AliasFlags, names ...string) {
	for _, name := range names {
		if len(e.Aliases) >= gazetteer.MaxAliases || !plausibleName(name) || bears(e, name) {
			continue
		}
		e.Aliases = append(e.Aliases, gazetteer.Alias{Name: name, Flags: flags})
	}
}

// bears reports whether the entry has the very name already, up to folding
// for what is no acronym.
func bears(e *gazetteer.Entry, name string) bool {
	if e.Name == name {
		return true
	}
	folded := gazetteer.Fold(name)
	if gazetteer.Fold(e.Name) == folded {
		return true
	}
	for _, a := range e.Aliases {
		if a.Name == name || gazetteer.Fold(a.Name) == folded {
			return true
		}
	}
	return false
}
