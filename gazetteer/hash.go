package gazetteer

import (
	"encoding/binary"
	"math/bits"
)

// Matching compares hashes, never letters, wherever it can: of a word, eight
// folded bytes at a time, and of the words of a name, one after the other.

const (
	hashSeed  = 0x2545f4914f6cdd1d
	hashPrime = 0x9fb21c651e98df25
)

// hashStep takes up to eight more bytes into a hash. It loses nothing: words
// of up to seven bytes never share a hash.
func hashStep(h, eight uint64) uint64 {
	h = (h ^ eight) * hashPrime
	return h ^ h>>29
}

// hashFolded is the hash of a folded word. Its last step takes less than eight
// bytes, of which some words have none; [scanner.plain] hashes on its way.
func hashFolded(b []byte) uint64 {
	h := uint64(hashSeed)
	for ; len(b) >= 8; b = b[8:] {
		h = hashStep(h, binary.LittleEndian.Uint64(b))
	}
	var rest [8]byte
	copy(rest[:], b)
	return hashStep(h, binary.LittleEndian.Uint64(rest[:]))
}

// smallLetters makes small letters of capital ones and leaves digits alone,
// eight bytes at once. Of other bytes it makes nonsense.
const smallLetters = 0x2020202020202020

// eightBytes reads the first eight bytes of s; the compiler makes one load of
// it.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

var (
	possessiveHash = hashFolded([]byte("'s"))
	andHash        = hashFolded([]byte("and"))
)

// mix finishes a hash of words so that all its bits may be used (the
// finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// unmix undoes mix.
func unmix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0x9cb4b2f8129337db
	h ^= h >> 33
	h *= 0x4f74430c22a54005
	return h ^ h>>33
}

// prefixHash extends the hash of the words before, 0 for none, by one word. It
// is never 0.
func prefixHash(before, word uint64) uint64 {
	h := (bits.RotateLeft64(before, 23) ^ word) * 0x9e3779b97f4a7c15
	return h | 1
}
