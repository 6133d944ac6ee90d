package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
)

// plausibleName refuses what the sources hold by accident: sentence fragments,
// halves of brackets, notes, things without letters.
func plausibleName(s string) bool {
	if len(s) < 2 || len(s) > 120 || s != strings.TrimSpace(s) || !utf8.ValidString(s) {
		return false
	}
	if strings.ContainsAny(s, "()[]{};:|\"\\/<>@#\t\n\ufffd") || strings.Contains(s, " - ") {
		return false
	}
	words := len(strings.Fields(gazetteer.Fold(s)))
	return words > 0 && words <= gazetteer.MaxNameWords && strings.ContainsFunc(s, unicode.IsLetter)
}

// isLatin reports whether all letters of a name are Latin.
func isLatin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// isAcronymLike reports whether a name is one word of 2 to 8 capitals and
// digits with at least two capitals: NATO, G20 is none.
func isAcronymLike(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	n := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			n++
		case unicode.IsDigit(r) || r == '-' || r == '&' || r == '.':
		default:
			return false
		}
	}
	return n >= 2
}

// similar reports whether two folded names are spellings of each other: at
// most one letter in four changed, at least the first kept.
func similar(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] || a == b {
		return a == b && a != ""
	}
	return distance(a, b) <= max(1, min(len(a), len(b))/4)
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// legalForms are the ends of company names that newspapers leave out.
var legalForms = map[string]bool{
	"inc": true, "inc.": true, "corp": true, "corp.": true, "corporation": true, "company": true,
	"co": true, "co.": true, "ltd": true, "ltd.": true, "limited": true, "plc": true, "llc": true,
	"l.l.c.": true, "ag": true, "se": true, "sa": true, "s.a.": true, "nv": true, "n.v.": true,
	"n.v": true, "spa": true, "s.p.a.": true, "ab": true, "a/s": true, "asa": true, "oyj": true,
	"gmbh": true, "kgaa": true, "bhd": true, "berhad": true, "pjsc": true, "ojsc": true, "tbk": true,
	"p.l.c.": true, "lp": true, "l.p.": true, "&": true, "jsc": true, "pcl": true, "pt": true, "adr": true,
}

// withoutLegalForm cuts the legal form off a company's name: ASML Holding N.V.
// is ASML Holding.
func withoutLegalForm(name string) string {
	words := strings.Fields(name)
	for n := len(words); n > 1; n-- {
		if !legalForms[strings.ToLower(strings.Trim(words[n-1], ","))] {
			return strings.TrimRight(strings.Join(words[:n], " "), ",")
		}
	}
	return strings.TrimRight(words[0], ",")
}
