package source

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// A curated file is text that people write and review. A header in brackets
// tells type and kind of the entries below it, and where all are of one
// country, the country. An entry is one line of up to five columns; trailing
// ones may be left out:
//
//	[ORG igo]
//	# name | aliases | country | prior | id
//	North Atlantic Treaty Organization | !NATO; Atlantic Alliance | | 0.72 | Q7184
//	Islamic Emirate of Afghanistan | Islamic Emirate; !?IEA | AF | 0.6
//	  when IEA: outlet-country AF; weight 4
//	  when IEA: text-has Taliban, Kabul; from 2021-08-15; weight 3
//	  parent Q889
//
// The marks before a name are its flags: ! acronym, ^ demonym, = as written
// only, ? needs context, ~ former; an alias that repeats the name gives it its
// marks. One word in capitals is an acronym without a mark. An alias after a
// minus is taken away from the entry. Indented lines say more of the entry above: when, each a
// condition; role TITLE | COUNTRY | FROM | TO; parent ID; at LATITUDE,
// LONGITUDE.
//
// An entry joins the one that the sources have: by its id, or by name, type
// and country. What the curated line says wins. The headers [stop], [title]
// and [gone] open lists of lines "- name": names that nobody bears any more,
// words that are titles of people, ids to leave out.

// Curated is what the curated files say.
type Curated struct {
	Entries []CuratedEntry
	Stop    []string // names that nobody bears any more
	Titles  []string // single words
	Gone    []gazetteer.ID
}

// CuratedEntry is one entry with the place where it is written.
type CuratedEntry struct {
	gazetteer.Entry
	At       string   // "orgs.names:12"
	Without  []string // aliases of the sources to take away
	HasPrior bool
}

// ReadCurated reads every .names file of a folder, in order of name.
func ReadCurated(dir fs.FS) (*Curated, error) {
	files, err := fs.Glob(dir, "*.names")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var c Curated
	var errs []error
	for _, name := range files {
		f, err := dir.Open(name)
		if err != nil {
			return nil, err
		}
		errs = append(errs, c.parse(path.Base(name), f))
		f.Close()
	}
	return &c, errors.Join(errs...)
}

// ParseCurated reads one curated file. The error joins one for each bad line,
// with its number.
func ParseCurated(name string, r io.Reader) (*Curated, error) {
	var c Curated
	err := c.parse(name, r)
	return &c, err
}

// curatedParser is the state between two lines.
type curatedParser struct {
	c     *Curated
	at    string
	head  gazetteer.Entry // type, kind and country of the header
	list  string          // "stop", "title", "gone" or "" among entries
	ready bool            // a header has been read
	last  int             // index of the last entry, -1 none
}

func (c *Curated) parse(name string, r io.Reader) error {
	p := curatedParser{c: c, last: -1}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	var errs []error
	for n := 1; lines.Scan(); n++ {
		p.at = fmt.Sprintf("%s:%d", name, n)
		line, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := p.line(line); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.at, err))
		}
	}
	return errors.Join(append(errs, lines.Err())...)
}

func (p *curatedParser) line(line string) error {
	text := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
		return p.header(strings.Fields(text[1 : len(text)-1]))
	case !p.ready:
		return fmt.Errorf("%q stands before the first [header]", text)
	case p.list != "":
		return p.item(strings.TrimSpace(strings.TrimPrefix(text, "-")))
	case line[0] == ' ' || line[0] == '\t':
		return p.property(text)
	}
	return p.entry(text)
}

// item takes a line of a list.
func (p *curatedParser) item(text string) error {
	switch p.list {
	case "stop":
		p.c.Stop = append(p.c.Stop, text)
	case "title":
		p.c.Titles = append(p.c.Titles, text)
	case "gone":
		p.c.Gone = append(p.c.Gone, gazetteer.ID(text))
	}
	return nil
}

var curatedTypes = map[string]gazetteer.Type{
	"PER": gazetteer.Person, "ORG": gazetteer.Organization, "LOC": gazetteer.Place,
}

func (p *curatedParser) header(f []string) error {
	p.ready, p.last, p.list = true, -1, ""
	if len(f) == 1 && slices.Contains([]string{"stop", "title", "gone"}, f[0]) {
		p.list = f[0]
		return nil
	}
	if len(f) < 2 || len(f) > 3 || curatedTypes[f[0]] == 0 {
		return fmt.Errorf("header %q: want [PER|ORG|LOC kind COUNTRY], the country optional, or [stop], [title], [gone]", strings.Join(f, " "))
	}
	p.head = gazetteer.Entry{Type: curatedTypes[f[0]], Kind: gazetteer.Kind(f[1])}
	if len(f) == 3 {
		p.head.Country = f[2]
	}
	return nil
}

// flagMarks are the prefixes of names.
var flagMarks = map[byte]gazetteer.AliasFlags{
	'!': gazetteer.Acronym, '^': gazetteer.Demonym, '=': gazetteer.CaseSensitive,
	'?': gazetteer.NeedsContext, '~': gazetteer.Former,
}

// columns of an entry line.
const (
	colName = iota
	colAliases
	colCountry
	colPrior
	colID
	numColumns
)

// entry reads "Name | alias; alias | CC | prior | id".
func (p *curatedParser) entry(text string) error {
	fields := strings.Split(text, "|")
	if len(fields) > numColumns {
		return fmt.Errorf("%q has %d columns, want at most %d: name | aliases | country | prior | id", text, len(fields), numColumns)
	}
	var col [numColumns]string
	for i, f := range fields {
		col[i] = strings.TrimSpace(f)
	}
	e := CuratedEntry{Entry: p.head, At: p.at, HasPrior: col[colPrior] != ""}
	e.ID = gazetteer.ID(col[colID])
	e.Country = cmp.Or(col[colCountry], e.Country)
	e.Name, e.NameFlags = cutFlags(col[colName])
	e.readNames(col[colAliases])
	if err := e.readPrior(col[colPrior]); err != nil {
		return err
	}
	check := e.Entry
	check.ID = cmp.Or(check.ID, "new")
	if err := check.Validate(); err != nil {
		return err
	}
	p.c.Entries = append(p.c.Entries, e)
	p.last = len(p.c.Entries) - 1
	return nil
}

// kindPrior is the prior of a curated entry that tells none.
var kindPrior = map[gazetteer.Kind]float64{
	gazetteer.Country: 0.8, gazetteer.Region: 0.45, gazetteer.Admin1: 0.42, gazetteer.Geography: 0.45,
	gazetteer.IGO: 0.5, gazetteer.Militant: 0.5, gazetteer.Party: 0.42, gazetteer.Media: 0.42,
	gazetteer.Company: 0.42, gazetteer.Government: 0.45, gazetteer.University: 0.36, gazetteer.Club: 0.38,
	gazetteer.Politician: 0.45,
}

func (e *CuratedEntry) readPrior(s string) error {
	if s == "" {
		e.Prior = cmp.Or(kindPrior[e.Kind], 0.4)
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("prior: got %q, want a number from 0 to 1", s)
	}
	e.Prior = v
	return nil
}

// readNames reads the aliases.
func (e *CuratedEntry) readNames(names string) {
	for name := range strings.SplitSeq(names, ";") {
		name = strings.TrimSpace(name)
		switch {
		case name == "":
		case name[0] == '-':
			e.Without = append(e.Without, strings.TrimSpace(name[1:]))
		default:
			name, flags := cutFlags(name)
			if name == e.Name {
				e.NameFlags |= flags // Shell | =Shell
				continue
			}
			e.Aliases = append(e.Aliases, gazetteer.Alias{Name: name, Flags: flags})
		}
	}
}

// cutFlags splits the marks off a name.
func cutFlags(name string) (string, gazetteer.AliasFlags) {
	var flags gazetteer.AliasFlags
	for name != "" && flagMarks[name[0]] != 0 {
		flags |= flagMarks[name[0]]
		name = strings.TrimSpace(name[1:])
	}
	return name, flags
}

// property reads an indented line.
func (p *curatedParser) property(text string) error {
	if p.last < 0 {
		return fmt.Errorf("%q is indented but stands below no entry", text)
	}
	e := &p.c.Entries[p.last]
	key, rest, _ := strings.Cut(text, " ")
	switch key {
	case "when":
		return e.readCondition(rest)
	case "role":
		return e.readRole(rest)
	case "at":
		return e.readPoint(rest)
	case "parent":
		e.Parents = append(e.Parents, gazetteer.ID(strings.TrimSpace(rest)))
		return nil
	}
	return fmt.Errorf("unknown field %q: want when, role, parent or at", key)
}

// readCondition reads "ALIAS: outlet-country AF; text-has A, B; weight 3".
func (e *CuratedEntry) readCondition(s string) error {
	alias, rest, ok := strings.Cut(s, ":")
	if !ok {
		return fmt.Errorf("when %q: want an alias, a colon and conditions", s)
	}
	c := gazetteer.Condition{Alias: strings.TrimSpace(alias), Weight: 2}
	for part := range strings.SplitSeq(rest, ";") {
		if err := readCriterion(&c, strings.TrimSpace(part)); err != nil {
			return fmt.Errorf("when %s: %w", c.Alias, err)
		}
	}
	e.When = append(e.When, c)
	return nil
}

func readCriterion(c *gazetteer.Condition, s string) (err error) {
	key, value, _ := strings.Cut(s, " ")
	switch key {
	case "outlet-country":
		c.OutletCountry = splitList(value)
	case "outlet-domain":
		c.OutletDomain = splitList(value)
	case "text-has":
		c.TextHas = splitList(value)
	case "from":
		c.From, err = curatedDate(value)
	case "to":
		c.To, err = curatedDate(value)
	case "weight":
		c.Weight, err = strconv.ParseFloat(value, 64)
	default:
		err = fmt.Errorf("unknown condition %q: want outlet-country, outlet-domain, text-has, from, to or weight", key)
	}
	return err
}

// curatedDate reads a date; an empty one is open.
func curatedDate(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	t := date(s)
	if s != "" && t.IsZero() {
		return t, fmt.Errorf("date: got %q, want 2006, 2006-01 or 2006-01-02", s)
	}
	return t, nil
}

func splitList(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// readRole reads "President | RU | 2012-05-07 | 2018".
func (e *CuratedEntry) readRole(s string) error {
	var col [4]string
	fields := strings.Split(s, "|")
	if len(fields) > len(col) {
		return fmt.Errorf("role %q: want TITLE | COUNTRY | FROM | TO", s)
	}
	for i, f := range fields {
		col[i] = strings.TrimSpace(f)
	}
	from, err := curatedDate(col[2])
	if err != nil {
		return fmt.Errorf("role %s: %w", col[0], err)
	}
	to, err := curatedDate(col[3])
	if err != nil {
		return fmt.Errorf("role %s: %w", col[0], err)
	}
	e.Roles = append(e.Roles, gazetteer.Role{Title: col[0], Country: cmp.Or(col[1], e.Country), From: from, To: to})
	return nil
}

func (e *CuratedEntry) readPoint(s string) error {
	var pt gazetteer.Point
	if _, err := fmt.Sscanf(s, "%f, %f", &pt.Lat, &pt.Lon); err != nil {
		return fmt.Errorf("at %q: want latitude, longitude in degrees", s)
	}
	e.Point = &pt
	return nil
}
