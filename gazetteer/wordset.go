package gazetteer

import "math/bits"

// A wordSet tells of the hash of a word whether it may be in a set of words. It
// is a bitmap so small that it stays in the cache of a processor: what it says
// no to is never looked up in the table, which does not.
//
// Its size is a power of two, at least eight bytes; the highest bits of the
// hash choose a bit, of which at most one in sixteen is set.
type wordSet struct {
	bitmap []byte
	shift  uint
}

func parseWordSet(b []byte) (wordSet, error) {
	if len(b) < 8 || len(b)&(len(b)-1) != 0 {
		return wordSet{}, formatErrorf("a bitmap of %d bytes, want a power of two", len(b))
	}
	return wordSet{b, uint(64 - bits.TrailingZeros(uint(len(b))*8))}, nil
}

func (s wordSet) has(hash uint64) bool {
	i := hash >> s.shift
	return s.bitmap[i>>3]&(1<<(i&7)) != 0
}

// encodeWordSet makes the bitmap of these hashes.
func encodeWordSet(hashes map[uint64]struct{}) []byte {
	size := 64
	for size*8 < 16*len(hashes) {
		size *= 2
	}
	shift := uint(64 - bits.TrailingZeros(uint(size)*8))
	bitmap := make([]byte, size)
	for h := range hashes {
		i := h >> shift
		bitmap[i>>3] |= 1 << (i & 7)
	}
	return bitmap
}

// encodeSmall makes the bitmaps of the words that a name is found by although
// they begin with a small letter: those which names start with, and those later
// in names, which organizations have in any case.
func (b *Builder) encodeSmall() (starts, laters []byte) {
	first, later := make(map[uint64]struct{}), make(map[uint64]struct{})
	note := func(name string, t Type) {
		var w word
		s := scanner{text: name}
		if s.next(&w) && w.letters == lower {
			first[w.hash] = struct{}{}
		}
		for s.next(&w) {
			if t == Organization || w.letters == lower || w.letters == caseless {
				later[w.hash] = struct{}{}
			}
		}
	}
	for i := range b.entries {
		e := &b.entries[i]
		note(e.Name, e.Type)
		for _, a := range e.Aliases {
			note(a.Name, e.Type)
		}
	}
	return encodeWordSet(first), encodeWordSet(later)
}
