package server

import (
	"strconv"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// articleInput is what the tagger gets.
func articleInput(a *datelinev1.Article) tagger.Article {
	return tagger.Article{
		Title:       a.GetTitle(),
		Body:        a.GetBody(),
		HTML:        a.GetBodyFormat() == datelinev1.BodyFormat_BODY_FORMAT_HTML,
		PublishTime: goTime(a.GetPublishTime()),
		Source:      a.GetSource(),
	}
}

// storeArticle is what the store gets. The name has been checked.
func storeArticle(a *datelinev1.Article) store.Article {
	return store.Article{
		Name:       idOf(a.GetName(), articles),
		Article:    articleInput(a),
		TimeOrigin: store.TimeOrigin(a.GetPublishTimeOrigin()),
		URL:        a.GetUri(),
		Section:    a.GetSection(),
		Language:   a.GetLanguage(),
		Authors:    a.GetAuthors(),
	}
}

// articleProto is storeArticle back: the caller's own part of an article.
func articleProto(a *store.Article) *datelinev1.Article {
	p := &datelinev1.Article{
		Name:              articleName(a.Name),
		Title:             a.Title,
		Body:              a.Body,
		BodyFormat:        datelinev1.BodyFormat_BODY_FORMAT_PLAIN,
		PublishTime:       protoTime(a.PublishTime),
		PublishTimeOrigin: datelinev1.PublishTimeOrigin(a.TimeOrigin),
		Source:            a.Source,
		Section:           a.Section,
		Uri:               a.URL,
		Language:          a.Language,
		Authors:           a.Authors,
	}
	if a.HTML {
		p.BodyFormat = datelinev1.BodyFormat_BODY_FORMAT_HTML
	}
	return p
}

// recordProto is a stored article in full.
func recordProto(r *store.Record, enc datelinev1.OffsetEncoding) *datelinev1.Article {
	p := recordHead(r)
	p.Body = r.Body
	p.Tags = tagsProto(&r.Article.Article, r.Result, enc)
	p.Tags.Sentences = nil // made on tagging only, on request
	for _, c := range r.Corrections {
		p.Corrections = append(p.Corrections, correctionProto(c, newSpans(&r.Article.Article, enc), enc))
	}
	return p
}

// recordHead is a stored article without body, tags and corrections.
func recordHead(r *store.Record) *datelinev1.Article {
	p := articleProto(&r.Article)
	p.Body = ""
	p.Etag = r.ETag()
	p.CreateTime = protoTime(r.Created)
	p.UpdateTime = protoTime(r.Updated)
	if r.Story != 0 {
		p.Story = strconv.FormatUint(uint64(r.Story), 10)
	}
	return p
}

// goTime and protoTime keep the absent time and the zero time together.
func goTime(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

func protoTime(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}
