// Package tagger finds the people, organizations and places in an article, links
// them to stable ids and assigns topics.
//
// Reading order: article.go and result.go, what goes in and what comes out;
// document.go, stage.go and pipeline.go, the way between them as one list. Then
// the stages in that order: names.go and recognize.go, the two sources of
// names; coref_propose.go and grammar.go, names that the text itself gives
// away; evidence.go, clues.go and resolve.go, one reading out of all of them;
// coref.go, which mentions are one; link.go, who that is; geography.go,
// salience.go and classify.go, what the article is about; assemble.go, the way
// back to the caller's bytes.
package tagger

import "time"

// Article is what a caller asks to have tagged. Title and Body are never
// changed; every offset in a Result points into them.
type Article struct {
	Title       string
	Body        string
	HTML        bool      // Body is HTML; Title never is
	PublishTime time.Time // zero when unknown
	Source      string    // the outlet's domain, "ariananews.af"
}

// Field tells which part of an article an offset points into.
type Field uint8

// The fields of an article.
const (
	Title Field = iota
	Body
)
