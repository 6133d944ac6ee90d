package server

import (
	"fmt"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/text"
)

// spans turns places in one article into the caller's offsets. It passes over
// each field once when asked in ascending order.
type spans struct {
	title, body             string
	encoding                text.Encoding
	titleOffset, bodyOffset *text.Offsets
}

// encodings are the text package's words for the API's; UTF-8 unless set.
var encodings = map[datelinev1.OffsetEncoding]text.Encoding{
	datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF16: text.UTF16,
	datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF32: text.UTF32,
}

func newSpans(a *tagger.Article, enc datelinev1.OffsetEncoding) *spans {
	e := encodings[enc]
	return &spans{a.Title, a.Body, e, text.NewOffsets(a.Title, e), text.NewOffsets(a.Body, e)}
}

// of returns the span in the caller's units.
func (s *spans) of(f tagger.Field, at gazetteer.Span) *datelinev1.Span {
	field, offsets := datelinev1.ArticleField_ARTICLE_FIELD_BODY, s.bodyOffset
	if f == tagger.Title {
		field, offsets = datelinev1.ArticleField_ARTICLE_FIELD_TITLE, s.titleOffset
	}
	at = offsets.Span(at)
	return &datelinev1.Span{Field: field, Start: int32(at.Start), End: int32(at.End)}
}

// text returns what stands at a span.
func (s *spans) text(f tagger.Field, at gazetteer.Span) string {
	if f == tagger.Title {
		return at.Of(s.title)
	}
	return at.Of(s.body)
}

// tagsProto converts a result on an article.
func tagsProto(a *tagger.Article, r *tagger.Result, enc datelinev1.OffsetEncoding) *datelinev1.Tags {
	if enc == datelinev1.OffsetEncoding_OFFSET_ENCODING_UNSPECIFIED {
		enc = datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF8
	}
	tags := &datelinev1.Tags{Versions: versionsProto(r.Versions), OffsetEncoding: enc}
	at := newSpans(a, enc)
	for _, m := range r.Mentions {
		tags.Mentions = append(tags.Mentions, mentionProto(m, r.Entities[m.Entity].ID, at))
	}
	for i := range r.Entities {
		tags.Entities = append(tags.Entities, taggedEntityProto(&r.Entities[i]))
	}
	for i := range r.Topics {
		tags.Topics = append(tags.Topics, taggedTopicProto(&r.Topics[i], at))
	}
	for _, c := range r.Countries {
		tags.Countries = append(tags.Countries, &datelinev1.CountryFocus{Country: c.Country, Score: c.Score})
	}
	for _, s := range r.Sentences {
		tags.Sentences = append(tags.Sentences, at.of(s.Field, s.Span))
	}
	return tags
}

func sentencesProto(r *store.Record, enc datelinev1.OffsetEncoding) []*datelinev1.Span {
	at := newSpans(&r.Article.Article, enc)
	var list []*datelinev1.Span
	for _, s := range r.Result.Sentences {
		list = append(list, at.of(s.Field, s.Span))
	}
	return list
}

func versionsProto(v tagger.Versions) *datelinev1.Versions {
	return &datelinev1.Versions{Tagger: v.Tagger, Recognizer: v.Recognizer, Gazetteer: v.Gazetteer, Topics: v.Topics}
}

// The enums of mentions, entities and topics have the numbers of the tagger's
// constants; a test keeps them so.

func mentionProto(m tagger.Mention, entity gazetteer.ID, at *spans) *datelinev1.Mention {
	return &datelinev1.Mention{
		Span:       at.of(m.Field, m.Span),
		Text:       at.text(m.Field, m.Span),
		Type:       datelinev1.MentionType(m.Type),
		Entity:     entityName(entity),
		Confidence: m.Confidence,
		Reason:     datelinev1.MentionReason(m.Reason),
	}
}

func taggedEntityProto(e *tagger.Entity) *datelinev1.TaggedEntity {
	p := &datelinev1.TaggedEntity{
		Entity:      entityName(e.ID),
		DisplayName: e.Name,
		Type:        datelinev1.EntityType(e.Type),
		Kind:        string(e.Kind),
		Country:     e.Country,
		Point:       pointProto(e.Point),
		Parents:     entityNames(e.Parents),
		Linked:      e.Linked,
		Confidence:  e.Confidence,
		Salience:    e.Salience,
		About:       e.About,
	}
	for _, c := range e.Candidates {
		p.Candidates = append(p.Candidates, &datelinev1.LinkCandidate{
			Entity: entityName(c.ID), DisplayName: c.Name, Score: c.Score, Reasons: c.Reasons,
		})
	}
	return p
}

func pointProto(p *gazetteer.Point) *datelinev1.Point {
	if p == nil {
		return nil
	}
	return &datelinev1.Point{Latitude: p.Lat, Longitude: p.Lon}
}

func taggedTopicProto(t *tagger.Topic, at *spans) *datelinev1.TaggedTopic {
	p := &datelinev1.TaggedTopic{
		Topic:       topicName(t.Code),
		DisplayName: t.Name,
		Top:         topicName(t.Top),
		Score:       t.Score,
		Method:      datelinev1.TopicMethod(t.How),
	}
	for _, e := range t.Evidence {
		p.Evidence = append(p.Evidence, evidenceProto(e, at))
	}
	return p
}

func evidenceProto(e tagger.Evidence, at *spans) *datelinev1.TopicEvidence {
	p := &datelinev1.TopicEvidence{Rule: e.Rule, Weight: e.Weight}
	if e.Entity != "" {
		p.Entity = entityName(e.Entity)
	} else if e.Span.Len() > 0 {
		p.Span = at.of(e.Field, e.Span)
	}
	return p
}

// back turns a caller's span into bytes.
func (s *spans) back(field string, p *datelinev1.Span) (tagger.Field, gazetteer.Span, error) {
	f, whole := tagger.Body, s.body
	if p.GetField() == datelinev1.ArticleField_ARTICLE_FIELD_TITLE {
		f, whole = tagger.Title, s.title
	}
	start, okStart := byteOffset(whole, s.encoding, int(p.GetStart()))
	end, okEnd := byteOffset(whole, s.encoding, int(p.GetEnd()))
	if !okStart || !okEnd || start >= end || p.GetField() == 0 {
		return f, gazetteer.Span{}, invalid(field, fmt.Sprintf("%v %d to %d", p.GetField(), p.GetStart(), p.GetEnd()),
			"a field, and 0 ≤ start < end within it, both between characters")
	}
	return f, gazetteer.Span{Start: start, End: end}, nil
}
