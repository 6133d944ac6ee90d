package source

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// csvColumns are the columns that CSV understands, in any order; id, type and
// name must be there. Aliases are parted by semicolons and may carry the marks
// of curated files: !NATO, ^Afghan, =Visa, ?Congress, ~Zaire.
var csvColumns = []string{"id", "type", "kind", "name", "aliases", "country", "lat", "lon", "prior", "source"}

// CSV reads entries from a table with a header line. Bad rows are left out; see
// [ErrLines].
func CSV(r io.Reader, emit Emit) error {
	rows := csv.NewReader(r)
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("header: %w", err)
	}
	at, err := csvHeader(header)
	if err != nil {
		return err
	}
	var bad badLines
	for {
		row, err := rows.Read()
		var malformed *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return bad.err()
		case errors.As(err, &malformed):
			bad.note(malformed.Line, malformed.Err)
			continue
		case err != nil:
			return err
		}
		line, _ := rows.FieldPos(0)
		e, err := csvEntry(row, at)
		if err != nil {
			bad.note(line, err)
		} else if err := bad.emitted(line, emit(e)); err != nil {
			return err
		}
	}
}

// csvHeader finds where each column stands.
func csvHeader(header []string) (map[string]int, error) {
	at := make(map[string]int)
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		known := false
		for _, c := range csvColumns {
			known = known || c == name
		}
		if !known {
			return nil, fmt.Errorf("header: unknown column %q, want some of %s", name, strings.Join(csvColumns, ", "))
		}
		at[name] = i
	}
	for _, must := range []string{"id", "type", "name"} {
		if _, ok := at[must]; !ok {
			return nil, fmt.Errorf("header: column %q is missing", must)
		}
	}
	return at, nil
}

func csvEntry(row []string, at map[string]int) (gazetteer.Entry, error) {
	get := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	j := entryJSON{
		ID: gazetteer.ID(get("id")), Type: strings.ToUpper(get("type")), Kind: gazetteer.Kind(get("kind")),
		Country: strings.ToUpper(get("country")), Source: get("source"),
	}
	var errs []error
	number := func(name string) *float64 {
		s := get(name)
		if s == "" {
			return nil
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: got %q, want a number", name, s))
		}
		return &v
	}
	j.Lat, j.Lon = number("lat"), number("lon")
	if p := number("prior"); p != nil {
		j.Prior = *p
	}
	e, err := j.entry()
	e.Name, e.NameFlags = cutFlags(get("name"))
	for name := range strings.SplitSeq(get("aliases"), ";") {
		if name, flags := cutFlags(strings.TrimSpace(name)); name != "" {
			e.Aliases = append(e.Aliases, gazetteer.Alias{Name: name, Flags: flags})
		}
	}
	return e, errors.Join(append(errs, err)...)
}
