package tagger

import (
	"context"
	"math"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// standing is what an article's build says about one of its entities.
type standing struct {
	mentions float64 // weighted count, see weightOf
	subjects float64 // of them, those that open a sentence
	first    int     // sentence of the first weighty mention
	title    bool
}

// weigh estimates how much the article is about each of its entities, from
// how often, how early and in what places it names them.
func (t *Tagger) weigh(_ context.Context, d *document) error {
	all := make([]standing, len(d.entities))
	for i := range all {
		all[i].first = len(d.sentences)
	}
	for i := range d.mentions {
		m := &d.mentions[i]
		all[d.chains[m.chain].entity].add(d, m)
	}
	for i := range all {
		e := &d.entities[i]
		e.Salience = all[i].salience(len(d.sentences))
		e.About = e.Salience >= 0.5
	}
	return nil
}

func (s *standing) add(d *document, m *mention) {
	weight := d.weightOf(m)
	s.mentions += weight
	if weight == sourceWeight {
		return
	}
	s.first = min(s.first, m.sentence)
	s.title = s.title || d.view.InTitle(m.span)
	if d.opensSentence(m) {
		s.subjects++
	}
}

// The weights of mentions. A demonym tells less of a country than its name,
// and a dateline or a quoted outlet tells only where the news came from.
const (
	fullWeight    = 1
	demonymWeight = 0.6
	sourceWeight  = 0.1
)

func (d *document) weightOf(m *mention) float64 {
	switch {
	case d.entities[d.chains[m.chain].entity].Kind == gazetteer.Media, d.inDateline(m):
		return sourceWeight
	case m.typ == DemonymMention:
		return demonymWeight
	}
	return fullWeight
}

// opensSentence reports whether a mention stands where a sentence's subject
// does, among its first four tokens.
func (d *document) opensSentence(m *mention) bool {
	s := d.sentences[m.sentence]
	return m.span.Start <= d.tokens[min(s.First+3, s.Last-1)].Start
}

// salience maps a standing to 0…1. The weights were set by hand: an entity
// named once in passing gets about 0.1, one of the title and the first
// sentence named three times about 0.9.
func (s *standing) salience(sentences int) float32 {
	if s.mentions == 0 {
		return 0
	}
	early := 1 - float64(s.first)/float64(max(sentences, 1))
	x := -3.6 + 1.3*math.Log2(1+s.mentions) + 1.6*early*early + 0.6*math.Log2(1+s.subjects)
	if s.title {
		x += 1.4
	}
	return float32(1 / (1 + math.Exp(-x)))
}

// sentenceSpan is the text from a sentence's first token to its last.
func (d *document) sentenceSpan(k int) text.Span {
	s := d.sentences[k]
	return text.Span{Start: d.tokens[s.First].Start, End: d.tokens[s.Last-1].End}
}
