// Package text turns a caller's title and body into one clean working text
// with tokens and sentences, and leads every span of it back to the caller's
// own bytes.
//
// Reading order: view.go (the working text and the way back), html.go (markup
// out, offsets kept), split.go (lines and pieces, the guards around prose),
// runes.go (what each character is), prose.go (the only file that knows prose),
// furniture.go (lines that are a page's navigation), offsets.go (UTF-8, UTF-16
// and UTF-32 offsets).
package text

import "github.com/dateline-news/dateline/gazetteer"

// Span is a half-open byte range; see gazetteer.Span.
type Span = gazetteer.Span

// Sentence is a run of tokens [First, Last) of a document.
type Sentence struct {
	First, Last int
}
