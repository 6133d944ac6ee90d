package gazetteer

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unsafe"
)

// index reads one index file. It is immutable, but for what is gathered from it
// once.
type index struct {
	file    []byte
	version string
	entries uint32
	points  uint32
	names   uint32
	seed    uint64

	table   []byte
	buckets uint64
	starts  wordSet
	laters  wordSet
	bearers []byte
	heads   []byte
	pts     []byte
	details []byte
	words   []byte
	atoms   atoms

	holders holders
}

// A slot of the table stands for the first words of one or more names:
//
//	bits 63–33  fingerprint of the hash of the words
//	bit  32     names go on after these words
//	bit  31     a name ends here
//	bits 30–29  its caseRule when it has one bearer and no flags, else 0
//	bit  28     that bearer's canonical name
//	bits 27–0   its first bearer
//
// A hash chooses a bucket of eight slots, one cache line, and overflows into
// the next. Zero is an empty slot and ends the search.
//
// Fingerprint and bucket together hold about fifty bits of the hash. What
// agrees in them is taken for the name: of a hundred million runs of words
// looked up that are no name, less than one is mistaken for one. A bearer
// holds eight bits more; see [index.bearer].
type slot uint64

const (
	slotCanonical slot = 1 << 28
	slotRule           = 29
	slotName      slot = 1 << 31
	slotMore      slot = 1 << 32

	fingerprintShift = 33
	fingerprintMask  = 1<<(64-fingerprintShift) - 1

	maxBearers = 1<<28 - 1 // of a whole index
)

func (s slot) bearer() uint32 { return uint32(s & maxBearers) }

func (s slot) rule() caseRule { return caseRule(s >> slotRule & 3) }

// flags are those of the only bearer.
func (s slot) flags() AliasFlags {
	if s&slotCanonical != 0 {
		return Canonical
	}
	return 0
}

// caseRule tells how the words of a text must be written to be a name, without
// looking at the name.
type caseRule uint8

const (
	asWritten     caseRule = iota // the name's own letters decide
	noneSmall                     // when no word is small, the name may be meant
	firstNotSmall                 // when the first word is not
)

// ruleOf is the rule for a name with these flags.
func ruleOf(flags AliasFlags, t Type) caseRule {
	switch {
	case flags&(Acronym|CaseSensitive) != 0:
		return asWritten
	case t == Organization:
		return firstNotSmall
	}
	return noneSmall
}

// smallness tells which words of a run begin with a small letter.
type smallness uint8

const (
	noSmall smallness = iota
	laterSmall
	firstSmall
)

// smallAt is the smallness of a run whose j-th word is small.
func smallAt(j int) smallness {
	if j == 0 {
		return firstSmall
	}
	return laterSmall
}

// allows reports whether words so written may be the name, whatever its
// letters are.
func (r caseRule) allows(s smallness) bool {
	return r == noneSmall && s == noSmall || r == firstNotSmall && s != firstSmall
}

// place tells the bucket and the fingerprint of a hash: its high and its low
// bits.
func (x *index) place(h uint64) (bucket, fingerprint uint64) {
	h = mix(h + x.seed)
	bucket, _ = bits.Mul64(h, x.buckets)
	return bucket, h & fingerprintMask
}

// lookup finds the slot of a hash of words, 0 when no name starts so. It reads
// all of a bucket: where in it a slot lies is nothing that a processor could
// guess, and a wrong guess costs more than eight comparisons.
func (x *index) lookup(h uint64) slot {
	b, fp := x.place(h)
	for range x.buckets {
		bucket := x.table[b*bucketSize : b*bucketSize+bucketSize]
		var found, v uint64
		for i := 0; i < bucketSize; i += slotSize {
			v = binary.LittleEndian.Uint64(bucket[i:])
			if v>>fingerprintShift == fp {
				found = v
			}
		}
		if found != 0 || v == 0 {
			return slot(found)
		}
		if b++; b == x.buckets {
			b = 0
		}
	}
	return 0
}

// A bearer is one name of one entry:
//
//	0  ref      uint32
//	4  flags    uint8, AliasFlags
//	5  ordinal  uint8, 0 the canonical name, else the alias
//	6  bit 0 is set on the last bearer of its name, bits 2–1 are its caseRule
//	7  check    uint8, of the hash of the name
type bearer struct {
	ref     Ref
	flags   AliasFlags
	ordinal uint8
	check   uint8
	rule    caseRule
	last    bool
}

// checkOf is the part of a name's hash that its bearers hold.
func checkOf(hash uint64) uint8 { return uint8(mix(hash) >> 32) }

// bearer reads the i-th bearer of the file; beyond the end it is a last one
// that belongs to no entry.
func (x *index) bearer(i uint32) bearer {
	at := uint64(i) * bearerSize
	if at+bearerSize > uint64(len(x.bearers)) {
		return bearer{ref: noRef, last: true}
	}
	b := x.bearers[at : at+bearerSize]
	return bearer{
		ref:     Ref(binary.LittleEndian.Uint32(b)),
		flags:   AliasFlags(b[4]),
		ordinal: b[5],
		check:   b[7],
		rule:    caseRule(b[6] >> 1 & 3),
		last:    b[6]&1 != 0,
	}
}

// noRef belongs to no entry.
const noRef Ref = 1<<31 - 1

// A head is the fixed part of an entry:
//
//	0   detail   uint32, its offset in details
//	4   type     uint8
//	5   kind     uint8, an atom
//	6   country  2 bytes, 0 when none
//	8   prior    uint16, 65535 is 1
//	10  source   uint16, an atom
func (x *index) head(r Ref) []byte {
	if uint32(r) >= x.entries {
		return nil
	}
	return x.heads[int(r)*headSize : int(r)*headSize+headSize]
}

func (x *index) typ(r Ref) Type {
	h := x.head(r)
	if h == nil {
		return NoType
	}
	return Type(h[4])
}

func (x *index) prior(r Ref) float64 {
	h := x.head(r)
	if h == nil {
		return 0
	}
	return float64(binary.LittleEndian.Uint16(h[8:])) / priorScale
}

// Head reads the fixed part of an entry, without allocating.
func (x *index) readHead(r Ref) Head {
	h := x.head(r)
	if h == nil {
		return Head{}
	}
	d := x.detail(r)
	head := Head{
		ID:    ID(d.str()),
		Name:  d.str(),
		Type:  Type(h[4]),
		Kind:  Kind(x.atoms.get(uint64(h[5]))),
		Prior: x.prior(r),
	}
	if h[6] != 0 {
		head.Country = bytesString(h[6:8])
	}
	if uint32(r) < x.points {
		head.HasPoint, head.Point = true, readPoint(x.pts[int(r)*pointSize:])
	}
	return head
}

const (
	priorScale = 65535
	pointScale = 1e6
)

func (x *index) source(r Ref) string {
	h := x.head(r)
	if h == nil {
		return ""
	}
	return x.atoms.get(uint64(binary.LittleEndian.Uint16(h[10:])))
}

// find looks an id up in one of the two sorted runs of entries.
func (x *index) find(id ID) (Ref, bool) {
	if r, ok := x.search(id, 0, x.points); ok {
		return r, true
	}
	return x.search(id, x.points, x.entries)
}

func (x *index) search(id ID, lo, hi uint32) (Ref, bool) {
	for lo < hi {
		mid := lo + (hi-lo)/2
		d := x.detail(Ref(mid))
		switch strings.Compare(d.str(), string(id)) {
		case 0:
			return Ref(mid), true
		case -1:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, false
}

// bytesString makes a string of bytes that never change and are never
// unmapped, without copying them.
func bytesString(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}
