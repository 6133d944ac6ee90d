package store

import (
	"context"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// Appearance is a subject standing in an article.
type Appearance struct {
	Record    *Record
	Entity    *tagger.Entity // as tagged there; nil for a topic
	Salience  float32        // of a topic, its score; kept to 1/65535
	About     bool
	Mentions  int        // of a topic, 1
	Sentences []Sentence // those with a mention; of a topic, none
}

// Sentence is a sentence of an article with mentions of the subject.
type Sentence struct {
	Field    tagger.Field
	Span     gazetteer.Span // bytes of the field
	Text     string
	Mentions []tagger.Mention
}

func appearanceOf(rec *Record, sub Subject, p posting) Appearance {
	a := Appearance{Record: rec, Salience: float32(p.salience) / salienceOne, About: p.flags&about != 0, Mentions: int(p.mentions)}
	if sub.Kind != Entity {
		return a
	}
	i := slices.IndexFunc(rec.Result.Entities, func(e tagger.Entity) bool { return string(e.ID) == sub.ID })
	if i < 0 { // its correction is being applied
		return a
	}
	a.Entity = &rec.Result.Entities[i]
	a.Sentences = sentencesOf(rec, i)
	return a
}

// sentencesOf are the sentences in which an entity is mentioned. A mention in
// no sentence, as in a title that is none, stands alone.
func sentencesOf(rec *Record, entity int) []Sentence {
	var out []Sentence
	at := 0
	sentences := rec.Result.Sentences
	for _, m := range rec.Result.Mentions {
		if m.Entity != entity {
			continue
		}
		for at < len(sentences) && !reaches(sentences[at], m) {
			at++
		}
		in := tagger.Sentence{Field: m.Field, Span: m.Span}
		if at < len(sentences) && sentences[at].Field == m.Field && sentences[at].Span.Overlaps(m.Span) {
			in = sentences[at]
		}
		if n := len(out); n > 0 && out[n-1].Field == in.Field && out[n-1].Span == in.Span {
			out[n-1].Mentions = append(out[n-1].Mentions, m)
			continue
		}
		out = append(out, Sentence{in.Field, in.Span, in.Span.Of(fieldOf(rec.Article, in.Field)), []tagger.Mention{m}})
	}
	return out
}

// reaches reports whether a sentence ends behind the mention's beginning.
func reaches(s tagger.Sentence, m tagger.Mention) bool {
	return s.Field > m.Field || s.Field == m.Field && s.Span.End > m.Span.Start
}

// Appearances pages through the articles in which a subject stands, with the
// sentences.
func (s *Store) Appearances(ctx context.Context, q ListQuery) (AppearancePage, error) {
	v, err := s.viewOf(ctx, q.Subject)
	if err != nil {
		return AppearancePage{}, err
	}
	defer v.close()
	found, err := v.page(q)
	if err != nil {
		return AppearancePage{}, err
	}
	page := AppearancePage{Total: found.total, NextToken: found.next}
	for _, p := range found.postings {
		rec, err := v.record(p.article)
		if err != nil {
			return AppearancePage{}, err
		}
		page.Appearances = append(page.Appearances, appearanceOf(rec, q.Subject, p))
	}
	return page, nil
}
