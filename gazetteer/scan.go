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
	inner      bool // no name starts with it: 's and &
	dotted     bool
	long       bool // longer than any word of a name
}

// maxWordBytes bounds the words of names; a longer word of a text is scanned
// but never looked up.
const maxWordBytes = 64

// ampersand reports whether the word is an & of the text.
func (w *word) ampersand(text string) bool { return text[w.start] == '&' }

// scanner cuts any bytes into words, in one pass and without allocating.
// Bytes that are no UTF-8 separate words.
type scanner struct {
	text               string
	pos                int
	lastStart, lastEnd int // of the word before pos
}

// next reads the next word into w.
func (s *scanner) next(w *word) bool {
	if i := s.pos + 1; i < len(s.text) && s.text[i-1] == ' ' && s.plain(w, i) {
		w.joined = true
		s.pos, s.lastStart, s.lastEnd = w.end, w.start, w.end
		return true // nearly always
	}
	if s.possessive(w) {
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
				*w = word{start: s.pos, end: s.pos + 1, hash: andHash, inner: true}
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
	if w.start == s.lastEnd+1 && s.text[s.lastEnd] == ' ' {
		w.joined = true
	} else {
		w.joined = w.start > 0 && joins(s.text[s.lastEnd:w.start], s.lastEnd-s.lastStart, w.dotted)
	}
	w.long = w.end-w.start > maxWordBytes
	s.pos, s.lastStart, s.lastEnd = w.end, w.start, w.end
}

// word reads the word that starts at pos.
func (s *scanner) word(w *word) {
	if s.plain(w, s.pos) {
		s.finish(w)
		return
	}
	*w = word{start: s.pos}
	if s.pos+1 < len(s.text) && s.text[s.pos+1] == '.' {
		if end := dottedEnd(s.text, s.pos); end > 0 {
			s.initials(w, end)
			s.finish(w)
			return
		}
	}
	s.letters(w)
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
	var buf [maxWordBytes]byte
	folded := buf[:0]
	for i := w.start; i < end; i += 2 {
		if s.text[i] >= 'a' {
			w.letters = lower
		}
		if len(folded) < len(buf) {
			folded = append(folded, asciiFold[s.text[i]])
		}
	}
	w.hash = hashFolded(folded)
}

// The classes of ASCII letters and digits, a bit each.
const (
	digitByte = 1 << iota
	smallByte
	bigByte
)

// byteClass is 0 for all other bytes.
var byteClass = func() (t [256]uint8) {
	for b := range asciiFold {
		switch f := asciiFold[b]; {
		case f == 0:
		case f != byte(b):
			t[b] = bigByte
		case f >= 'a':
			t[b] = smallByte
		default:
			t[b] = digitByte
		}
	}
	return t
}()

// letters reads letters, digits and marks, with what may stand between them.
func (s *scanner) letters(w *word) {
	i, t := s.pos, s.text
	var first, seen uint8 // classes: of the first letter, of all
	for i < len(t) {
		class := byteClass[t[i]]
		if class == 0 {
			var n int
			if t[i] >= utf8.RuneSelf || t[i] == '\'' || t[i] == '`' {
				class, n = s.wideRune(i)
			}
			if n == 0 {
				break
			}
			if i += n; class != 0 {
				w.end = i
			}
		} else {
			i++
			w.end = i
		}
		if first == 0 {
			first = class &^ digitByte
		}
		seen |= class
	}
	switch {
	case first == smallByte:
		w.letters = lower
	case first == bigByte && seen&smallByte == 0:
		w.letters = capitals
	case first == bigByte:
		w.letters = capital
	}
	w.hash = s.hash(w)
}

// maxFoldedBytes is more than the longest word of a name has when folded: no
// three bytes decompose into more than 33.
const maxFoldedBytes = maxWordBytes / 3 * 36

// hash is the hash of a word, 0 of one too long to be looked up.
func (s *scanner) hash(w *word) uint64 {
	if w.end-w.start > maxWordBytes {
		return 0
	}
	var buf [maxFoldedBytes]byte
	return hashFolded(appendFold(buf[:0], s.text[w.start:w.end]))
}

// wideRune reads one rune that is not a plain letter or digit: its class, 0
// when it is none of the word's letters, and its length, 0 where the word ends.
func (s *scanner) wideRune(i int) (class uint8, n int) {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case r == utf8.RuneError && n <= 1:
		return 0, 0
	case isInvisible(r):
		return 0, n
	case isApostrophe(r):
		if !wordRuneAt(s.text, i+n) || possessiveEnd(s.text, i) > 0 {
			return 0, 0
		}
		return 0, n
	case !isWordRune(r):
		return 0, 0
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return bigByte, n
	case unicode.IsLower(r):
		return smallByte, n
	}
	return digitByte, n
}

// possessive reads the 's that follows the last word.
func (s *scanner) possessive(w *word) bool {
	if s.pos == 0 || s.pos != s.lastEnd || s.pos == len(s.text) || s.text[s.pos] == ' ' {
		return false
	}
	end := possessiveEnd(s.text, s.pos)
	if end == 0 {
		return false
	}
	*w = word{start: s.pos, end: end, hash: possessiveHash, joined: true, possessive: true, inner: true}
	s.pos, s.lastStart, s.lastEnd = end, w.start, end
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

// joins reports whether two words with the gap between them, the first of prev
// bytes, the second of dotted initials or not, may belong to one name: white space with at most one line break, a hyphen without spaces, the
// dot of an abbreviation (St. Petersburg), the comma before initials
// (Washington, D.C.), or nothing beside an &.
func joins(gap string, prev int, dotted bool) bool {
	if len(gap) > maxGap || len(gap) == 0 {
		return len(gap) == 0
	}
	if gap[0] == '.' && prev <= 3 || gap[0] == ',' && dotted {
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
