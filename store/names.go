package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// nameIndex finds subjects by the beginning of a name or of a word in it: eight
// bytes for each word, beside the text of the name.
type nameIndex struct {
	text  arena       // folded names, each ended by a zero
	base  []nameEntry // sorted; replaced, never changed
	fresh []nameEntry // in order of arrival, merged into base when there are many
}

// nameEntry is a name from one of its words on.
type nameEntry struct {
	at      uint32 // in text
	subject uint32
}

// maxFresh bounds what a search has to look at one by one.
const maxFresh = 16 << 10

// maxIndexed is how much of a name is indexed, in bytes.
const maxIndexed = 1 << 10

// add enters a name of a subject. A word that it shares with another name of
// the subject is entered again, which a search does not mind.
func (x *nameIndex) add(name string, subject uint32) { x.fresh = x.appendWords(x.fresh, name, subject) }

func (x *nameIndex) appendWords(list []nameEntry, name string, subject uint32) []nameEntry {
	name = strings.ReplaceAll(foldName(name), "\x00", " ")
	name = strings.ToValidUTF8(name[:min(len(name), maxIndexed)], "")
	at := x.text.add(append([]byte(name), 0))
	for _, start := range wordStarts(name) {
		list = append(list, nameEntry{at + uint32(start), subject})
	}
	return list
}

// addAll enters a subject's name and forms.
func (x *nameIndex) addAll(s *subject, number uint32) {
	x.add(s.name, number)
	for _, f := range s.forms {
		x.add(f, number)
	}
}

// key is an entry's text, the zero behind it included.
func (x *nameIndex) key(e nameEntry) []byte {
	b := x.text.from(e.at)
	return b[:bytes.IndexByte(b, 0)+1]
}

func (x *nameIndex) compare(e, f nameEntry) int {
	return cmp.Or(bytes.Compare(x.key(e), x.key(f)), cmp.Compare(e.subject, f.subject))
}

// merged is base with what is fresh. Searches may go on meanwhile.
func (x *nameIndex) merged() []nameEntry {
	fresh := slices.SortedFunc(slices.Values(x.fresh), x.compare)
	all := make([]nameEntry, 0, len(x.base)+len(fresh))
	base := x.base
	for _, e := range fresh {
		n, _ := slices.BinarySearchFunc(base, e, x.compare)
		all = append(append(all, base[:n]...), e)
		base = base[n:]
	}
	return append(all, base...)
}

// sort makes all that was added the base; for opening. It compares the first
// bytes of names before the names, which lie anywhere in memory.
func (x *nameIndex) sort() {
	type prefixed struct {
		prefix uint64
		nameEntry
	}
	all := make([]prefixed, len(x.fresh))
	for i, e := range x.fresh {
		var first [8]byte
		copy(first[:], x.key(e))
		all[i] = prefixed{binary.BigEndian.Uint64(first[:]), e}
	}
	slices.SortFunc(all, func(a, b prefixed) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return x.compare(a.nameEntry, b.nameEntry)
	})
	x.base, x.fresh = make([]nameEntry, len(all)), nil
	for i, e := range all {
		x.base[i] = e.nameEntry
	}
}

// find lists the names that begin so; a subject may come more than once.
func (x *nameIndex) find(prefix string) [2][]nameEntry {
	want := []byte(foldName(prefix))
	begins := func(e nameEntry) int { // before, among or behind those that begin so
		key := x.key(e)
		return bytes.Compare(key[:min(len(key), len(want))], want)
	}
	from := sort.Search(len(x.base), func(i int) bool { return begins(x.base[i]) >= 0 })
	to := from + sort.Search(len(x.base)-from, func(i int) bool { return begins(x.base[from+i]) > 0 })
	var fresh []nameEntry
	for _, e := range x.fresh {
		if begins(e) == 0 {
			fresh = append(fresh, e)
		}
	}
	return [2][]nameEntry{x.base[from:to], fresh}
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
