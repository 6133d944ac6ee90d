package text

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// FuzzOffsets compares every offset of a text, asked forwards and backwards,
// with the standard library's encoders.
func FuzzOffsets(f *testing.F) {
	for _, s := range []string{"", "Kabul", "Ерёван", "👩‍👩‍👧 x", "a\u0301", "中文", "\U0010ffff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("only valid UTF-8 is ever converted")
		}
		o8, o16, o32 := NewOffsets(s, UTF8), NewOffsets(s, UTF16), NewOffsets(s, UTF32)
		check := func(i int) {
			runes := []rune(s[:i])
			if o8.At(i) != i || o16.At(i) != len(utf16.Encode(runes)) || o32.At(i) != len(runes) {
				t.Fatalf("%q at byte %d: got %d, %d, %d", s, i, o8.At(i), o16.At(i), o32.At(i))
			}
		}
		for i := range s {
			check(i)
		}
		for i := len(s); i > 0; {
			check(i)
			_, size := utf8.DecodeLastRuneInString(s[:i])
			i -= size
		}
	})
}
