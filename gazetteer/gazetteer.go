package gazetteer

import "iter"

// Gazetteer is a base index with an overlay of run-time edits. It is an
// immutable snapshot: safe for all goroutines, replaced whole by an edit.
type Gazetteer struct {
	base     *index
	over     *index // nil without edits
	hidden   map[Ref]struct{}
	blocked  map[uint64]struct{} // hashes of names, nil when none
	revision int64
}

// Ref points at one entry of one Gazetteer. It has no meaning in another.
type Ref uint32

// overBit marks the entries of the overlay.
const overBit Ref = 1 << 31

// Match is a stretch of text that bears a name of the gazetteer.
type Match struct {
	Span  Span
	Flags AliasFlags // flags common to all bearers of the name as written

	hash             uint64 // of its words
	name, nameOver   uint32 // first bearers in base and overlay
	agree, agreeOver uint64 // which of them may be written so
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

// Bearers appends to dst every entry that bears the matched name and may be
// written as it was, those of the base in order of falling prior, then those
// of the overlay.
func (g *Gazetteer) Bearers(dst []Bearer, m Match) []Bearer {
	dst = g.base.appendBearers(dst, m.hash, m.name, m.agree, 0)
	if g.over != nil {
		dst = g.over.appendBearers(dst, m.hash, m.nameOver, m.agreeOver, overBit)
	}
	return dst
}

// appendBearers appends the bearers whose bits are set. An entry that bears
// the name twice, as two aliases, is appended once.
func (x *index) appendBearers(dst []Bearer, hash uint64, first uint32, agree uint64, mark Ref) []Bearer {
	start, check := len(dst), checkOf(hash)
	for i := uint32(0); agree>>i != 0 && i < MaxBearers; i++ {
		if agree&(1<<i) == 0 {
			continue
		}
		b := x.bearer(first + i)
		if n := len(dst); b.check != check || n > start && dst[n-1].Ref == b.ref|mark {
			continue
		}
		dst = append(dst, Bearer{b.ref | mark, b.flags})
	}
	return dst
}

// Find appends to dst every entry that bears the name, folded as in [Fold],
// in whatever case.
func (g *Gazetteer) Find(dst []Bearer, name string) []Bearer {
	h := hashName(name)
	if g.blocks(h) {
		return dst
	}
	if s := g.base.lookup(h); s&slotName != 0 {
		dst = g.base.appendBearers(dst, h, s.bearer(), g.shown(g.base, s.bearer(), name), 0)
	}
	if g.over == nil {
		return dst
	}
	if s := g.over.lookup(h); s&slotName != 0 {
		dst = g.over.appendBearers(dst, h, s.bearer(), g.shown(g.over, s.bearer(), name), overBit)
	}
	return dst
}

// shown returns the bearers that are no longer hidden and do bear the name.
func (g *Gazetteer) shown(x *index, first uint32, name string) (bits uint64) {
	folded := Fold(name)
	for i := range uint32(MaxBearers) {
		b := x.bearer(first + i)
		if !(x == g.base && g.isHidden(b.ref)) && Fold(x.alias(b.ref, b.ordinal)) == folded {
			bits |= 1 << i
		}
		if b.last {
			break
		}
	}
	return bits
}

// hashName is the hash of all words of a name.
func hashName(name string) uint64 {
	var h uint64
	var w word
	for s := (scanner{text: name}); s.next(&w); {
		h = prefixHash(h, w.hash)
	}
	return h
}

// Lookup finds an entry by id.
func (g *Gazetteer) Lookup(id ID) (Ref, bool) {
	if g.over != nil {
		if r, ok := g.over.find(id); ok {
			return r | overBit, true
		}
	}
	r, ok := g.base.find(id)
	return r, ok && !g.isHidden(r)
}

// at splits a Ref into the index it points into and the place there.
func (g *Gazetteer) at(r Ref) (*index, Ref) {
	if r&overBit == 0 {
		return g.base, r
	}
	if g.over == nil {
		return g.base, noRef
	}
	return g.over, r &^ overBit
}

// Head reads what linking needs of an entry.
func (g *Gazetteer) Head(r Ref) Head {
	x, r := g.at(r)
	return x.readHead(r)
}

// Entry reads a whole entry.
func (g *Gazetteer) Entry(r Ref) Entry {
	x, r := g.at(r)
	return x.entry(r)
}

// All yields every entry, those of the overlay last.
func (g *Gazetteer) All() iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for r := range Ref(g.base.entries) {
			if !g.isHidden(r) && !yield(r) {
				return
			}
		}
		if g.over == nil {
			return
		}
		for r := range Ref(g.over.entries) {
			if !yield(r | overBit) {
				return
			}
		}
	}
}

// Len is the number of entries.
func (g *Gazetteer) Len() int {
	n := int(g.base.entries) - len(g.hidden)
	if g.over != nil {
		n += int(g.over.entries)
	}
	return n
}

// Notice is the attribution that the sources of the base ask for.
func (g *Gazetteer) Notice() string { return g.base.atoms.get(noticeAtom) }

// Word tells which lists a single word stands in, folded as in [Fold].
func (g *Gazetteer) Word(word string) WordList {
	var buf [4 * maxWordBytes]byte
	if len(word) > maxWordBytes {
		return 0
	}
	return g.base.wordLists(hashFolded(appendFold(buf[:0], word)))
}
