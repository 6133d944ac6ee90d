package tagger

import (
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/text"
)

// casing is how a sentence uses capitals, which tells what a capital means
// in it.
type casing uint8

const (
	plainCase casing = iota // capitals mark names
	titleCase               // nearly every word has one: a headline
	upperCase               // nothing but capitals
)

// casingOf reads the casing of one sentence from its words of four letters and
// more; short words keep small letters in headlines too.
func (d *document) casingOf(s text.Sentence) casing {
	var long, capital, letters, upper int
	for _, t := range d.tokens[s.First:s.Last] {
		word := t.Of(d.text)
		if !startsWithLetter(word) {
			continue
		}
		letters++
		up := isCapitals(word)
		if up {
			upper++
		}
		if t.Len() >= 4 {
			long++
			if up || isCapital(word) {
				capital++
			}
		}
	}
	switch {
	case letters >= 3 && upper*10 >= letters*9:
		return upperCase
	case long >= 4 && capital*10 >= long*9:
		return titleCase
	}
	return plainCase
}

func startsWithLetter(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r)
}

// isCapital reports whether a word begins with a capital.
func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// isCapitals reports whether all letters of a word are capitals, and it has
// one.
func isCapitals(word string) bool {
	some := false
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		some = some || unicode.IsUpper(r)
	}
	return some
}
