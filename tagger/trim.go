package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/text"
)

// trimName narrows a span to the name in it: articles, titles and honorifics,
// possessive endings, quotes and stray marks stand outside. The result may be
// empty.
func (d *document) trimName(s text.Span, typ MentionType) text.Span {
	s = d.trimMarks(s)
	for s.Len() > 0 {
		word, rest := firstWord(s.Of(d.text))
		if rest == 0 || !outsideName(word, typ) {
			break
		}
		s = d.trimMarks(text.Span{Start: s.Start + rest, End: s.End})
	}
	return d.trimTail(s, typ)
}

// trimTail cuts off the small-lettered end of a name of a place or an
// organization: "Khost province", "San Francisco-based". People may have one,
// as Ban Ki-moon, and writers without capitals mean the whole: "san francisco".
func (d *document) trimTail(s text.Span, typ MentionType) text.Span {
	for typ != PersonMention {
		name := s.Of(d.text)
		n := strings.LastIndexAny(name, " -")
		if n <= 0 || !isSmall(name[n+1:]) || !hasCapital(name[:n]) || typ == OrganizationMention && name[n] == ' ' {
			break
		}
		s = d.trimMarks(text.Span{Start: s.Start, End: s.Start + n})
	}
	return s
}

// hasCapital reports whether a capital, or a letter of a script without case,
// stands in a name.
func hasCapital(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsLower(r) }) >= 0
}

// isSmall reports whether a word has only small ASCII letters.
func isSmall(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return word != ""
}

// firstWord is the first word of a name and where the second begins, 0 when
// there is none.
func firstWord(name string) (word string, rest int) {
	n := strings.IndexByte(name, ' ')
	if n < 0 {
		return name, 0
	}
	return name[:n], n + 1
}

// outsideName reports whether a word that begins a name of the type stands
// outside it.
func outsideName(word string, typ MentionType) bool {
	if hasHyphenTail(word) {
		return true // Funafuti-based Pacific Islands Forum, Al-Qaeda-linked Nusra Front
	}
	if strings.EqualFold(word, "the") || word == "Copyright" || word == "©" {
		return true
	}
	if typ != PersonMention {
		return false
	}
	key := fold(word)
	_, honorific := honorifics[key]
	return honorific && isCapital(word) || jobWords[key]
}

// hasHyphenTail reports whether a word is an adjective made of a name.
func hasHyphenTail(word string) bool {
	n := strings.LastIndexByte(word, '-')
	return n > 0 && hyphenTails[word[n+1:]]
}

// hyphenTails end the adjectives that are made of a place and stand before a
// name.
var hyphenTails = wordSet(`aligned allied backed based born bound brokered built controlled dominated
	funded held hosted led linked listed made majority mediated occupied owned ruled run sponsored trained`)

// jobWords are words of titles, beside honorifics, that recognizers take for
// the beginning of a name: "Prime Minister", "Deputy Foreign Minister".
var jobWords = wordSet(`vice prime deputy former foreign interior defense defence finance
	minister ministers secretary chief chairman chairwoman chairperson spokesman spokeswoman
	spokesperson commissioner director lawmaker lawyer economist striker defender midfielder
	goalkeeper commander first-lady ex-president presidents mr mrs ms dr`)

// trimMarks takes blanks, quotes and other marks off both ends, and a
// possessive ending.
func (d *document) trimMarks(s text.Span) text.Span {
	for s.Len() > 0 {
		r, size := utf8.DecodeRuneInString(s.Of(d.text))
		if !strings.ContainsRune(openingMarks, r) {
			break
		}
		s.Start += size
	}
	for s.Len() > 0 {
		name := s.Of(d.text)
		if n := len(trimPossessive(name)); n < len(name) {
			s.End = s.Start + n
			continue
		}
		r, size := utf8.DecodeLastRuneInString(name)
		if !strings.ContainsRune(closingMarks, r) {
			break
		}
		s.End -= size
	}
	return s
}

const (
	openingMarks = " \t\u00a0\"'“‘«„‹([{<#-–—,.:;*"
	closingMarks = " \t\u00a0\"'”’»“›)]}>-–—,:;*!?"
)
