package conll

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Raw writes a document as it was before its words were parted, as well as
// rules can tell, one sentence to a line, and tells where each word stands:
// marks cling to the word that they belong to, hyphens to both sides.
func (d *Document) Raw() (text string, words []Place) {
	var b strings.Builder
	for k, s := range d.Sentences {
		quoted := false // inside a pair of straight quotation marks
		for i, w := range s.Words {
			if i > 0 && spaced(s.Words, i, quoted) {
				b.WriteByte(' ')
			}
			if w == `"` {
				quoted = !quoted
			}
			words = append(words, Place{Sentence: k, Start: b.Len(), End: b.Len() + len(w)})
			b.WriteString(w)
		}
		b.WriteByte('\n')
	}
	return b.String(), words
}

// RawNames writes a document as Raw does, and tells the bytes of its names of
// the types asked for.
func (d *Document) RawNames(types ...string) (text string, names []Name) {
	text, words := d.Raw()
	first := 0 // word of the sentence
	for _, s := range d.Sentences {
		for _, n := range s.Names {
			if slices.Contains(types, n.Type) {
				names = append(names, Name{First: words[first+n.First].Start, Last: words[first+n.Last-1].End, Type: n.Type})
			}
		}
		first += len(s.Words)
	}
	return text, names
}

// spaced reports whether a space stands before word i.
func spaced(words []string, i int, quoted bool) bool {
	before, w := words[i-1], words[i]
	switch {
	case clings[strings.ToLower(w)] || opens[before]:
		return false
	case w == `"`:
		return !quoted
	case before == `"`:
		return !quoted
	case w == "-" || w == "/":
		return i+1 == len(words) || !isWord(before) || !isWord(words[i+1])
	case before == "-" || before == "/":
		return i < 2 || !isWord(words[i-2]) || !isWord(w)
	}
	return true
}

func isWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	clings = set(`, . ; : ! ? ) ] } % ... '' ” ’ 's ’s 'm ’m 're ’re 've ’ve 'd ’d 'll ’ll n't n’t '`)
	opens  = set("( [ { $ # £ € `` “ ‘")
)
