package store

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// nameIndex finds subjects by the beginning of a name or of a word in it.
// Strings of one name share memory, so that an entry is 20 bytes and a share
// of its text.
type nameIndex struct {
	base  []nameEntry // sorted
	fresh []nameEntry // sorted, merged into base when long
}

type nameEntry struct {
	key     string // folded name from one of its words on
	subject uint32
}

// maxFresh bounds what an insertion has to move.
const maxFresh = 4096

func (e nameEntry) compare(f nameEntry) int {
	return cmp.Or(strings.Compare(e.key, f.key), cmp.Compare(e.subject, f.subject))
}

// add enters a subject's name and forms; those it has are left alone.
func (x *nameIndex) add(s *subject, number uint32) {
	if !s.related() {
		return
	}
	x.addName(s.name, number)
	for _, f := range s.forms {
		x.addName(f, number)
	}
}

func (x *nameIndex) addName(name string, number uint32) {
	name = foldName(name)
	for _, at := range wordStarts(name) {
		x.insert(nameEntry{name[at:], number})
	}
	if len(x.fresh) > maxFresh {
		x.merge()
	}
}

func (x *nameIndex) insert(e nameEntry) {
	if _, ok := slices.BinarySearchFunc(x.base, e, nameEntry.compare); ok {
		return
	}
	if at, ok := slices.BinarySearchFunc(x.fresh, e, nameEntry.compare); !ok {
		x.fresh = slices.Insert(x.fresh, at, e)
	}
}

func (x *nameIndex) merge() {
	all := make([]nameEntry, 0, len(x.base)+len(x.fresh)+maxFresh)
	a, b := x.base, x.fresh
	for len(a) > 0 && len(b) > 0 {
		if a[0].compare(b[0]) < 0 {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	x.base, x.fresh = append(append(all, a...), b...), nil
}

// load sorts all entries at once; for opening.
func (x *nameIndex) load(subjects []*subject) {
	for n, s := range subjects {
		if !s.related() {
			continue
		}
		for _, name := range append([]string{s.name}, s.forms...) {
			name = foldName(name)
			for _, at := range wordStarts(name) {
				x.base = append(x.base, nameEntry{name[at:], uint32(n)})
			}
		}
	}
	slices.SortFunc(x.base, nameEntry.compare)
	x.base = slices.Compact(x.base)
}

// find lists the names that begin so; a subject may come more than once. The
// strings are not looked at one by one, which would miss the cache each time.
func (x *nameIndex) find(prefix string) [2][]nameEntry {
	prefix = foldName(prefix)
	behind := prefix + "\U0010ffff" // sorts behind whatever begins so
	var found [2][]nameEntry
	for i, list := range [2][]nameEntry{x.base, x.fresh} {
		from := sort.Search(len(list), func(i int) bool { return list[i].key >= prefix })
		to := from + sort.Search(len(list)-from, func(i int) bool { return list[from+i].key > behind })
		found[i] = list[from:to]
	}
	return found
}

// maxWords bounds the words of one name by which it is found.
const maxWords = 8

// wordStarts are the offsets at which the words of a folded name begin.
func wordStarts(name string) []int {
	var starts []int
	inWord := false
	for i, r := range name {
		is := unicode.IsLetter(r) || unicode.IsDigit(r)
		if is && !inWord && len(starts) < maxWords {
			starts = append(starts, i)
		}
		inWord = is || r == '\'' || r == '’'
	}
	return starts
}

// foldName takes away case and marks: Erdoğan is found by erdogan. Letters
// that Unicode does not decompose, such as ø and ł, stay.
func foldName(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	marks := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(marks, s)
	if err != nil {
		folded = s
	}
	return strings.ToLower(folded)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
