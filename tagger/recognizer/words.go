package recognizer

import (
	"hash/maphash"
	"unicode"
	"unicode/utf8"
)

// class is the case of a word, the coarsest thing that features know of it.
type class uint8

// The classes of words. The last ones are given by the sentence: where all
// words are capitalized, case says little.
const (
	noWord  class = iota // before and after the sentence
	lowered              // market
	titled               // Kabul
	capital              // A
	initial              // A.
	upper                // NATO
	mixed                // McCain, al-Qaeda, iPhone
	number               // 2020, 3rd
	mark                 // , “ -
	other                // no letter of a script that has case
	headed               // a titled word in a sentence of titled words
	shouted              // any word in a sentence of capitals
)

// capitalized reports whether a word of the class may be part of a name by its
// case.
func (c class) capitalized() bool {
	return c >= titled && c <= mixed || c == other || c == headed
}

// form is all that features know of a word by itself, as hashes.
type form struct {
	exact, lower uint64
	shape        uint64    // "Xxxx", runs cut to four
	prefix       [5]uint64 // of the lower-cased word, by length less one; 0 when the word is shorter
	suffix       [5]uint64
	class        class
	entry        Lexeme
}

// word is what is kept of a word that a document holds: the sums of the rows
// that speak for a token at each distance from it, and what the context
// features ask.
type word struct {
	lower    uint64
	entry    Lexeme
	fold     int32 // number of its folded form in the vocabulary
	class    class
	function bool // an article, a pronoun, a preposition
	sport    bool // in reports of sport more than elsewhere
	counts   [2*window + 1]uint8
	sums     [2*window + 1]lanes
	net      NetWord
	netAt    int32 // where the sums of the net stand in its cache, counted from 1; 0 for nowhere yet
}

// maxWords bounds how many words are kept from one document to the next.
const maxWords = 1 << 14

// vocabulary keeps the words seen so far. Its hash is seeded at random for
// each process, so that no text can be made to find another's word.
type vocabulary struct {
	seed  maphash.Seed
	slots []vocabularySlot // open addressing, a power of two
	words []word
	forms []form           // of words, kept only while training
	folds map[uint64]int32 // numbers of folded forms
}

type vocabularySlot struct {
	key   uint64
	index int32 // of the word, plus one; 0 is empty
}

func newVocabulary() vocabulary {
	return vocabulary{seed: maphash.MakeSeed(), slots: make([]vocabularySlot, 1<<12), folds: map[uint64]int32{}}
}

// trim forgets all words when there are too many of them, and reports it.
func (v *vocabulary) trim() bool {
	full := len(v.words) > maxWords
	if full {
		v.words, v.forms = v.words[:0], v.forms[:0]
		clear(v.slots)
		clear(v.folds)
	}
	return full
}

// foldIndex numbers the folded forms of words.
func (v *vocabulary) foldIndex(lower uint64) int32 {
	k, ok := v.folds[lower]
	if !ok {
		k = int32(len(v.folds))
		v.folds[lower] = k
	}
	return k
}

// find returns the index of a word, or the slot to put it in.
func (v *vocabulary) find(s string, shout bool) (index int32, key uint64, at int) {
	key = maphash.String(v.seed, s)
	if shout {
		key = ^key
	}
	mask := len(v.slots) - 1
	for at = int(key) & mask; ; at = (at + 1) & mask {
		slot := v.slots[at]
		if slot.index == 0 || slot.key == key {
			return slot.index - 1, key, at
		}
	}
}

// put stores a word in the slot that find gave and returns its index.
func (v *vocabulary) put(w word, key uint64, at int) int32 {
	v.words = append(v.words, w)
	v.slots[at] = vocabularySlot{key: key, index: int32(len(v.words))}
	if 2*len(v.words) > len(v.slots) {
		v.grow()
	}
	return int32(len(v.words) - 1)
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]vocabularySlot, 2*len(old))
	mask := len(v.slots) - 1
	for _, s := range old {
		if s.index == 0 {
			continue
		}
		at := int(s.key) & mask
		for v.slots[at].index != 0 {
			at = (at + 1) & mask
		}
		v.slots[at] = s
	}
}

// FNV-1a, 64 bits: prefixes of a word hash on the way to its end.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func hashRune(h uint64, r rune) uint64 {
	for ; r > 0xFF; r >>= 8 {
		h = (h ^ uint64(r&0xFF)) * fnvPrime
	}
	return (h ^ uint64(r)) * fnvPrime
}

// foldRune makes runes that differ for no reason that concerns names equal:
// case, digits, styles of quotation marks and dashes.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if '0' <= r && r <= '9' {
			return '0'
		}
		return r
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	case r == '“' || r == '”' || r == '«' || r == '»':
		return '"'
	case r == '–' || r == '—' || r == '‐' || r == '‑':
		return '-'
	}
	return unicode.ToLower(r)
}

// maxWordRunes bounds the runes of a word that are looked at.
const maxWordRunes = 64

// readForm describes a word. In a sentence of capitals its case is not looked
// at: it is read as if titled.
func readForm(lex *Lexicon, s string, shout bool) form {
	f := form{exact: fnvOffset, lower: fnvOffset, shape: fnvOffset}
	var folded [maxWordRunes]rune
	n := 0
	var kinds kindCount
	var lastKind rune
	run := 0
	for _, r := range s {
		if n == maxWordRunes {
			break
		}
		fr := foldRune(r)
		folded[n] = fr
		n++
		exact := r
		if shout || fr == '0' || fr < 'a' {
			exact = fr
		}
		if shout && n == 1 {
			exact = unicode.ToUpper(fr)
		}
		f.exact = hashRune(f.exact, exact)
		f.lower = hashRune(f.lower, fr)
		if n <= len(f.prefix) {
			f.prefix[n-1] = f.lower
		}
		kind := kinds.add(r, n == 1)
		if kind == lastKind {
			run++
		} else {
			lastKind, run = kind, 1
		}
		if run <= 4 {
			f.shape = hashRune(f.shape, kind)
		}
	}
	suffix := uint64(fnvOffset)
	for k := 0; k < len(f.suffix) && k < n; k++ {
		suffix = hashRune(suffix, folded[n-1-k])
		f.suffix[k] = suffix
	}
	f.class = kinds.class(n)
	if shout && f.class >= lowered && f.class <= mixed {
		f.class, f.shape = shouted, fnvOffset
	}
	f.entry = lex.find(f.lower)
	return f
}

// kindCount counts the kinds of runes of a word.
type kindCount struct {
	first                                 rune
	upper, lower, digit, caseless, others int
	lastDot                               bool
}

// add counts a rune and returns its letter in a shape.
func (k *kindCount) add(r rune, first bool) rune {
	var kind rune
	switch {
	case 'a' <= r && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
		k.lower++
		kind = 'x'
	case 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && (unicode.IsUpper(r) || unicode.IsTitle(r)):
		k.upper++
		kind = 'X'
	case '0' <= r && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r):
		k.digit++
		kind = '0'
	case r >= utf8.RuneSelf && unicode.IsLetter(r):
		k.caseless++
		kind = 'o'
	default:
		k.others++
		kind = foldRune(r)
	}
	if first {
		k.first = kind
	}
	k.lastDot = r == '.'
	return kind
}

func (k *kindCount) class(n int) class {
	switch {
	case k.upper+k.lower+k.caseless == 0 && k.digit == 0:
		return mark
	case k.digit > 0 && k.digit >= k.upper+k.lower:
		return number
	case k.upper+k.lower == 0:
		return other
	case k.upper == 0:
		return lowered
	case k.upper == 1 && n == 1:
		return capital
	case k.upper == 1 && n == 2 && k.lastDot:
		return initial
	case k.lower == 0:
		return upper
	case k.upper == 1 && k.first == 'X':
		return titled
	}
	return mixed
}
