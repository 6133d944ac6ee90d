package recognizer

// Lexeme is what the model knows of a word beforehand.
type Lexeme struct {
	Clusters [4]uint16 // its cluster at 64, 256, 1024 and 4096, counted from 1; 0 for none
	Names    uint8     // its place in names of people, see the Name bits
	Vector   uint32    // number of its vector, counted from 1; 0 for none
}

// How a word stands in the names of the people that the model was shown.
const (
	NameGiven      uint8 = 1 << iota // begins a name
	NameGivenOften                   // begins many
	NameFamily                       // ends a name
	NameFamilyOften
	NameInner // stands between
)

// Lexicon maps words, by the hash of their folded form, to lexemes. It is laid
// out so that it is used as it stands in the file: open addressing over a
// power of two of slots of lexiconSlot bytes,
//
//	0  check    uint32, the hash's upper half, forced odd; 0 is an empty slot
//	4  packed   40 bits: clusters of 64, 256, 1024 and 4096 less one, from the
//	            lowest bits up, 6 + 8 + 10 + 12 bits; then 4 bits unused
//	9  names    uint8, bit 7 set when the word has clusters
//	10 vector   uint24
type Lexicon struct {
	slots []byte
	mask  uint64
}

const (
	lexiconSlot   = 13
	hasClusters   = 1 << 7
	lexiconSpread = 0x9E3779B97F4A7C15
)

// NewLexicon makes an empty lexicon for n words.
func NewLexicon(n int) *Lexicon {
	size := 16
	for size*3 < n*4 {
		size *= 2
	}
	return &Lexicon{slots: make([]byte, size*lexiconSlot), mask: uint64(size - 1)}
}

// slot finds the slot of a hash, which may be empty.
func (x *Lexicon) slot(hash uint64) (slot []byte, check uint32) {
	check = uint32(hash>>32) | 1
	for at := hash * lexiconSpread >> 20 & x.mask; ; at = (at + 1) & x.mask {
		slot = x.slots[at*lexiconSlot : at*lexiconSlot+lexiconSlot]
		have := uint32(slot[0]) | uint32(slot[1])<<8 | uint32(slot[2])<<16 | uint32(slot[3])<<24
		if have == 0 || have == check {
			return slot, check
		}
	}
}

func (x *Lexicon) find(hash uint64) Lexeme {
	slot, _ := x.slot(hash)
	if slot[0] == 0 {
		return Lexeme{}
	}
	l := Lexeme{
		Names:  slot[9] &^ hasClusters,
		Vector: uint32(slot[10]) | uint32(slot[11])<<8 | uint32(slot[12])<<16,
	}
	if slot[9]&hasClusters != 0 {
		p := uint64(slot[4]) | uint64(slot[5])<<8 | uint64(slot[6])<<16 | uint64(slot[7])<<24 | uint64(slot[8])<<32
		l.Clusters = [4]uint16{
			uint16(p&63) + 1, uint16(p>>6&255) + 1, uint16(p>>14&1023) + 1, uint16(p>>24&4095) + 1,
		}
	}
	return l
}

// Find looks a word up.
func (x *Lexicon) Find(word string) Lexeme { return x.find(foldHash(word)) }

// Put adds a word or replaces it. The lexicon must have been made for as many
// words as are put.
func (x *Lexicon) Put(word string, l Lexeme) {
	slot, check := x.slot(foldHash(word))
	c := l.Clusters
	var p uint64
	names := l.Names
	if c[0] != 0 {
		p = uint64(c[0]-1) | uint64(c[1]-1)<<6 | uint64(c[2]-1)<<14 | uint64(c[3]-1)<<24
		names |= hasClusters
	}
	for i := range 4 {
		slot[i] = byte(check >> (8 * i))
	}
	for i := range 5 {
		slot[4+i] = byte(p >> (8 * i))
	}
	slot[9] = names
	for i := range 3 {
		slot[10+i] = byte(l.Vector >> (8 * i))
	}
}

// foldHash is the hash of a word's folded form.
func foldHash(word string) uint64 {
	h := uint64(fnvOffset)
	n := 0
	for _, r := range word {
		if n++; n > maxWordRunes {
			break
		}
		h = hashRune(h, foldRune(r))
	}
	return h
}

// full reports whether a search for an unknown word would never end.
func (x *Lexicon) full() bool {
	for i := 0; i < len(x.slots); i += lexiconSlot {
		if x.slots[i]|x.slots[i+1]|x.slots[i+2]|x.slots[i+3] == 0 {
			return false
		}
	}
	return true
}
