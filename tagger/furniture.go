package tagger

import "github.com/dateline-news/dateline/tagger/text"

// markFurniture marks the sentences that are lines of a page's navigation.
func (d *document) markFurniture() {
	d.furniture = make([]bool, len(d.sentences))
	for k, s := range d.sentences {
		span := text.Span{Start: d.tokens[s.First].Start, End: d.tokens[s.Last-1].End}
		d.furniture[k] = text.Furniture(span.Of(d.text))
	}
}
