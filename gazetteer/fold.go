package gazetteer

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding decides when two spellings are the same name. It is the same
// function for names and for texts:
//
//   - compatibility decomposition (NFKD) of each rune, all marks dropped;
//   - lower case;
//   - the Latin letters that Unicode does not decompose are spelled out as in
//     [undecomposed];
//   - apostrophes and invisible characters within a word are dropped, so that
//     Da’esh, Da'esh and Daesh are one name.
//
// Punctuation between words is no part of a name: al-Qaeda is al Qaeda.

// undecomposed spells out the Latin letters that are letters of their own for
// Unicode but plain ones for an English newspaper.
var undecomposed = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae",
	'œ': "oe", 'ı': "i", 'ħ': "h", 'ŋ': "n", 'ə': "a", 'ŧ': "t", 'ɛ': "e", 'ɔ': "o",
	'ǝ': "e", 'ɓ': "b", 'ɗ': "d", 'ƙ': "k", 'ƴ': "y",
}

// asciiFold maps an ASCII letter or digit to its folded form, all other bytes
// to 0.
var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for b := byte('0'); b <= '9'; b++ {
		t[b] = b
	}
	for b := byte('a'); b <= 'z'; b++ {
		t[b], t[b-'a'+'A'] = b, b
	}
	return t
}()

// appendFoldedRune appends the folded form of the rune that starts s, which
// is size bytes long and not ASCII. A mark folds to nothing.
func appendFoldedRune(dst []byte, s string, r rune, size int) []byte {
	if d := norm.NFKD.PropertiesString(s[:size]).Decomposition(); d != nil {
		for len(d) > 0 {
			r, n := utf8.DecodeRune(d)
			d = d[n:]
			dst = appendLower(dst, r)
		}
		return dst
	}
	return appendLower(dst, r)
}

func appendLower(dst []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch {
	case r < utf8.RuneSelf:
		if f := asciiFold[r]; f != 0 {
			return append(dst, f)
		}
		return dst
	case unicode.Is(unicode.M, r) || isApostrophe(r) || isInvisible(r):
		return dst
	}
	if s, ok := undecomposed[r]; ok {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, r)
}

// appendFold appends the folded form of one word.
func appendFold(dst []byte, word string) []byte {
	for i := 0; i < len(word); {
		if b := word[i]; b < utf8.RuneSelf {
			if f := asciiFold[b]; f != 0 {
				dst = append(dst, f)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		dst = appendFoldedRune(dst, word[i:], r, n)
		i += n
	}
	return dst
}

// Fold writes a name as matching sees it: its words folded, one space between
// them. Two names with the same Fold are the same name.
func Fold(name string) string {
	var b []byte
	var w word
	for s := (scanner{text: name}); s.next(&w); {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		switch {
		case w.possessive:
			b = append(b, "'s"...)
		case w.ampersand(name):
			b = append(b, "and"...)
		default:
			b = appendFold(b, name[w.start:w.end])
		}
	}
	return string(b)
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == 'ʻ' || r == '`' || r == '´'
}

// isInvisible reports characters that may stand inside a word unseen: soft
// hyphen, zero-width space, joiners, byte-order mark.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff'
}

// isWordRune reports the runes that words are made of.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiFold[r] != 0
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

// isHyphen reports the dashes that join words when no space is beside them.
func isHyphen(r rune) bool {
	return r == '-' || r >= '\u2010' && r <= '\u2013'
}
