package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/text"
)

// definition is a place where a text says what an acronym stands for:
// "Collective Security Treaty Organization (CSTO)", or the other way about.
type definition struct {
	long, short text.Span
}

// Limits of a definition. Names of institutions are shorter; a bracket that
// is longer holds a remark.
const (
	maxAcronym  = 12  // bytes
	maxLongName = 120 // bytes
)

// definitions appends to dst the acronyms that s defines, in order. It takes
// time linear in len(s): every bracket looks at a bounded stretch.
func definitions(dst []definition, s string) []definition {
	for i := 0; ; {
		k := strings.IndexByte(s[i:], '(')
		if k < 0 {
			return dst
		}
		open := i + k
		i = open + 1
		inner, ok := bracketed(s, open)
		if !ok {
			continue
		}
		if d, ok := define(s, open, inner); ok {
			dst = append(dst, d)
		}
	}
}

// bracketed is what stands between the bracket at open and its partner.
func bracketed(s string, open int) (text.Span, bool) {
	limit := min(len(s), open+1+maxLongName)
	k := strings.IndexAny(s[open+1:limit], "()\n")
	if k < 0 || s[open+1+k] != ')' {
		return text.Span{}, false
	}
	return trimSpan(s, text.Span{Start: open + 1, End: open + 1 + k}), true
}

// define reads one bracket both ways.
func define(s string, open int, inner text.Span) (definition, bool) {
	before := trimSpan(s, text.Span{Start: lineStart(s, open), End: open})
	if short := firstPart(s, inner); isAcronym(short.Of(s)) {
		long, ok := expansion(s, before, short.Of(s))
		return definition{long, short}, ok
	}
	short := lastWord(s, before)
	if !isAcronym(short.Of(s)) {
		return definition{}, false
	}
	long, ok := expansion(s, firstPart(s, inner), short.Of(s))
	return definition{long, short}, ok && long.Start == inner.Start
}

// lineStart is where the line of byte i starts, or as far back as a long name
// may reach.
func lineStart(s string, i int) int {
	from := max(0, i-maxLongName)
	for from < i && !utf8.RuneStart(s[from]) {
		from++
	}
	return from + strings.LastIndexByte(s[from:i], '\n') + 1
}

// firstPart cuts the span at the first comma or semicolon: (CSTO, or ODKB).
func firstPart(s string, span text.Span) text.Span {
	if k := strings.IndexAny(span.Of(s), ",;"); k >= 0 {
		span.End = span.Start + k
	}
	return trimSpan(s, span)
}

func lastWord(s string, span text.Span) text.Span {
	span.Start += strings.LastIndexAny(span.Of(s), " \t\u00a0") + 1
	return span
}

// trimSpan cuts white space and quotation marks off both ends.
func trimSpan(s string, span text.Span) text.Span {
	const cut = " \t\u00a0\"“”‘’'"
	span.Start += len(span.Of(s)) - len(strings.TrimLeft(span.Of(s), cut))
	span.End -= len(span.Of(s)) - len(strings.TrimRight(span.Of(s), cut))
	return span
}

// isAcronym reports whether a word looks like initials: two letters at least,
// capitals for the most part, no blank in it: UN, CSTO, U.S., UNESCO, PfP.
func isAcronym(w string) bool {
	if len(w) < 2 || len(w) > maxAcronym {
		return false
	}
	upper, lower := 0, 0
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case i > 0 && (unicode.IsDigit(r) || r == '.' || r == '-' || r == '&' || r == '/'):
		default:
			return false
		}
	}
	return upper >= 2 && upper > lower
}

// initials are the letters and digits of an acronym in lower case, without a
// plural s: NGOs is n, g, o.
func initials(acronym string) []rune {
	acronym = strings.TrimSuffix(acronym, "s")
	var letters []rune
	for _, r := range acronym {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, unicode.ToLower(r))
		}
	}
	return letters
}

// expansion finds the shortest name that ends with the span and whose words'
// initials spell the acronym. Where initials alone do not spell it, letters
// inside words may (ASEAN), as in Schwartz and Hearst, "A simple algorithm for
// identifying abbreviation definitions in biomedical text" (PSB 2003).
func expansion(s string, before text.Span, acronym string) (text.Span, bool) {
	letters := initials(acronym)
	if len(letters) < 2 {
		return text.Span{}, false
	}
	start := spellInitials(before.Of(s), letters)
	if start < 0 {
		start = spellLetters(before.Of(s), letters)
	}
	if start < 0 {
		return text.Span{}, false
	}
	long := text.Span{Start: before.Start + start, End: before.End}
	return long, strings.ContainsAny(long.Of(s), " -") && !strings.ContainsAny(long.Of(s), "();:!?")
}

// functionWords may be left out of an acronym.
var functionWords = wordSet(`of the and for on in to a an at with by from de la le les du des d
	del los las y e et & i und der die das für van het en di da do dos al el ul ash as`)

// spellInitials walks back over the words of s and the letters at once, and
// returns where the word of the first letter starts, or -1. Every word gives
// its initial; function words may be skipped; the parts of a hyphenated word
// may each give one.
func spellInitials(s string, letters []rune) int {
	end, left := len(s), len(letters)
	for left > 0 {
		start := strings.LastIndexAny(s[:end], " \t\u00a0") + 1
		word := s[start:end]
		took := takeInitials(word, letters[:left])
		if took == 0 && !functionWords[strings.ToLower(word)] {
			return -1
		}
		left -= took
		if left == 0 {
			return capitalAt(s, start)
		}
		end = len(strings.TrimRight(s[:start], " \t\u00a0"))
		if end == 0 {
			return -1
		}
	}
	return -1
}

// takeInitials is how many of the last letters one word gives.
func takeInitials(word string, letters []rune) int {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '‑' || r == '/' || r == '\'' || r == '’' })
	took := 0
	for k := len(parts) - 1; k >= 0 && took < len(letters); k-- {
		if initialOf(parts[k]) == letters[len(letters)-1-took] {
			took++
		} else if took == 0 && k == 0 {
			return 0
		}
	}
	return took
}

func initialOf(word string) rune {
	for _, r := range word {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
	}
	return 0
}

// spellLetters walks back over s letter by letter; the first letter of the
// acronym must start a capitalized word, and there may be no more words than
// twice the letters.
func spellLetters(s string, letters []rune) int {
	i := len(s)
	for k := len(letters) - 1; k >= 0; k-- {
		for {
			r, size := utf8.DecodeLastRuneInString(s[:i])
			if size == 0 {
				return -1
			}
			i -= size
			if unicode.ToLower(r) == letters[k] && (k > 0 || startsWord(s, i)) {
				break
			}
		}
	}
	if len(strings.Fields(s[i:])) > len(letters) || capitals(s[i:]) < 2 {
		return -1
	}
	return capitalAt(s, i)
}

// capitals counts the capitalized words.
func capitals(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

func startsWord(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return i == 0 || r == ' ' || r == '\u00a0' || r == '\t'
}

// capitalAt is i when a capital or digit stands there, else -1.
func capitalAt(s string, i int) int {
	if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsUpper(r) || unicode.IsDigit(r) {
		return i
	}
	return -1
}
