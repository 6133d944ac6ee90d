package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a name to the form in which two spellings of it are equal: lower
// case, no accents, straight apostrophes, hyphens for every dash, no dots and
// no possessive ending.
func fold(s string) string {
	s = trimPossessive(s)
	if lowerASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '.' || unicode.Is(unicode.Mn, r):
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			b.WriteByte('\'')
		case r == '‐' || r == '‑' || r == '–':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// lowerASCII reports whether folding would change nothing.
func lowerASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '.' || c == '`' {
			return false
		}
	}
	return true
}

// trimPossessive cuts off a final 's or ’s, and the bare apostrophe after an s.
func trimPossessive(s string) string {
	for _, end := range [...]string{"'s", "’s", "'S", "’S"} {
		if t, ok := strings.CutSuffix(s, end); ok && t != "" {
			return t
		}
	}
	for _, end := range [...]string{"s'", "s’", "S'", "S’"} {
		if strings.HasSuffix(s, end) {
			return s[:len(s)-len(end)+1]
		}
	}
	return s
}
