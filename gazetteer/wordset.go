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
