// Package gazetteer knows names: which entities bear them, and where they stand
// in a text.
package gazetteer

import "time"

// ID names an entity for ever: a Wikidata item ("Q889") where one is known,
// else a local id with its source's prefix ("gn:1148658"), never reused.
type ID string

// Type is the coarse class of an entity.
type Type uint8

// The types of entities, in the order in which they are printed.
const (
	NoType Type = iota
	Person
	Organization
	Place
)

// Kind is the fine class of an entity: "country", "city", "igo", "party",
// "ministry". Kinds are lower-case words; an index may hold up to 250 of them.
type Kind string

// The kinds that the code itself asks for. Curators may use others.
const (
	Country    Kind = "country"
	Territory  Kind = "territory" // dependent or disputed, with an ISO code of its own
	Region     Kind = "region"    // of the world, or across borders
	Admin1     Kind = "admin1"    // province, state
	Capital    Kind = "capital"   // of a country
	City       Kind = "city"
	Geography  Kind = "geography" // sea, river, mountain, island
	IGO        Kind = "igo"       // intergovernmental organization
	Government Kind = "government"
	Party      Kind = "party"
	Militant   Kind = "militant"
	Company    Kind = "company"
	University Kind = "university"
	Media      Kind = "media"
	Club       Kind = "club"
	Politician Kind = "politician"
)

// Entry is one entity as curators write it and as the index returns it.
type Entry struct {
	ID        ID
	Type      Type
	Kind      Kind
	Name      string     // canonical English name
	NameFlags AliasFlags // how the canonical name may be matched
	Aliases   []Alias    // other names; the canonical name is not repeated
	Country   string     // ISO 3166-1 alpha-2, "" when none or many
	Point     *Point     // nil when unknown
	Prior     float64    // how often the world speaks of it, 0 unknown; a population, a count of sitelinks, scaled by the importer to 0…1
	Roles     []Role     // offices held, for people
	Parents   []ID       // what contains it: region, country, parent organization
	When      []Condition
	Source    string // where the facts come from, with the licence
}

// AliasFlags say how an alias may be matched.
type AliasFlags uint8

// The flags of an alias; they combine.
const (
	Acronym       AliasFlags = 1 << iota // initials: matched in capitals only
	Demonym                              // people or adjective of a place: Tajik, Afghans
	Former                               // no longer the name, still understood
	CaseSensitive                        // also a common word: matched as written only
	NeedsContext                         // too ambiguous to stand without other evidence
	Canonical                            // set by the index on the entry's own name
)

// Alias is another name of an entry.
type Alias struct {
	Name  string
	Flags AliasFlags
}

// Point is a place on earth, WGS 84 degrees.
type Point struct {
	Lat, Lon float64
}

// Role is an office with its dates; a zero From or To is open.
type Role struct {
	Title   string // "President"
	Country string // ISO alpha-2
	From    time.Time
	To      time.Time
}

// Condition makes an alias mean this entry in a setting: in outlets of a
// country or domain, beside certain words, between two dates. The filled
// fields must all hold; of a list one must.
type Condition struct {
	Alias         string   // the alias it speaks of, "" for all
	OutletCountry []string // ISO alpha-2 of the outlet
	OutletDomain  []string
	TextHas       []string
	From, To      time.Time
	Weight        float64 // added to the log odds of this entry, 1…5
}
