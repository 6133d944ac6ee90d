package gazetteer

// Span is a half-open range of bytes of a text, 0 ≤ Start ≤ End ≤ len(text),
// both ends on rune borders. It is declared here, leftmost in the import
// order, because matching needs it and every package to the right uses it.
type Span struct {
	Start, End int
}

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Of is the text the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }
