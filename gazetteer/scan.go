package gazetteer

import (
	"unicode"
	"unicode/utf8"
)

// letterCase is how a word is written.
type letterCase uint8

const (
	caseless letterCase = iota // no cased letter: digits, Arabic, Chinese
	lower                      // the first cased letter is small
	capital                    // the first cased letter is a capital, a later one small
	capitals                   // capitals only
)

// word is a run of letters, digits and marks. An apostrophe between letters
// belongs to it (O'Brien, d'Ivoire); a possessive 's is a word of its own, so
// that Russia's is Russia and McDonald's needs its 's; initials with dots are
// one word that ends after the last dot (U.S.); & is a word that means "and".
type word struct {
	start, end int
	hash       uint64 // of the folded form
	letters    letterCase
	joined     bool // may continue a name that its predecessor is in
	possessive bool
	dotted     bool
	long       bool // longer than any word of a name
}

// maxWordBytes bounds the words of names; a longer word of a text is scanned
// but never looked up.
const maxWordBytes = 64

// ampersand reports whether the word is an & of the text.
func (w *word) ampersand(text string) bool { return text[w.start] == '&' }

// FNV-1a, 64 bits.
const (
	hashOffset = 14695981039346656037
	hashPrime  = 1099511628211
)

func hashBytes(h uint64, b []byte) uint64 {
	for _, c := range b {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}

var (
	possessiveHash = hashBytes(hashOffset, []byte("'s"))
	andHash        = hashBytes(hashOffset, []byte("and"))
)

// scanner cuts any bytes into words, in one pass and without allocating.
// Bytes that are no UTF-8 separate words.
type scanner struct {
	text string
	pos  int
	last word // the word before pos
}

// next reads the next word into w.
func (s *scanner) next(w *word) bool {
	if s.possessive(w) {
		s.last = *w
		return true
	}
	for s.pos < len(s.text) {
		b := s.text[s.pos]
		if b < utf8.RuneSelf {
			if asciiFold[b] != 0 {
				s.word(w)
				return true
			}
			if b == '&' {
				*w = word{start: s.pos, end: s.pos + 1, hash: andHash}
				s.finish(w)
				return true
			}
			s.pos++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		if n > 1 && (unicode.IsLetter(r) || unicode.IsNumber(r)) && !isApostrophe(r) {
			s.word(w)
			return true
		}
		s.pos += n
	}
	return false
}

// finish notes how w hangs together with the word before it and moves on.
func (s *scanner) finish(w *word) {
	w.joined = w.start > 0 && joins(s.text[s.last.end:w.start], &s.last, w)
	w.long = w.end-w.start > maxWordBytes
	s.pos, s.last = w.end, *w
}

// word reads the word that starts at pos.
func (s *scanner) word(w *word) {
	*w = word{start: s.pos, hash: hashOffset}
	if end := dottedEnd(s.text, s.pos); end > 0 {
		s.initials(w, end)
	} else {
		s.letters(w)
	}
	s.finish(w)
}

// dottedEnd returns where initials such as U.S. that start at i end, 0 when
// none start there.
func dottedEnd(t string, i int) int {
	n := 0
	for isASCIILetter(t, i) && i+1 < len(t) && t[i+1] == '.' {
		i, n = i+2, n+1
	}
	if n > 0 && isASCIILetter(t, i) && !wordRuneAt(t, i+1) {
		i, n = i+1, n+1 // U.S without the last dot
	}
	if n < 2 {
		return 0
	}
	return i
}

func isASCIILetter(t string, i int) bool {
	return i < len(t) && asciiFold[t[i]&0x7f] >= 'a' && t[i] < utf8.RuneSelf
}

func wordRuneAt(t string, i int) bool {
	if i >= len(t) {
		return false
	}
	r, n := utf8.DecodeRuneInString(t[i:])
	return (n > 1 || r < utf8.RuneSelf) && isWordRune(r)
}

// initials reads the dotted letters up to end.
func (s *scanner) initials(w *word, end int) {
	w.end, w.dotted, w.letters = end, true, capitals
	for _, b := range []byte(s.text[w.start:end]) {
		if b == '.' {
			continue
		}
		if b >= 'a' {
			w.letters = lower
		}
		w.hash = (w.hash ^ uint64(asciiFold[b])) * hashPrime
	}
}

// letters reads letters, digits and marks, with what may stand between them.
func (s *scanner) letters(w *word) {
	i, h := s.pos, uint64(hashOffset)
	t := s.text
	var small, big bool
	for i < len(t) {
		b := t[i]
		if b >= utf8.RuneSelf || b == '\'' || b == '`' {
			n := s.wideRune(w, i, &h, &small, &big)
			if n == 0 {
				break
			}
			i += n
			continue
		}
		f := asciiFold[b]
		if f == 0 {
			break
		}
		switch {
		case f != b:
			if !small && !big {
				w.letters = capital
			}
			big = true
		case b >= 'a':
			if !small && !big {
				w.letters = lower
			}
			small = true
		}
		h = (h ^ uint64(f)) * hashPrime
		i++
		w.end = i
	}
	w.hash = h
	if w.letters == capital && !small {
		w.letters = capitals
	}
}

// wideRune takes one rune that is not a plain letter or digit into the word.
// It returns 0 where the word ends.
func (s *scanner) wideRune(w *word, i int, h *uint64, small, big *bool) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case r == utf8.RuneError && n <= 1:
		return 0
	case isInvisible(r):
		return n
	case isApostrophe(r):
		if !wordRuneAt(s.text, i+n) || possessiveEnd(s.text, i) > 0 {
			return 0
		}
		return n
	case !isWordRune(r):
		return 0
	}
	if !*small && !*big {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			w.letters = capital
		case unicode.IsLower(r):
			w.letters = lower
		}
	}
	*big = *big || unicode.IsUpper(r)
	*small = *small || unicode.IsLower(r)
	var buf [32]byte
	*h = hashBytes(*h, appendFoldedRune(buf[:0], s.text[i:], r, n))
	w.end = i + n
	return n
}

// possessive reads the 's that follows the last word.
func (s *scanner) possessive(w *word) bool {
	if s.pos == 0 || s.pos != s.last.end {
		return false
	}
	end := possessiveEnd(s.text, s.pos)
	if end == 0 {
		return false
	}
	*w = word{start: s.pos, end: end, hash: possessiveHash, joined: true, possessive: true}
	s.pos = end
	return true
}

// possessiveEnd returns the end of the 's at i, 0 when there is none.
func possessiveEnd(t string, i int) int {
	if i >= len(t) || t[i] != '\'' && t[i] < utf8.RuneSelf {
		return 0
	}
	r, n := utf8.DecodeRuneInString(t[i:])
	i += n
	if !isApostrophe(r) || i >= len(t) || t[i]|0x20 != 's' || wordRuneAt(t, i+1) {
		return 0
	}
	return i + 1
}

// maxGap is the most bytes that may stand between two words of one name.
const maxGap = 6

// joins reports whether two words with the gap between them may belong to one
// name: white space with at most one line break, a hyphen without spaces, the
// dot of an abbreviation (St. Petersburg), the comma before initials
// (Washington, D.C.), or nothing beside an &.
func joins(gap string, prev, next *word) bool {
	if gap == " " {
		return true
	}
	if len(gap) > maxGap || len(gap) == 0 {
		return len(gap) == 0
	}
	if gap[0] == '.' && prev.end-prev.start <= 3 || gap[0] == ',' && next.dotted {
		gap = gap[1:]
	} else if r, n := utf8.DecodeRuneInString(gap); isHyphen(r) {
		return n == len(gap)
	}
	breaks := 0
	for _, r := range gap {
		switch {
		case r == '\n':
			if breaks++; breaks > 1 {
				return false
			}
		case r != ' ' && r != '\t' && r != '\r' && r != '\u00a0' && r != '\u202f' && r != '\u2009':
			return false
		}
	}
	return true
}
