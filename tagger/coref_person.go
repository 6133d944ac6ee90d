package tagger

import (
	"slices"
	"strings"
)

// personName is a person's name cut into folded words, without what stands
// around it: "Sen. John F. Kennedy Jr.'s" is john, f, kennedy.
type personName struct {
	words    []string
	nickname string // from quotes or brackets inside the name: Robert "Bob" Smith
	gender   gender // as the honorific tells
}

// gender is what an honorific says of its bearer.
type gender uint8

const (
	anyGender gender = iota
	male
	female
)

// parsePerson cuts a name as it stands in a text. A name that is nothing but
// an honorific keeps it as its only word.
func parsePerson(surface string) personName {
	words := strings.Fields(fold(surface))
	var n personName
	for len(words) > 1 {
		g, ok := honorifics[words[0]]
		if !ok {
			break
		}
		n.gender = max(n.gender, g)
		words = words[1:]
	}
	for len(words) > 1 && isSuffix(words[len(words)-1], len(words)) {
		words = words[:len(words)-1]
	}
	for _, w := range words {
		n.add(w)
	}
	return n
}

// isSuffix reports whether the last of n words is no part of the name.
func isSuffix(word string, n int) bool {
	word = strings.Trim(word, ",")
	return nameSuffixes[word] || n > 2 && numerals[word]
}

// add appends a word, or keeps it as the nickname when it stands in quotes or
// brackets.
func (n *personName) add(w string) {
	bare := strings.Trim(w, "\"“”'(),")
	switch {
	case bare == "":
	case len(n.words) > 0 && strings.IndexAny(w, "\"“('") == 0:
		n.nickname = bare
	default:
		n.words = append(n.words, bare)
	}
}

// full reports whether the name tells one person from another: a given name or
// an initial with a surname. No name has more words than maxNameWords.
func (n personName) full() bool {
	return len(n.words) <= maxNameWords && len(n.surname()) < len(n.words)
}

const maxNameWords = 12

// surname is the last word with the particles before it.
func (n personName) surname() []string {
	i := len(n.words) - 1
	for i > 0 && particles[n.words[i-1]] {
		i--
	}
	return n.words[max(i, 0):]
}

// key is the folded name, one for all its spellings.
func (n personName) key() string { return strings.Join(n.words, " ") }

// nameFit says in what way a short name fits a fuller one; a greater fit is
// better evidence.
type nameFit uint8

const (
	noFit     nameFit = iota
	fitMiddle         // Lula of Luiz Inácio Lula da Silva
	fitGiven          // Boris of Boris Johnson
	fitFamily         // Johnson of Boris Johnson, Xi of Xi Jinping
)

// fit tells how short may stand for n.
func (n personName) fit(short personName) nameFit {
	i := indexWords(n.words, short.words)
	last := len(n.words) - len(short.words)
	switch {
	case len(short.words) == 0 || last < 0 || n.gender != anyGender && short.gender != anyGender && n.gender != short.gender:
		return noFit
	case i < 0:
		return n.fitNickname(short)
	case lastIndexWords(n.words, short.words) == last, i == 0 && n.eastAsian() && len(short.words) == 1:
		return fitFamily
	case i == 0:
		return fitGiven
	case len(short.words[0]) < 3:
		return noFit
	}
	return fitMiddle
}

func (n personName) fitNickname(short personName) nameFit {
	if n.nickname != "" && len(short.words) == 1 && short.words[0] == n.nickname {
		return fitGiven
	}
	return noFit
}

// eastAsian reports whether the family name stands first.
func (n personName) eastAsian() bool {
	return len(n.words) >= 2 && len(n.words) <= 3 && familyFirst[n.words[0]]
}

// indexWords is the first place where part stands in whole as a run, or -1.
func indexWords(whole, part []string) int {
	for i := 0; i+len(part) <= len(whole); i++ {
		if sameWords(whole[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}

func lastIndexWords(whole, part []string) int {
	for i := len(whole) - len(part); i >= 0; i-- {
		if sameWords(whole[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}

func sameWords(a, b []string) bool { return slices.EqualFunc(a, b, sameWord) }

// sameWord is equality but for the Arabic article: al-Assad is Assad.
func sameWord(a, b string) bool { return a == b || trimArticle(a) == trimArticle(b) }

func trimArticle(w string) string {
	for _, a := range [...]string{"al-", "el-", "ul-", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-"} {
		if t, ok := strings.CutPrefix(w, a); ok && len(t) > 2 {
			return t
		}
	}
	return w
}

// variantOf reports whether two full names may be one person's: the surname
// is the same, and given and middle names agree as far as both tell them, an
// initial or a familiar form standing for the whole.
func (n personName) variantOf(m personName) bool {
	if !n.full() || !m.full() || !sameWord(n.words[len(n.words)-1], m.words[len(m.words)-1]) {
		return false
	}
	a, b := n.words[:len(n.words)-1], m.words[:len(m.words)-1]
	if len(a) > len(b) {
		a, b = b, a
	}
	if !sameGiven(a[0], b[0]) {
		return false
	}
	return sameMiddle(a[1:], b[1:])
}

// sameMiddle reports whether the middle names of a stand among those of b in
// order. Of initials none may be skipped: George W. is not George H. W.
func sameMiddle(a, b []string) bool {
	for _, w := range a {
		for len(w) > 1 && len(b) > 0 && !sameGiven(w, b[0]) {
			b = b[1:]
		}
		if len(b) == 0 || !sameGiven(w, b[0]) {
			return false
		}
		b = b[1:]
	}
	return true
}

// sameGiven compares two given names: equal but for hyphens, one the initial
// of the other, or one the familiar form of the other.
func sameGiven(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	return familiar[a] == b || familiar[b] == a || respelled(a, b) ||
		strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", "")
}

// respelled reports whether two names differ in one letter as spellings of one
// name do: a vowel within the word (Kristen, Kristin) or a doubled letter
// (Mohamed, Mohammed). Short names are left alone, and so is the last letter,
// in which brother and sister may differ.
func respelled(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case i == 0 || i >= len(a)-1:
		return false
	case len(a) == len(b):
		return isVowel(a[i]) && isVowel(b[i]) && a[i+1:] == b[i+1:]
	}
	return b[i] == b[i-1] && a[i:] == b[i+1:]
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
