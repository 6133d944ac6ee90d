package main

import (
	"strings"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// taggingOfTags puts the tags of a stored article into the terms in which the
// command line prints them.
func taggingOfTags(tags *datelinev1.Tags) *tagging {
	t := &tagging{}
	for _, m := range tags.GetMentions() {
		t.Mentions = append(t.Mentions, mention{
			Start: int(m.Span.Start), End: int(m.Span.End), Text: m.Text, Type: mentionTypeName(m.Type),
			Entity: entityIDOf(m.Entity), Confidence: m.Confidence, Field: fieldName(m.Span.Field),
		})
	}
	for _, e := range tags.GetEntities() {
		out := entity{
			ID: entityIDOf(e.Entity), Name: e.DisplayName, Type: strings.ToUpper(typeName(e.Type)),
			Salience: e.Salience, Confidence: e.Confidence, Linked: e.Linked,
		}
		if e.Point != nil {
			out.Lat, out.Lon = &e.Point.Latitude, &e.Point.Longitude
		}
		t.Entities = append(t.Entities, out)
	}
	for _, k := range tags.GetTopics() {
		t.Topics = append(t.Topics, topic{
			Code: strings.TrimPrefix(k.Topic, "topics/"), Top: strings.TrimPrefix(k.Top, "topics/"),
			Name: k.DisplayName, Score: k.Score,
		})
	}
	return t
}

func entityIDOf(name string) string { return strings.TrimPrefix(name, "entities/") }

func mentionTypeName(t datelinev1.MentionType) string {
	return strings.TrimPrefix(t.String(), "MENTION_TYPE_")
}

func fieldName(f datelinev1.ArticleField) string {
	if f == datelinev1.ArticleField_ARTICLE_FIELD_TITLE {
		return "title"
	}
	return "text"
}
