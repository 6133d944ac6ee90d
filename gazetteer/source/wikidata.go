package source

import (
	"bytes"
	"encoding/json"
	"github.com/dateline-news/dateline/gazetteer"
	"io"
)

// Wikidata reads latest-all.json: a line "[", an entity a line, each but the
// last ending in a comma, a line "]".
type Wikidata struct {
	Dump         io.Reader
	MinSitelinks int // of items taken; 0: 5

	// Country tells the ISO code of a country's item, "" when unknown; nil
	// leaves countries out.
	Country func(gazetteer.ID) string

	Resume
}

// The properties read. https://www.wikidata.org/wiki/Wikidata:List_of_properties
const (
	instanceOf  = "P31"
	countryOf   = "P17"
	citizenOf   = "P27"
	coordinates = "P625"
	shortName   = "P1813"
	demonymOf   = "P1549"
	endTime     = "P576" // dissolved
	headquarter = "P159"
	inception   = "P571"
	isoCode     = "P297"
)

// itemKinds are the classes that tell type and kind at once. What stands in
// none of them is a place when it has coordinates, an organization when it has
// a headquarters or was founded in a country, and else is left out.
var itemKinds = map[string]struct {
	typ  gazetteer.Type
	kind gazetteer.Kind
}{
	"Q5":       {gazetteer.Person, "person"},
	"Q6256":    {gazetteer.Place, gazetteer.Country},
	"Q3624078": {gazetteer.Place, gazetteer.Country}, // sovereign state
	"Q515":     {gazetteer.Place, gazetteer.City},
	"Q1549591": {gazetteer.Place, gazetteer.City}, // big city
	"Q5119":    {gazetteer.Place, gazetteer.Capital},
	"Q484652":  {gazetteer.Organization, gazetteer.IGO},
	"Q7278":    {gazetteer.Organization, gazetteer.Party},
	"Q4830453": {gazetteer.Organization, gazetteer.Company}, // business
	"Q783794":  {gazetteer.Organization, gazetteer.Company},
	"Q891723":  {gazetteer.Organization, gazetteer.Company}, // public company
	"Q3918":    {gazetteer.Organization, gazetteer.University},
	"Q11032":   {gazetteer.Organization, gazetteer.Media}, // newspaper
	"Q476028":  {gazetteer.Organization, gazetteer.Club},  // football club
	"Q43229":   {gazetteer.Organization, "organization"},
	"Q163740":  {gazetteer.Organization, "nonprofit"},
}

// Read emits the items that are people, organizations or places with an
// English label, in the order of the file, parsing on all cores. Lines that are
// no entity are left out; see [ErrLines].
func (w Wikidata) Read(emit Emit) error {
	return eachParsed(w.Dump, w.Resume, func(line []byte) (e gazetteer.Entry, ok bool, err error) {
		line = bytes.TrimRight(bytes.TrimSpace(line), ",")
		if len(line) < 2 || fewerSitelinks(line, w.leastSitelinks()) { // 2: the brackets around all
			return e, false, nil
		}
		return w.item(line)
	}, emit)
}

// texts are strings by language, or by site. An empty map may be written [].
type texts map[string]json.RawMessage

func (t *texts) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return nil
	}
	m := make(map[string]json.RawMessage)
	err := json.Unmarshal(b, &m)
	*t = m
	return err
}

type monolingual struct {
	Value    string `json:"value"`
	Text     string `json:"text"`
	Language string `json:"language"`
}

// claim is one statement of an item.
type claim struct {
	Snak struct {
		Type  string `json:"snaktype"`
		Value struct {
			Value json.RawMessage `json:"value"`
		} `json:"datavalue"`
	} `json:"mainsnak"`
	Rank string `json:"rank"`
}

// item is one entity of the dump.
type item struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Labels    texts  `json:"labels"`
	Aliases   texts  `json:"aliases"`
	Claims    texts  `json:"claims"`
	Sitelinks texts  `json:"sitelinks"`
}

// values returns the values of a property, those of preferred rank only where
// there are any; deprecated ones never.
func (it *item) values(property string) []json.RawMessage {
	var claims []claim
	if json.Unmarshal(it.Claims[property], &claims) != nil {
		return nil
	}
	var normal, preferred []json.RawMessage
	for _, c := range claims {
		switch {
		case c.Snak.Type != "value":
		case c.Rank == "preferred":
			preferred = append(preferred, c.Snak.Value.Value)
		case c.Rank != "deprecated":
			normal = append(normal, c.Snak.Value.Value)
		}
	}
	if len(preferred) > 0 {
		return preferred
	}
	return normal
}

// items returns the items that a property points at.
func (it *item) items(property string) (ids []string) {
	for _, v := range it.values(property) {
		var ref struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(v, &ref) == nil && ref.ID != "" {
			ids = append(ids, ref.ID)
		}
	}
	return ids
}

// english returns the English texts of a property with languages.
func (it *item) english(property string) (list []string) {
	for _, v := range it.values(property) {
		var m monolingual
		if json.Unmarshal(v, &m) == nil && m.Language == "en" {
			list = append(list, m.Text)
		}
	}
	return list
}

// label is the English label, or the one of many languages.
func (it *item) label() string {
	for _, language := range []string{"en", "mul"} {
		var m monolingual
		if raw, ok := it.Labels[language]; ok && json.Unmarshal(raw, &m) == nil && m.Value != "" {
			return m.Value
		}
	}
	return ""
}

func (w Wikidata) leastSitelinks() int {
	if w.MinSitelinks == 0 {
		return 5
	}
	return w.MinSitelinks
}

// fewerSitelinks tells of most items that nobody writes about, without parsing
// them, that they are such: of a hundred items some five have five sitelinks. A
// sitelink is an object, and theirs stand last in a line of the dump; where they
// do not, or titles have braces, there are more braces than sitelinks and the
// line is parsed.
func fewerSitelinks(line []byte, least int) bool {
	key := []byte(`"sitelinks":{`)
	at := bytes.LastIndex(line, key)
	return at >= 0 && bytes.Count(line[at+len(key):], []byte{'{'}) < least
}

// item makes an entry of a line of the dump; ok is false for what is left out.
func (w Wikidata) item(line []byte) (e gazetteer.Entry, ok bool, err error) {
	var it item
	if err := json.Unmarshal(line, &it); err != nil {
		return e, false, err
	}
	name := it.label()
	if it.Type != "item" || !plausibleName(name) || len(it.Sitelinks) < w.leastSitelinks() {
		return e, false, nil
	}
	e = gazetteer.Entry{
		ID: gazetteer.ID(it.ID), Name: name, Source: "Wikidata (CC0)",
		Prior: 0.1 + 0.8*scale(float64(len(it.Sitelinks)), 2, 350),
	}
	e.Point = it.point()
	e.Type, e.Kind = it.class(e.Point != nil)
	if e.Type == gazetteer.NoType {
		return e, false, nil
	}
	e.Country = w.country(&it)
	it.names(&e)
	return e, true, nil
}

// class tells type and kind.
func (it *item) class(hasPoint bool) (gazetteer.Type, gazetteer.Kind) {
	for _, c := range it.items(instanceOf) {
		if k, ok := itemKinds[c]; ok {
			return k.typ, k.kind
		}
	}
	switch {
	case it.Claims[headquarter] != nil:
		return gazetteer.Organization, "organization"
	case hasPoint:
		return gazetteer.Place, gazetteer.Geography
	case it.Claims[inception] != nil && it.Claims[countryOf] != nil:
		return gazetteer.Organization, "organization"
	}
	return gazetteer.NoType, ""
}

func (it *item) point() *gazetteer.Point {
	for _, v := range it.values(coordinates) {
		var p struct {
			Lat float64 `json:"latitude"`
			Lon float64 `json:"longitude"`
		}
		if json.Unmarshal(v, &p) == nil {
			return &gazetteer.Point{Lat: p.Lat, Lon: p.Lon}
		}
	}
	return nil
}

// country is the item's own ISO code, or that of its country.
func (w Wikidata) country(it *item) string {
	for _, v := range it.values(isoCode) {
		var code string
		if json.Unmarshal(v, &code) == nil && len(code) == 2 {
			return code
		}
	}
	if w.Country == nil {
		return ""
	}
	for _, property := range []string{countryOf, citizenOf} {
		for _, id := range it.items(property) {
			if code := w.Country(gazetteer.ID(id)); code != "" {
				return code
			}
		}
	}
	return ""
}

// names adds aliases, short names and demonyms. The single words among a
// person's aliases are nicknames and surnames, and need context.
func (it *item) names(e *gazetteer.Entry) {
	var aliases []monolingual
	_ = json.Unmarshal(it.Aliases["en"], &aliases) // none in English is no error
	for _, a := range aliases {
		switch {
		case isAcronymLike(a.Value):
			addAlias(e, gazetteer.Acronym|gazetteer.NeedsContext, a.Value)
		case e.Type == gazetteer.Person && !bytes.ContainsRune([]byte(a.Value), ' '):
			addAlias(e, gazetteer.CaseSensitive|gazetteer.NeedsContext, a.Value)
		default:
			addAlias(e, 0, a.Value)
		}
	}
	addNames(e, 0, it.english(shortName)...)
	if e.Type == gazetteer.Place {
		addAlias(e, gazetteer.Demonym, it.english(demonymOf)...)
	}
	if it.Claims[endTime] != nil {
		e.Prior *= 0.7 // gone: still understood, seldom meant
	}
}
