package text

import (
	"unicode"
	"unicode/utf8"
)

// decode is utf8.DecodeRuneInString with the common case inlined. s is not
// empty.
func decode(s string) (rune, int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	return utf8.DecodeRuneInString(s)
}

// isLineBreak reports whether r ends a line.
func isLineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// isBlank reports whether r parts words: white space and controls, and the
// invisible characters that scraped pages carry.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' && !isLineBreak(r) || r == 0x7f
	}
	return unicode.IsSpace(r) && !isLineBreak(r) || isInvisible(r)
}

// isInvisible reports whether r shows nothing and means nothing to a reader:
// soft hyphens, zero-width spaces, byte order marks, marks of direction.
// Joiners are kept, since emoji and some scripts need them.
func isInvisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == '\u00ad', r == '\u200b', r == '\u200e', r == '\u200f', r == '\ufeff':
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u2069'
}

// nextInvisible is the offset of the first invisible character of s from i on,
// or len(s).
func nextInvisible(s string, i int) int {
	for i < len(s) {
		b := s[i]
		if b < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isInvisible(r) {
			break
		}
		i += size
	}
	return i
}

// isMark reports whether r is a mark that may cling to a word: what prose
// knows how to cut off, or leaves on purpose.
func isMark(r rune) bool {
	switch {
	case r >= utf8.RuneSelf:
		return asciiQuote(r) != 0
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return r > ' ' && r < 0x7f
}

// isBreaker reports whether r is a mark that always stands alone: long dashes,
// ellipses, bullets, symbols, the punctuation of other scripts.
func isBreaker(r rune) bool {
	if r < utf8.RuneSelf {
		return false
	}
	switch r {
	case '\u2010', '\u2011', '·': // hyphens, the Catalan point
		return false
	}
	return asciiQuote(r) == 0 && (unicode.IsPunct(r) || unicode.IsSymbol(r))
}

// isStop reports whether r may end a sentence.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '。', '！', '？', '…', '।', '؟':
		return true
	}
	return false
}

// asciiQuote is the ASCII form of a typographic quotation mark, or 0.
func asciiQuote(r rune) byte {
	switch r {
	case '‘', '’', '‚', '‛', '‹', '›', '′', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″', '＂':
		return '"'
	}
	return 0
}

// appendQuotes appends s with its quotation marks in ASCII.
func appendQuotes(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := decode(s[i:])
		if q := asciiQuote(r); q != 0 {
			dst = append(dst, q)
		} else {
			dst = append(dst, s[i:i+size]...)
		}
		i += size
	}
	return dst
}

// appendASCII appends s with every rune as one ASCII byte that Punkt treats
// alike.
func appendASCII(dst []byte, s string) []byte {
	for _, r := range s {
		dst = append(dst, asciiLike(r))
	}
	return dst
}

func asciiLike(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(r)
	}
	if q := asciiQuote(r); q != 0 {
		return q
	}
	switch r {
	case '。', '।', '…':
		return '.'
	case '！':
		return '!'
	case '？', '؟':
		return '?'
	}
	if unicode.IsUpper(r) {
		return 'X'
	}
	return 'x'
}

// isWord reports whether a piece is a plain word, with nothing but letters
// and hyphens in it.
func isWord(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && s[i] != '-' {
			return false
		}
	}
	return true
}

// isInitial reports whether a word is one capital with a full stop.
func isInitial(s string) bool { return len(s) == 2 && isUpper(s[0]) && s[1] == '.' }

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool { return b >= 'a' && b <= 'z' }

// isLetter reports whether b is an ASCII letter or part of a longer rune.
func isLetter(b byte) bool { return isUpper(b) || isLower(b) || b >= utf8.RuneSelf }

func isWordByte(b byte) bool { return isLetter(b) || b >= '0' && b <= '9' }
