package tagger

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/tagger/text"
)

// result leads a finished document back to the caller's bytes, its entities
// most salient first.
func (d *document) result(v Versions) *Result {
	rank := d.rankEntities()
	r := &Result{
		Versions:  v,
		Mentions:  make([]Mention, len(d.mentions)),
		Entities:  d.entities,
		Topics:    d.topics,
		Sentences: make([]Sentence, len(d.sentences)),
		Countries: d.countries,
	}
	for i := range d.mentions {
		m := &d.mentions[i]
		field, span := d.source(m.span)
		r.Mentions[i] = Mention{
			Field: field, Span: span, Type: m.typ, Confidence: m.confidence, Reason: m.reason,
			Entity: rank[d.chains[m.chain].entity],
		}
	}
	for i := range d.sentences {
		field, span := d.source(d.sentenceSpan(i))
		r.Sentences[i] = Sentence{Field: field, Span: span}
	}
	return r
}

// source leads a span of the working text back to the article.
func (d *document) source(s text.Span) (Field, text.Span) {
	part, span := d.view.Source(s)
	if part == text.Title {
		return Title, span
	}
	return Body, span
}

// rankEntities sorts the entities, most salient first, and returns where each
// went.
func (d *document) rankEntities() []int {
	order := make([]int, len(d.entities))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(d.entities[b].Salience, d.entities[a].Salience)
	})
	sorted, rank := make([]Entity, len(order)), make([]int, len(order))
	for to, from := range order {
		sorted[to], rank[from] = d.entities[from], to
	}
	d.entities = sorted
	return rank
}
