package recognizer

// tag is a label with the place in its name, after the BIO scheme: a name is
// one B and then Is of the same label.
type tag = uint8

// The tags, which number the lanes of a row.
const (
	tagO tag = iota
	tagBPER
	tagIPER
	tagBORG
	tagIORG
	tagBLOC
	tagILOC

	tagCount = 7
)

// TagCount is the number of tags: O, and B and I of each label.
const TagCount = tagCount

// Tag is the number of the tag of a token in a name, the first or a later one.
func Tag(l Label, first bool) uint8 {
	switch {
	case l == O:
		return tagO
	case first:
		return uint8(l)*2 - 1
	}
	return uint8(l) * 2
}

func isInside(t tag) bool      { return t != tagO && t&1 == 0 }
func labelOf(t tag) Label      { return Label((t + 1) / 2) }
func follows(prev, t tag) bool { return !isInside(t) || prev != tagO && labelOf(prev) == labelOf(t) }

// Follows reports whether tag t may stand after prev: an I only within its
// name. A sentence starts as if after an O.
func Follows(prev, t uint8) bool { return follows(prev, t) }
