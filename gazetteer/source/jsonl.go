package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// An entry as a line of JSON, the form that dump writes and JSONL reads:
//
//	{"id":"my:1","type":"ORGANIZATION","kind":"company","name":"Acme Steel",
//	 "aliases":[{"name":"ACM","flags":["acronym"]}],"country":"PK",
//	 "lat":33.7,"lon":73.1,"prior":0.3,"parents":["Q843"],
//	 "roles":[{"title":"President","country":"TJ","from":"1994-11-16"}],
//	 "when":[{"alias":"ACM","outlet_country":["PK"],"text_has":["steel"],"weight":2}],
//	 "source":"our list"}
type entryJSON struct {
	ID        gazetteer.ID    `json:"id"`
	Type      string          `json:"type"`
	Kind      gazetteer.Kind  `json:"kind,omitempty"`
	Name      string          `json:"name"`
	NameFlags []string        `json:"name_flags,omitempty"`
	Aliases   []aliasJSON     `json:"aliases,omitempty"`
	Country   string          `json:"country,omitempty"`
	Lat       *float64        `json:"lat,omitempty"`
	Lon       *float64        `json:"lon,omitempty"`
	Prior     float64         `json:"prior,omitempty"`
	Roles     []roleJSON      `json:"roles,omitempty"`
	Parents   []gazetteer.ID  `json:"parents,omitempty"`
	When      []conditionJSON `json:"when,omitempty"`
	Source    string          `json:"source,omitempty"`
}

type aliasJSON struct {
	Name  string   `json:"name"`
	Flags []string `json:"flags,omitempty"`
}

type roleJSON struct {
	Title   string `json:"title"`
	Country string `json:"country,omitempty"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
}

type conditionJSON struct {
	Alias         string   `json:"alias,omitempty"`
	OutletCountry []string `json:"outlet_country,omitempty"`
	OutletDomain  []string `json:"outlet_domain,omitempty"`
	TextHas       []string `json:"text_has,omitempty"`
	From          string   `json:"from,omitempty"`
	To            string   `json:"to,omitempty"`
	Weight        float64  `json:"weight"`
}

// JSONL reads entries, one a line, as dump writes them. Bad lines are left out;
// see [ErrLines].
func JSONL(r io.Reader, emit Emit) error {
	return eachParsed(r, Resume{}, func(line []byte) (gazetteer.Entry, bool, error) {
		e, err := DecodeEntry(line)
		return e, true, err
	}, emit)
}

// DecodeEntry reads an entry from a line of JSON. An unknown field is an
// error, so that a typing error does not lose data in silence.
func DecodeEntry(line []byte) (gazetteer.Entry, error) {
	dec := json.NewDecoder(strings.NewReader(string(line)))
	dec.DisallowUnknownFields()
	var j entryJSON
	if err := dec.Decode(&j); err != nil {
		return gazetteer.Entry{}, err
	}
	return j.entry()
}

func (j *entryJSON) entry() (gazetteer.Entry, error) {
	e := gazetteer.Entry{
		ID: j.ID, Kind: j.Kind, Name: j.Name, Country: j.Country,
		Prior: j.Prior, Parents: j.Parents, Source: j.Source,
	}
	var errs []error
	typ, ok := typeNames[j.Type]
	if !ok {
		errs = append(errs, fmt.Errorf("type: got %q, want PERSON, ORGANIZATION or PLACE", j.Type))
	}
	e.Type = typ
	if (j.Lat == nil) != (j.Lon == nil) {
		errs = append(errs, errors.New("lat, lon: got one, want both or none"))
	} else if j.Lat != nil {
		e.Point = &gazetteer.Point{Lat: *j.Lat, Lon: *j.Lon}
	}
	read := func(names []string) gazetteer.AliasFlags {
		flags, err := parseFlags(names)
		errs = append(errs, err)
		return flags
	}
	day := func(field, s string) time.Time {
		t, err := curatedDate(s)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", field, err))
		}
		return t
	}
	e.NameFlags = read(j.NameFlags)
	for _, a := range j.Aliases {
		e.Aliases = append(e.Aliases, gazetteer.Alias{Name: a.Name, Flags: read(a.Flags)})
	}
	for _, r := range j.Roles {
		e.Roles = append(e.Roles, gazetteer.Role{Title: r.Title, Country: r.Country, From: day("from", r.From), To: day("to", r.To)})
	}
	for _, c := range j.When {
		e.When = append(e.When, gazetteer.Condition{
			Alias: c.Alias, OutletCountry: c.OutletCountry, OutletDomain: c.OutletDomain, TextHas: c.TextHas,
			From: day("from", c.From), To: day("to", c.To), Weight: c.Weight,
		})
	}
	return e, errors.Join(errs...)
}

// EncodeEntry writes an entry as a line of JSON, without the line break.
func EncodeEntry(e *gazetteer.Entry) ([]byte, error) {
	j := entryJSON{
		ID: e.ID, Type: typeName(e.Type), Kind: e.Kind, Name: e.Name, NameFlags: flagList(e.NameFlags),
		Country: e.Country, Prior: round(e.Prior), Parents: e.Parents, Source: e.Source,
	}
	if e.Point != nil {
		j.Lat, j.Lon = &e.Point.Lat, &e.Point.Lon
	}
	for _, a := range e.Aliases {
		j.Aliases = append(j.Aliases, aliasJSON{a.Name, flagList(a.Flags)})
	}
	for _, r := range e.Roles {
		j.Roles = append(j.Roles, roleJSON{r.Title, r.Country, dayString(r.From), dayString(r.To)})
	}
	for _, c := range e.When {
		j.When = append(j.When, conditionJSON{c.Alias, c.OutletCountry, c.OutletDomain, c.TextHas, dayString(c.From), dayString(c.To), c.Weight})
	}
	return json.Marshal(j)
}

// round cuts a prior to the four digits that the index keeps.
func round(p float64) float64 { return float64(int(p*1e4+0.5)) / 1e4 }

func dayString(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

var typeNames = map[string]gazetteer.Type{
	"PERSON": gazetteer.Person, "ORGANIZATION": gazetteer.Organization, "PLACE": gazetteer.Place,
}

func typeName(t gazetteer.Type) string {
	for name, typ := range typeNames {
		if typ == t {
			return name
		}
	}
	return ""
}

// flagNames are the flags in the order in which they are written.
var flagNames = []struct {
	name string
	flag gazetteer.AliasFlags
}{
	{"acronym", gazetteer.Acronym},
	{"demonym", gazetteer.Demonym},
	{"former", gazetteer.Former},
	{"case_sensitive", gazetteer.CaseSensitive},
	{"needs_context", gazetteer.NeedsContext},
}

func flagList(f gazetteer.AliasFlags) (list []string) {
	for _, n := range flagNames {
		if f&n.flag != 0 {
			list = append(list, n.name)
		}
	}
	return list
}

func parseFlags(names []string) (f gazetteer.AliasFlags, err error) {
next:
	for _, name := range names {
		for _, n := range flagNames {
			if n.name == name {
				f |= n.flag
				continue next
			}
		}
		err = fmt.Errorf("flags: got %q, want acronym, demonym, former, case_sensitive or needs_context", name)
	}
	return f, err
}
