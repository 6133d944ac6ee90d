package gazetteer

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// WordList is a set of lists that a single word stands in, read by the
// recognizer as features.
type WordList uint8

// The lists of single words.
const (
	GivenName  WordList = 1 << iota // Vladimir, Fatima
	FamilyName                      // Rahmon, Merkel
	TitleWord                       // President, Gen., spokesman
)

// The section words is a table of single words, open-addressed, by 4 bytes:
//
//	bits 31–3  fingerprint of the word's hash
//	bits 2–0   WordList, never 0 in a slot in use
const wordListBits = 3

// word looks up the lists of a word's hash.
func (x *index) wordLists(hash uint64) WordList {
	n := uint64(len(x.words) / wordSize)
	if n == 0 {
		return 0
	}
	h := mix(hash)
	fp := uint32(h) >> wordListBits
	at, _ := bits.Mul64(h, n)
	for range n {
		v := binary.LittleEndian.Uint32(x.words[at*wordSize:])
		if v == 0 {
			return 0
		}
		if v>>wordListBits == fp {
			return WordList(v & (1<<wordListBits - 1))
		}
		if at++; at == n {
			at = 0
		}
	}
	return 0
}

// encodeWords fills the table to two thirds.
func encodeWords(words map[string]WordList) []byte {
	if len(words) == 0 {
		return nil
	}
	n := uint64(len(words))*3/2 + 2
	b := make([]byte, n*wordSize)
	folded := make([]string, 0, len(words))
	for w := range words {
		folded = append(folded, w)
	}
	slices.Sort(folded)
	for _, w := range folded {
		h := mix(hashFolded([]byte(w)))
		at, _ := bits.Mul64(h, n)
		for binary.LittleEndian.Uint32(b[at*wordSize:]) != 0 {
			at = (at + 1) % n
		}
		binary.LittleEndian.PutUint32(b[at*wordSize:], uint32(h)>>wordListBits<<wordListBits|uint32(words[w]))
	}
	return b
}
