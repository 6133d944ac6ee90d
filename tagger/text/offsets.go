package text

import "unicode/utf8"

// Encoding is the unit in which a caller counts offsets.
type Encoding uint8

// The encodings of offsets: bytes of UTF-8, 16-bit units of UTF-16 (as
// JavaScript and Java count), code points (as Python counts).
const (
	UTF8 Encoding = iota
	UTF16
	UTF32
)

// Offsets converts byte offsets of one text into another encoding. Asked in
// ascending order it passes over the text once; an offset before the last one
// starts over.
type Offsets struct {
	text  string
	enc   Encoding
	bytes int // bytes passed
	units int // the same in units of enc
}

// NewOffsets starts a conversion of offsets into text, which is valid UTF-8.
func NewOffsets(text string, enc Encoding) *Offsets {
	return &Offsets{text: text, enc: enc}
}

// At converts the byte offset i, which is at most len(text) and on a rune
// border.
func (o *Offsets) At(i int) int {
	if o.enc == UTF8 {
		return i
	}
	if i < o.bytes {
		o.bytes, o.units = 0, 0
	}
	for o.bytes < i {
		size := 1
		if o.text[o.bytes] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(o.text[o.bytes:])
		}
		o.bytes += size
		o.units++
		if size == utf8.UTFMax && o.enc == UTF16 {
			o.units++ // a surrogate pair
		}
	}
	return o.units
}

// Span converts both ends of a span.
func (o *Offsets) Span(s Span) Span {
	start := o.At(s.Start)
	return Span{Start: start, End: o.At(s.End)}
}
