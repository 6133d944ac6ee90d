package server

import (
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/text"
)

// byteOffset turns an offset in some encoding into one in bytes; the way there
// is text.Offsets. It is false behind the end of s and between the halves of a
// character.
func byteOffset(s string, enc text.Encoding, offset int) (int, bool) {
	if offset < 0 {
		return 0, false
	}
	if enc == text.UTF8 {
		return offset, offset <= len(s) && (offset == len(s) || utf8.RuneStart(s[offset]))
	}
	units := 0
	for i, r := range s {
		if units >= offset {
			return i, units == offset
		}
		units++
		if enc == text.UTF16 && r > 0xFFFF {
			units++ // a surrogate pair
		}
	}
	return len(s), units == offset
}
