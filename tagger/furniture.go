package tagger

import "github.com/dateline-news/dateline/tagger/text"

// markFurniture marks the sentences that are lines of a page's navigation.
func (d *document) markFurniture() {
	d.furniture = make([]bool, len(d.sentences))
	for k := range d.sentences {
		d.furniture[k] = text.Furniture(d.sentenceSpan(k).Of(d.text))
	}
}
