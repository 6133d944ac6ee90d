package tagger

import (
	"context"

	"github.com/dateline-news/dateline/tagger/topics"
)

// classify assigns the topics.
func (t *Tagger) classify(_ context.Context, d *document) error {
	if t.topics == nil {
		return nil
	}
	for _, tag := range t.topics.Classify(nil, d.topicInput()) {
		d.topics = append(d.topics, d.topic(tag))
	}
	return nil
}

// topicInput is the document as topics sees it.
func (d *document) topicInput() topics.Input {
	in := topics.Input{Text: d.text, Body: d.view.BodyStart(), Entities: make([]topics.Entity, len(d.entities))}
	for i, e := range d.entities {
		in.Entities[i] = topics.Entity{ID: e.ID, Type: e.Type, Kind: e.Kind, Country: e.Country, Salience: e.Salience}
	}
	return in
}

// topic leads a topic's evidence back to the caller's bytes.
func (d *document) topic(tag topics.Tag) Topic {
	out := Topic{
		Code: string(tag.Topic.Code), Top: string(tag.Topic.Top), Name: tag.Topic.Name,
		Score: tag.Score, How: hows[tag.How],
	}
	for _, e := range tag.Evidence {
		to := Evidence{Rule: e.Rule, Entity: e.Entity, Weight: e.Weight}
		if e.Span.Len() > 0 {
			to.Field, to.Span = d.source(e.Span)
		}
		out.Evidence = append(out.Evidence, to)
	}
	return out
}

var hows = map[topics.How]How{
	topics.ByRule: ByRule, topics.ByModel: ByModel,
	topics.ByBoth: ByRuleAndModel, topics.ByChild: ByChild,
}
