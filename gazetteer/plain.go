package gazetteer

import "math/bits"

// Nearly all words of a text are of plain ASCII letters and digits. They are
// read eight bytes at a time, without a branch for each byte or for each case:
// where words end and where capitals stand is nothing that a processor could
// guess.

// eachByte times a byte is eight of it; highBits has the highest bit of each.
const (
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
)

// classify sets the highest bit of those bytes that are ASCII letters, and of
// those that are digits.
func classify(eight uint64) (letters, digits uint64) {
	low := eight &^ highBits
	folded := low | smallLetters
	ascii := ^eight & highBits
	letters = (folded + (0x80-'a')*eachByte) &^ (folded + (0x80-'z'-1)*eachByte) & ascii
	digits = (low + (0x80-'0')*eachByte) &^ (low + (0x80-'9'-1)*eachByte) & ascii
	return letters, digits
}

// plain reads the word that starts at byte i into w when it is plain and what
// follows it cannot belong to it, and leaves the rest to [scanner.finish]. All
// other words, and those near the end of the text, are for [scanner.word].
func (s *scanner) plain(w *word, i int) bool {
	t, start := s.text, i
	h := uint64(hashSeed)
	var seen, small, first uint64 // letters, small letters, the first letter if small
	for ; i+8 <= len(t) && i <= start+maxWordBytes; i += 8 {
		x := eightBytes(t[i:])
		letters, digits := classify(x)
		n := uint(bits.TrailingZeros64(^(letters|digits)&highBits)) &^ 7
		part := uint64(1)<<n - 1 // n is in bits, and all bits of eight bytes
		letters &= part
		if seen == 0 {
			first = letters & -letters & (x << 2)
		}
		seen |= letters
		small |= letters & (x << 2) // the bit of small letters, moved to the highest
		h = hashStep(h, (x|smallLetters)&part)
		if n == 64 {
			continue
		}
		end := i + int(n/8)
		if c := byte(x >> n); c != ' ' && !endsPlain(c, end-start) || end == start || end-start > maxWordBytes {
			return false
		}
		*w = word{start: start, end: end, hash: h, letters: caseOf[bit(seen)|bit(small)<<1|bit(first)<<2]}
		return true
	}
	return false
}

// endsPlain reports whether a plain word of n bytes ends before c whatever comes
// then: no apostrophe may join it to more, and no dot make it initials.
func endsPlain(c byte, n int) bool {
	return c < 0x80 && c != '\'' && c != '`' && (c != '.' || n > 1)
}

// bit is 1 of all numbers but 0.
func bit(x uint64) uint64 { return (x | -x) >> 63 }

// caseOf tells the case of a word that has letters (1), small ones (2) and
// begins with a small one (4).
var caseOf = [8]letterCase{1: capitals, 3: capital, 7: lower}
