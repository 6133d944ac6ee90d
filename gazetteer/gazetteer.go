package gazetteer

import "errors"

// Gazetteer is a base index with an overlay of run-time edits. It is an
// immutable snapshot: safe for all goroutines, replaced whole by an edit.
type Gazetteer struct{}

// Ref points at one entry of one Gazetteer. It has no meaning in another.
type Ref uint32

// Match is a stretch of text that bears a name of the gazetteer.
type Match struct {
	Span  Span
	Flags AliasFlags // flags common to all bearers of the name as written
	name  uint32
}

// Bearer is one entry that bears a matched name, with that alias's flags.
type Bearer struct {
	Ref   Ref
	Flags AliasFlags
}

// Head is the part of an entry that linking reads for every candidate. Its
// strings share memory with the index: reading one allocates nothing.
type Head struct {
	ID       ID
	Type     Type
	Kind     Kind
	Name     string
	Country  string
	Point    Point
	HasPoint bool
	Prior    float64
}

// Default is the gazetteer embedded in the binary, opened once.
func Default() (*Gazetteer, error) { return nil, errors.New("gazetteer: not built yet") }

// Version is the content hash of the base, and "+N" after overlay revision N.
func (g *Gazetteer) Version() string { return "" }

// Match appends to dst the longest name starting at each word of text, in
// order; matches of different starts may overlap and are all kept. It
// allocates nothing when dst has room and takes time linear in len(text).
func (g *Gazetteer) Match(dst []Match, text string) []Match { return dst }

// Bearers appends to dst every entry that bears the matched name.
func (g *Gazetteer) Bearers(dst []Bearer, m Match) []Bearer { return dst }

// Find appends to dst every entry that bears the name, folded as in Match.
func (g *Gazetteer) Find(dst []Bearer, name string) []Bearer { return dst }

// Lookup finds an entry by id.
func (g *Gazetteer) Lookup(id ID) (Ref, bool) { return 0, false }

// Head reads what linking needs of an entry.
func (g *Gazetteer) Head(r Ref) Head { return Head{} }

// Entry reads a whole entry.
func (g *Gazetteer) Entry(r Ref) Entry { return Entry{} }
