package tagger

import "strings"

// inDateline reports whether a mention stands before the dash of a dateline:
// "KABUL, May 3 (Reuters) - ".
func (d *document) inDateline(m *mention) bool {
	return m.span.End <= d.datelineEnd(m.sentence)
}

// maxDateline is how far into a line the dash of a dateline may stand.
const maxDateline = 60

// datelineEnd is where the dateline of a sentence ends, or its start when it
// has none. A dateline opens a line with a name in capitals or ends in a
// bracket, "(AP)", and then a dash.
func (d *document) datelineEnd(k int) int {
	span := d.sentenceSpan(k)
	head := d.text[span.Start:min(span.End, span.Start+maxDateline)]
	for _, dash := range [...]string{" - ", " – ", " — ", " -- ", "—", ") -"} {
		if n := strings.Index(head, dash); n > 0 && looksDateline(head[:n]) {
			return span.Start + n
		}
	}
	return span.Start
}

func looksDateline(head string) bool {
	word, _, _ := strings.Cut(head, " ")
	word = strings.TrimRight(word, ",:/")
	return len(word) > 2 && word == strings.ToUpper(word) && word != strings.ToLower(word) ||
		strings.Contains(head, "(") && strings.Count(head, " ") <= 6
}
