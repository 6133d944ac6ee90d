package server

import (
	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/topics"
)

// timelineProto converts one timeline. The name of a subject that no article
// mentions comes from outside of the archive.
func (s *Server) timelineProto(t *store.Timeline) *datelinev1.Timeline {
	p := &datelinev1.Timeline{
		Subject:             subjectName(t.Subject),
		DisplayName:         t.Name,
		ArticleCount:        int64(t.Articles),
		MentionCount:        int64(t.Mentions),
		StoryCount:          int64(t.Stories),
		UndatedArticleCount: int64(t.Undated),
		FirstSeenTime:       protoTime(t.FirstSeen),
		LastSeenTime:        protoTime(t.LastSeen),
	}
	if p.DisplayName == "" {
		p.DisplayName = s.subjectTitle(t.Subject)
	}
	for _, b := range t.Buckets {
		p.Buckets = append(p.Buckets, &datelinev1.TimelineBucket{
			StartTime:         protoTime(b.Start),
			EndTime:           protoTime(b.End),
			ArticleCount:      int64(b.Articles),
			MentionCount:      int64(b.Mentions),
			StoryCount:        int64(b.Stories),
			TotalArticleCount: int64(b.All),
			Share:             b.Share(),
		})
	}
	return p
}

// subjectTitle is what taxonomy or gazetteer call a subject.
func (s *Server) subjectTitle(sub store.Subject) string {
	if sub.Kind == store.Topic {
		topic, _ := s.taxonomy.Topic(topics.Code(sub.ID))
		return topic.Name
	}
	entry, _ := s.engine.entry(gazetteer.ID(sub.ID))
	return entry.Name
}

// appearanceProto converts one appearance.
func appearanceProto(sub store.Subject, a *store.Appearance, enc datelinev1.OffsetEncoding) *datelinev1.Appearance {
	p := &datelinev1.Appearance{
		Subject:  subjectName(sub),
		Article:  recordHead(a.Record),
		Salience: a.Salience,
		About:    a.About,
	}
	at := newSpans(&a.Record.Article.Article, enc)
	for _, s := range a.Sentences {
		q := &datelinev1.Quotation{Text: s.Text}
		q.Span = at.of(s.Field, s.Span)
		for _, m := range s.Mentions {
			q.Mentions = append(q.Mentions, mentionProto(m, a.Record.Result.Entities[m.Entity].ID, at))
		}
		p.MentionCount += int32(len(s.Mentions))
		p.Quotations = append(p.Quotations, q)
	}
	return p
}

// recordAppearance is the appearance of a subject in a record as a watcher gets
// it, without sentences.
func recordAppearance(sub store.Subject, r *store.Record, _ datelinev1.OffsetEncoding) *datelinev1.Appearance {
	p := &datelinev1.Appearance{Subject: subjectName(sub), Article: recordHead(r)}
	for i := range r.Result.Entities {
		if e := &r.Result.Entities[i]; sub.Kind == store.Entity && string(e.ID) == sub.ID {
			p.Salience, p.About = e.Salience, e.About
			p.MentionCount = int32(countMentions(r.Result, i))
		}
	}
	for _, t := range r.Result.Topics {
		if sub.Kind == store.Topic && t.Code == sub.ID {
			p.Salience, p.About = t.Score, true
		}
	}
	return p
}

func countMentions(r *tagger.Result, entity int) int {
	n := 0
	for _, m := range r.Mentions {
		if m.Entity == entity {
			n++
		}
	}
	return n
}
