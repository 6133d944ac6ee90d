package main

import (
	"encoding/json"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/text"
)

// The types below are the output of `dateline tag --format jsonl`. Other
// programs rely on them: fields are added, never renamed or removed.

// tagging is a tagged article.
type tagging struct {
	ID       json.RawMessage `json:"id,omitempty"` // as it came in: a string or a number
	Mentions []mention       `json:"mentions"`     // by field and start, never overlapping
	Entities []entity        `json:"entities"`     // the most salient first
	Topics   []topic         `json:"topics"`       // the likeliest first
}

// mention is a stretch of one field that names an entity.
type mention struct {
	Start      int     `json:"start"` // in units of --offsets, from the beginning of the field
	End        int     `json:"end"`
	Text       string  `json:"text"`
	Type       string  `json:"type"`   // PERSON, ORGANIZATION, PLACE or DEMONYM
	Entity     string  `json:"entity"` // id of one of the entities
	Confidence float32 `json:"confidence"`
	Field      string  `json:"field"`            // title or text
	Reason     string  `json:"reason,omitempty"` // with --explain: why it was read so
}

// entity is someone or something that the article mentions.
type entity struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Type       string      `json:"type"` // PERSON, ORGANIZATION or PLACE
	Salience   float32     `json:"salience"`
	Confidence float32     `json:"confidence"`
	Lat        *float64    `json:"lat,omitempty"` // degrees, WGS 84
	Lon        *float64    `json:"lon,omitempty"`
	Linked     bool        `json:"linked"`               // found in the gazetteer
	Candidates []candidate `json:"candidates,omitempty"` // with --explain: the rivals, best first
}

// candidate is one reading of a name.
type candidate struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Score   float32  `json:"score"`
	Reasons []string `json:"reasons,omitempty"`
}

// topic is an IPTC Media Topic of the article.
type topic struct {
	Code  string  `json:"code"`
	Top   string  `json:"top"` // code of its level-1 ancestor
	Name  string  `json:"name"`
	Score float32 `json:"score"`
	How   string  `json:"how,omitempty"` // with --explain: rule, model, both or child
}

var mentionTypes = map[tagger.MentionType]string{
	tagger.PersonMention:       "PERSON",
	tagger.OrganizationMention: "ORGANIZATION",
	tagger.PlaceMention:        "PLACE",
	tagger.DemonymMention:      "DEMONYM",
}

var entityTypes = map[gazetteer.Type]string{
	gazetteer.Person:       "PERSON",
	gazetteer.Organization: "ORGANIZATION",
	gazetteer.Place:        "PLACE",
}

var reasons = map[tagger.Reason]string{
	tagger.ByGazetteer:  "gazetteer",
	tagger.ByRecognizer: "recognizer",
	tagger.ByBoth:       "both",
	tagger.BySurname:    "surname",
	tagger.ByAcronym:    "acronym",
	tagger.ByGrammar:    "grammar",
	tagger.ByCorrection: "correction",
}

var hows = map[tagger.How]string{
	tagger.ByRule:         "rule",
	tagger.ByModel:        "model",
	tagger.ByRuleAndModel: "both",
	tagger.ByChild:        "child",
}

// taggingOf puts a result into the terms of the contract.
func taggingOf(a tagger.Article, r *tagger.Result, units text.Encoding, explain bool) *tagging {
	t := &tagging{Mentions: []mention{}, Entities: []entity{}, Topics: []topic{}}
	fields := [...]struct {
		name, text string
		offsets    *text.Offsets
	}{
		tagger.Title: {"title", a.Title, text.NewOffsets(a.Title, units)},
		tagger.Body:  {"text", a.Body, text.NewOffsets(a.Body, units)},
	}
	for _, m := range r.Mentions {
		field := &fields[m.Field]
		at := field.offsets.Span(m.Span)
		out := mention{
			Start: at.Start, End: at.End, Text: m.Span.Of(field.text), Type: mentionTypes[m.Type],
			Entity: string(r.Entities[m.Entity].ID), Confidence: m.Confidence, Field: field.name,
		}
		if explain {
			out.Reason = reasons[m.Reason]
		}
		t.Mentions = append(t.Mentions, out)
	}
	for i := range r.Entities {
		t.Entities = append(t.Entities, entityOf(&r.Entities[i]))
	}
	for _, k := range r.Topics {
		out := topic{Code: k.Code, Top: k.Top, Name: k.Name, Score: k.Score}
		if explain {
			out.How = hows[k.How]
		}
		t.Topics = append(t.Topics, out)
	}
	return t
}

func entityOf(e *tagger.Entity) entity {
	out := entity{
		ID: string(e.ID), Name: e.Name, Type: entityTypes[e.Type],
		Salience: e.Salience, Confidence: e.Confidence, Linked: e.Linked,
	}
	if e.Point != nil {
		out.Lat, out.Lon = &e.Point.Lat, &e.Point.Lon
	}
	for _, c := range e.Candidates {
		out.Candidates = append(out.Candidates, candidate{string(c.ID), c.Name, c.Score, c.Reasons})
	}
	return out
}
