// Package tagger finds the people, organizations and places in an article, links
// them to stable ids and assigns topics.
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
