package topics

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is a run of letters and digits, folded: lower case, no diacritics, no
// apostrophes ("Qur'an" is quran), no possessive ("Kabul's" is kabul), and the
// dots of an abbreviation left out ("U.N." is un). Hyphens part words, so
// cease-fire is two words in a rule as in a text.
type word struct {
	start, end int    // bytes of the text
	folded     []byte // at most maxWord bytes; valid until the next word
	letters    letterCase
	gap        gap // what stands between this word and the one before
}

// maxWord bounds a folded word in bytes; what is longer is no word of a rule
// and is cut.
const maxWord = 48

// letterCase is how a word is written.
type letterCase uint8

const (
	lower   letterCase = iota
	initial            // Kabul
	upper              // NATO, at least two letters
)

// gap is what parts two words.
type gap uint8

const (
	joined   gap = iota // spaces, hyphens, quotes
	clause              // a comma, a bracket: no phrase reaches across
	sentence            // the end of a sentence or line: no proximity reaches across
)

// scanner reads the words of a text, in time linear in the text.
type scanner struct {
	text string
	pos  int
	buf  [maxWord + utf8.UTFMax]byte
}

// next reads the next word; ok is false at the end of the text.
func (s *scanner) next() (w word, ok bool) {
	w.gap = s.skipGap()
	if s.pos >= len(s.text) {
		return w, false
	}
	w.start = s.pos
	n, letters, capitals := 0, 0, 0
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch class[c] {
		case letter:
			if c < 'a' {
				capitals++
				c += 'a' - 'A'
			}
			s.buf[n] = c
			n++
			letters++
			s.pos++
		case digit:
			s.buf[n] = c
			n++
			s.pos++
		default:
			size, r, part := s.inside(w.start)
			if !part {
				return s.finish(w, n, letters, capitals), true
			}
			s.pos += size
			if r != 0 {
				letters++
				if unicode.IsUpper(r) {
					capitals++
				}
				n += copy(s.buf[n:], foldRune(r))
			}
		}
		n = min(n, maxWord)
		w.end = s.pos
	}
	return s.finish(w, n, letters, capitals), true
}

// inside tells whether what stands at s.pos belongs to the word begun at start:
// a letter outside ASCII, an apostrophe between letters, a dot of an
// abbreviation. r is the letter, 0 for the signs, which fold to nothing.
func (s *scanner) inside(start int) (size int, r rune, ok bool) {
	c := s.text[s.pos]
	if c == '.' {
		single := s.pos-start == 1 || s.pos-start >= 3 && s.text[s.pos-2] == '.'
		return 1, 0, single && s.letterAt(s.pos+1)
	}
	size = 1
	if c != '\'' {
		r, size = utf8.DecodeRuneInString(s.text[s.pos:])
	}
	if c == '\'' || r == '’' || r == 'ʼ' {
		return size, 0, s.pos > start && s.letterAt(s.pos+size) && !s.possessive(s.pos+size)
	}
	return size, r, c >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// possessive reports whether an s that ends a word stands at i.
func (s *scanner) possessive(i int) bool {
	return (s.text[i] == 's' || s.text[i] == 'S') && (i+1 == len(s.text) || class[s.text[i+1]] == other && s.text[i+1] < utf8.RuneSelf)
}

func (s *scanner) letterAt(i int) bool {
	return i < len(s.text) && (class[s.text[i]] == letter || s.text[i] >= utf8.RuneSelf)
}

// finish sets what is known once the whole word is read.
func (s *scanner) finish(w word, n, letters, capitals int) word {
	w.end = s.pos
	w.folded = s.buf[:n]
	if n >= 2 && s.pos < len(s.text) && s.text[s.pos] == '.' && s.text[s.pos-2] == '.' {
		s.pos++ // the last dot of U.S. ends no sentence that we could tell
	}
	switch {
	case capitals >= 2 && capitals == letters:
		w.letters = upper
	case capitals > 0:
		w.letters = initial
	}
	return w
}

// skipGap moves to the next word and tells what stood before it.
func (s *scanner) skipGap() gap {
	g := joined
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if class[c] != other {
			break
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRuneInString(s.text[s.pos:]); unicode.IsLetter(r) {
				break
			}
		}
		g = max(g, s.gapAt(c))
		s.pos += size
		if (c == '\'' || c >= utf8.RuneSelf) && s.pos < len(s.text) && s.clitic(size) {
			s.pos++
		}
	}
	return g
}

// clitic reports whether the s of a possessive stands at s.pos, the apostrophe
// of size bytes just before it.
func (s *scanner) clitic(size int) bool {
	before := s.pos - size - 1
	return before >= 0 && class[s.text[before]] != other && s.possessive(s.pos)
}

// gapAt is what the sign c at s.pos parts: full stops and commas do so only
// before a space or the end, not within 3.5 or 10:30.
func (s *scanner) gapAt(c byte) gap {
	last := s.pos+1 >= len(s.text) || class[s.text[s.pos+1]] == other
	switch c {
	case '\n', '!', '?':
		return sentence
	case '.', ';':
		if last {
			return sentence
		}
	case '(', ')', '[', ']':
		return clause
	case ',', ':':
		if last {
			return clause
		}
	}
	return joined
}

// The classes of bytes.
const (
	other = iota
	letter
	digit
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		}
	}
	return t
}()

// foldRune is a letter without case and diacritics. Letters of the Latin
// blocks come from a table, so that folding them costs a look.
func foldRune(r rune) string {
	if int(r) < len(latin) {
		return latin[r]
	}
	return foldSlow(r)
}

var latin = func() (t [0x250]string) {
	for r := range t {
		t[r] = foldSlow(rune(r))
	}
	t['ß'], t['æ'], t['Æ'], t['ø'], t['Ø'] = "ss", "ae", "ae", "o", "o"
	t['œ'], t['Œ'], t['ı'], t['ł'], t['Ł'] = "oe", "oe", "i", "l", "l"
	t['đ'], t['Đ'], t['ð'], t['Ð'], t['þ'] = "d", "d", "d", "d", "th"
	return t
}()

func foldSlow(r rune) string {
	var out []rune
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.IsMark(d) {
			out = append(out, unicode.ToLower(d))
		}
	}
	return string(out)
}
