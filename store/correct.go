package store

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Correct stores an editor's decision and applies it: at once where it is about
// one article, which must be stored, and before it returns where it is about
// every article. Interrupted there, the rest is done when the archive is next
// opened; records answer by the decision from the beginning.
func (s *Store) Correct(ctx context.Context, c Correction) (Correction, error) {
	if err := checkCorrection(c); err != nil {
		return Correction{}, err
	}
	err := s.submit(ctx, 0, func(b *batch) error {
		if err := b.checkPlace(c); err != nil {
			return err
		}
		c.ID, c.Time = b.meta.nextCorrection+1, timeOf(b.now)
		b.meta.nextCorrection++
		return b.decide(c, b.corrections().with(c), EntitySubject(c.Entity), false)
	})
	if err != nil {
		return Correction{}, err
	}
	return c, s.finishRestand(ctx, c, EntitySubject(c.Entity))
}

// Uncorrect takes a decision back.
func (s *Store) Uncorrect(ctx context.Context, id uint64) error {
	var c Correction
	err := s.submit(ctx, 0, func(b *batch) error {
		var ok bool
		if c, ok = b.corrections().find(id); !ok {
			return bad(ErrNotFound, "correction", fmt.Sprint(id), "the id of a correction")
		}
		return b.decide(c, b.corrections().without(id), Subject{}, true)
	})
	if err != nil {
		return err
	}
	return s.finishRestand(ctx, c, Subject{})
}

// decide stages a decision and all that can be done about it in one batch.
func (b *batch) decide(c Correction, all *corrections, affected Subject, withdrawn bool) error {
	article, h, err := b.find(c.Article) // none by the name ""
	if err != nil {
		return err
	}
	b.fixes = all
	b.set(correctionTable.of64(c.ID), encodeCorrection(c, withdrawn))
	if c.Article == "" {
		b.set(restandKey(c.ID), []byte(affected.ID)) // "" for all articles
		return nil
	}
	if h == nil {
		return nil // a decision taken back about an article since deleted
	}
	return b.restand(article)
}

// Corrections lists the decisions about an article, or those about every
// article when the name is "".
func (s *Store) Corrections(ctx context.Context, article string) ([]Correction, error) {
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	if article == "" {
		return slices.Clone(v.fixes.everyArticle), nil
	}
	return slices.Clone(v.fixes.of(article)), nil
}

// AllCorrections lists every decision, the oldest first: labelled data for
// whoever trains or measures.
func (s *Store) AllCorrections(ctx context.Context) ([]Correction, error) {
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	return slices.Clone(v.fixes.all), nil
}

func checkCorrection(c Correction) error {
	switch {
	case c.Kind < Pin || c.Kind > Relink:
		return bad(ErrInvalid, "correction.kind", fmt.Sprint(c.Kind), "pin, reject or relink")
	case c.Entity == "":
		return bad(ErrInvalid, "correction.entity", "", "the id of an entity")
	case c.Kind == Relink && (c.To == "" || c.To == c.Entity):
		return bad(ErrInvalid, "correction.to", string(c.To), "the id of another entity")
	case c.Kind == Pin && c.Article == "":
		return bad(ErrInvalid, "correction.article", "", "an article: an entity cannot stand in all of them")
	case c.Span.Len() != 0 && c.Article == "":
		return bad(ErrInvalid, "correction.span", fmt.Sprint(c.Span), "none, since it is about every article")
	}
	for _, text := range []string{string(c.Entity), string(c.To), c.Name, c.Author, c.Note} {
		if !utf8.ValidString(text) || len(text) > maxField {
			return bad(ErrInvalid, "correction", text, fmt.Sprintf("valid UTF-8 of at most %d bytes", maxField))
		}
	}
	return nil
}

// checkPlace refuses a decision about an article, or a span, that is not there.
func (b *batch) checkPlace(c Correction) error {
	if c.Article == "" {
		return nil
	}
	article, h, err := b.find(c.Article)
	if err != nil {
		return err
	}
	if h == nil {
		return bad(ErrNotFound, "correction.article", c.Article, "the name of a stored article")
	}
	p, err := b.s.raw(b.get, article, h)
	if err != nil {
		return err
	}
	text := fieldOf(p.Article, c.Field)
	if c.Span.Start < 0 || c.Span.End < c.Span.Start || c.Span.End > len(text) {
		return bad(ErrInvalid, "correction.span", fmt.Sprint(c.Span), fmt.Sprintf("within the field's %d bytes", len(text)))
	}
	return nil
}

// restand makes an article's standings what tags and corrections now say.
func (b *batch) restand(article uint32) error {
	old, err := b.head(article)
	if err != nil || old == nil {
		return err
	}
	rec, err := b.s.raw(b.get, article, old)
	if err != nil {
		return err
	}
	now := *old
	now.stands = b.stand(b.s.standings(rec.Article, rec.Result, b.corrections()))
	now.revision, now.updated = b.revision, b.now
	b.swap(article, old, &now)
	b.log(logged{article: article, name: old.name, before: b.relatedOf(old), after: b.relatedOf(&now), tagsOnly: true})
	return nil
}

// restandAtOnce is how many articles one batch brings up to date.
const restandAtOnce = 64

// finishRestand applies a decision about every article to those affected.
func (s *Store) finishRestand(ctx context.Context, c Correction, affected Subject) error {
	if c.Article != "" {
		return nil
	}
	return s.restandAll(ctx, restandKey(c.ID), affected)
}

// restandAll brings every article of a subject up to date, and then deletes
// the row that remembers that this is to be done.
func (s *Store) restandAll(ctx context.Context, key []byte, affected Subject) error {
	v, err := s.view(ctx)
	if err != nil {
		return err
	}
	list, err := v.ordered(ListQuery{Subject: affected})
	v.close()
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, restandAtOnce) {
		err := s.submit(ctx, len(part)*slack/4, func(b *batch) error {
			for _, p := range part {
				if err := b.restand(p.article); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.submit(ctx, 0, func(b *batch) error {
		b.del(key)
		return nil
	})
}

// resumeRestands does what an interruption left.
func (s *Store) resumeRestands(ctx context.Context) {
	v, err := s.view(ctx)
	if err != nil {
		return
	}
	left := map[string]Subject{}
	err = v.rows.scan(span{prefix: restandTable.all()}, func(key, value []byte) (bool, error) {
		left[string(key)] = Subject{}
		if len(value) > 0 {
			left[string(key)] = Subject{Entity, string(value)}
		}
		return true, nil
	})
	v.close()
	for key, affected := range left {
		if err == nil {
			err = s.restandAll(ctx, []byte(key), affected)
		}
	}
	if err != nil && ctx.Err() == nil {
		s.opts.Log.Error("apply corrections", "err", err)
	}
}

func restandKey(correction uint64) []byte { return restandTable.of64(correction) }
