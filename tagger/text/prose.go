package text

import (
	"sync"

	"github.com/jdkato/prose/v3/segment"
	"github.com/jdkato/prose/v3/tokenize"
)

// This file is all that knows prose. What prose gets to see is prepared in
// split.go, because three of its habits are unsafe on text from anywhere:
//
//   - its tokenizer is quadratic on runs of punctuation and its segmenter on
//     runs of white space, so no run of either reaches it;
//   - sentences that end in a curly quotation mark are not ended, and other
//     quotation marks stay glued to words, so it sees ASCII quotes;
//   - it counts a word's runes to cut its bytes, so the segmenter sees only
//     ASCII.

// prose bundles the tokenizer and the sentence segmenter, both safe for all
// goroutines.
type prose struct {
	tokenizer *tokenize.Tokenizer
	segmenter *segment.Segmenter
}

// loadProse loads prose's sentence model, once a process: it takes 10 ms, and
// each edit of the gazetteer makes two taggers.
var loadProse = sync.OnceValues(func() (prose, error) {
	seg, err := segment.New()
	if err != nil {
		return prose{}, err
	}
	return prose{tokenizer: tokenize.New(tokenize.UsingSpecialTest(isAbbreviation)), segmenter: seg}, nil
})

// isAbbreviation reports whether a word keeps its full stop. Prose knows by
// itself capitalized words of up to three letters, and two initials or more.
func isAbbreviation(word string) bool { return isInitial(word) || abbreviations[word] }

var abbreviations = map[string]bool{
	"Corp.": true, "Bros.": true, "Assn.": true, "Dept.": true, "Univ.": true,
	"Prof.": true, "Capt.": true, "Cmdr.": true, "Brig.": true, "Supt.": true,
	"Messrs.": true, "Sept.": true, "Calif.": true, "Mass.": true, "Conn.": true,
	"Wash.": true, "Minn.": true, "Mich.": true, "Tenn.": true, "Ariz.": true,
	"Okla.": true, "Penn.": true,
}

// tokens appends the tokens of a view, pieces parted by single spaces.
func (p prose) tokens(dst []Span, view string) []Span {
	for _, t := range p.tokenizer.Tokenize(view) {
		dst = append(dst, Span{Start: t.Start, End: t.End()})
	}
	return dst
}

// sentences appends the byte offsets at which the sentences of a view begin.
func (p prose) sentences(dst []int, view string) []int {
	for _, s := range p.segmenter.Segment(view) {
		dst = append(dst, s.Start)
	}
	return dst
}
