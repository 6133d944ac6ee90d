// Package text turns a caller's title and body into one clean working text
// with tokens and sentences, and leads every span of it back to the caller's
// own bytes.
package text

import "github.com/dateline-news/dateline/gazetteer"

// Span is a half-open byte range; see gazetteer.Span.
type Span = gazetteer.Span

// Sentence is a run of tokens [First, Last) of a document.
type Sentence struct {
	First, Last int
}
