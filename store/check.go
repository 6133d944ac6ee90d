package store

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// normalize checks what the caller gave and brings it into the one form that
// is stored.
func normalize(a Article) (Article, error) {
	for _, f := range []struct {
		field, value string
		most         int
	}{
		{"article.name", a.Name, MaxName}, {"article.title", a.Title, MaxTitle}, {"article.body", a.Body, MaxBody},
		{"article.source", a.Source, maxField}, {"article.section", a.Section, maxField}, {"article.url", a.URL, maxField},
		{"article.language", a.Language, maxField}, {"article.authors", strings.Join(a.Authors, ""), maxField},
	} {
		if len(f.value) > f.most {
			return a, &Error{ErrInvalid, f.field, fmt.Sprintf("%d bytes", len(f.value)), fmt.Sprintf("at most %d", f.most)}
		}
		if !utf8.ValidString(f.value) {
			return a, bad(ErrInvalid, f.field, f.value, "valid UTF-8")
		}
	}
	if a.Name == "" || strings.ContainsFunc(a.Name, unicode.IsControl) {
		return a, bad(ErrInvalid, "article.name", a.Name, "1 to 256 bytes without control characters")
	}
	return normalizeTime(a)
}

// normalizeTime gives a publish time its origin and the precision of a key.
func normalizeTime(a Article) (Article, error) {
	switch {
	case a.TimeOrigin > MissingTime:
		return a, bad(ErrInvalid, "article.publish_time_origin", fmt.Sprint(a.TimeOrigin), "given, derived or missing")
	case a.PublishTime.IsZero() && (a.TimeOrigin == GivenTime || a.TimeOrigin == DerivedTime):
		return a, bad(ErrInvalid, "article.publish_time", "", "a time, since its origin says that there is one")
	case !a.PublishTime.IsZero() && a.TimeOrigin == MissingTime:
		return a, bad(ErrInvalid, "article.publish_time", a.PublishTime.String(), "none, since its origin says missing")
	case a.PublishTime.IsZero():
		a.TimeOrigin = MissingTime
		return a, nil
	case a.PublishTime.Year() < 1 || a.PublishTime.Year() > 9999:
		return a, bad(ErrInvalid, "article.publish_time", a.PublishTime.String(), "a year from 1 to 9999")
	case a.TimeOrigin == UnknownTime:
		a.TimeOrigin = GivenTime
	}
	a.PublishTime = a.PublishTime.UTC().Truncate(time.Microsecond)
	return a, nil
}

// checkResult refuses a result that is not of this article, which would later
// be a slice out of range.
func checkResult(a Article, r *tagger.Result) error {
	if r == nil {
		return bad(ErrInvalid, "result", "none", "the article's tags")
	}
	lies := func(f tagger.Field, s gazetteer.Span) bool {
		return f <= tagger.Body && s.Start >= 0 && s.Start <= s.End && s.End <= len(fieldOf(a, f))
	}
	for i, m := range r.Mentions {
		if !lies(m.Field, m.Span) || m.Entity < 0 || m.Entity >= len(r.Entities) {
			return &Error{ErrInvalid, fmt.Sprintf("result.mentions[%d]", i), fmt.Sprint(m), "a span of the article and one of its entities"}
		}
	}
	for i, x := range r.Sentences {
		if !lies(x.Field, x.Span) {
			return &Error{ErrInvalid, fmt.Sprintf("result.sentences[%d]", i), fmt.Sprint(x), "a span of the article"}
		}
	}
	for i, e := range r.Entities {
		if e.ID == "" || len(e.ID) > maxField || !utf8.ValidString(string(e.ID)+e.Name+string(e.Kind)) {
			return bad(ErrInvalid, fmt.Sprintf("result.entities[%d]", i), string(e.ID)+" "+e.Name, "an id and a name in valid UTF-8")
		}
	}
	for i, t := range r.Topics {
		if t.Code == "" || len(t.Code) > maxField || !utf8.ValidString(t.Code+t.Name) {
			return bad(ErrInvalid, fmt.Sprintf("result.topics[%d]", i), t.Code+" "+t.Name, "a code and a name in valid UTF-8")
		}
	}
	return nil
}
