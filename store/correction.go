package store

import (
	"slices"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// CorrectionKind is what an editor decided.
type CorrectionKind uint8

// The kinds of corrections.
const (
	Pin    CorrectionKind = iota + 1 // Entity stands in the article, at Span if one is given
	Reject                           // Entity does not stand in the article
	Relink                           // what was read as Entity is To
)

// Correction is one decision of an editor. It survives every retag.
type Correction struct {
	ID      uint64 // given by the archive
	Kind    CorrectionKind
	Article string // its name; "" for every article: a Relink of one entity to another merges them
	Entity  gazetteer.ID
	To      gazetteer.ID   // of Relink
	Name    string         // canonical name of a pinned entity, or of To
	Type    gazetteer.Type // of a pinned entity, or of To
	Field   tagger.Field
	Span    gazetteer.Span // of Pin; empty for the article at large. Of Relink: only this mention, which splits it off
	Author  string
	Note    string
	Time    time.Time
}

// corrections is every decision of editors. It is immutable; a new decision
// makes a new one.
type corrections struct {
	all          []Correction // by id
	everyArticle []Correction
	byArticle    map[string][]Correction
}

func newCorrections(all []Correction) *corrections {
	c := &corrections{all: all, byArticle: map[string][]Correction{}}
	for _, x := range all {
		if x.Article == "" {
			c.everyArticle = append(c.everyArticle, x)
		} else {
			c.byArticle[x.Article] = append(c.byArticle[x.Article], x)
		}
	}
	return c
}

func (c *corrections) with(x Correction) *corrections {
	return newCorrections(append(slices.Clip(slices.Clone(c.all)), x))
}

func (c *corrections) without(id uint64) *corrections {
	return newCorrections(slices.DeleteFunc(slices.Clone(c.all), func(x Correction) bool { return x.ID == id }))
}

func (c *corrections) find(id uint64) (Correction, bool) {
	i := slices.IndexFunc(c.all, func(x Correction) bool { return x.ID == id })
	if i < 0 {
		return Correction{}, false
	}
	return c.all[i], true
}

// of lists what was decided about one article.
func (c *corrections) of(article string) []Correction { return c.byArticle[article] }

// apply is the result with what editors decided: first about every article,
// then about this one, the oldest first. The result itself is not changed.
func (c *corrections) apply(article string, r *tagger.Result) *tagger.Result {
	own := c.byArticle[article]
	if len(c.everyArticle) == 0 && len(own) == 0 {
		return r
	}
	e := editing{Result: *r}
	e.Entities, e.Mentions = slices.Clone(r.Entities), slices.Clone(r.Mentions)
	for _, list := range [][]Correction{c.everyArticle, own} {
		for _, x := range list {
			e.correct(x)
		}
	}
	return e.done()
}

// editing is a result while corrections are applied to it. Entities that go
// are marked, so that mentions keep pointing right until the end.
type editing struct {
	tagger.Result
	gone map[int]bool
}

func (e *editing) correct(c Correction) {
	switch c.Kind {
	case Pin:
		e.pin(c)
	case Reject:
		if i := e.find(c.Entity); i >= 0 {
			e.drop(i)
		}
	case Relink:
		e.relink(c)
	}
}

// find is the index of an entity that stands in the article, or -1.
func (e *editing) find(id gazetteer.ID) int {
	for i, x := range e.Entities {
		if x.ID == id && !e.gone[i] {
			return i
		}
	}
	return -1
}

func (e *editing) drop(i int) {
	if e.gone == nil {
		e.gone = map[int]bool{}
	}
	e.gone[i] = true
}

// pin makes an entity stand in the article, and at a span where one is given.
func (e *editing) pin(c Correction) {
	i := e.findOrAdd(c.Entity, c)
	e.Entities[i].Confidence = 1
	if c.Span.Len() == 0 {
		return
	}
	e.Mentions = slices.DeleteFunc(e.Mentions, func(m tagger.Mention) bool {
		return m.Field == c.Field && m.Span.Overlaps(c.Span)
	})
	e.Mentions = append(e.Mentions, tagger.Mention{
		Field: c.Field, Span: c.Span, Type: tagger.MentionType(e.Entities[i].Type), Entity: i, Confidence: 1, Reason: tagger.ByCorrection,
	})
}

// findOrAdd is the index of an entity, added where it was not with what the
// correction says of it.
func (e *editing) findOrAdd(id gazetteer.ID, c Correction) int {
	if i := e.find(id); i >= 0 {
		return i
	}
	name := c.Name
	if name == "" {
		name = string(id)
	}
	e.Entities = append(e.Entities, tagger.Entity{ID: id, Name: name, Type: c.Type, Linked: true, Confidence: 1})
	return len(e.Entities) - 1
}

// relink makes what was read as one entity another: all of it, or the mention
// at the span.
func (e *editing) relink(c Correction) {
	from := e.find(c.Entity)
	if from < 0 || c.To == c.Entity {
		return
	}
	old := e.Entities[from]
	if c.Type == gazetteer.NoType {
		c.Type = old.Type
	}
	var moved []int
	left := 0
	for i, m := range e.Mentions {
		switch {
		case m.Entity != from:
		case c.Span.Len() == 0 || m.Field == c.Field && m.Span == c.Span:
			moved = append(moved, i)
		default:
			left++
		}
	}
	if c.Span.Len() > 0 && len(moved) == 0 {
		return // tagged otherwise since: the mention is no more
	}
	to := e.findOrAdd(c.To, c)
	e.Entities[to].Salience = max(e.Entities[to].Salience, old.Salience)
	e.Entities[to].About = e.Entities[to].About || old.About
	for _, i := range moved {
		e.Mentions[i].Entity, e.Mentions[i].Confidence, e.Mentions[i].Reason = to, 1, tagger.ByCorrection
	}
	if left == 0 {
		e.drop(from)
	}
}

// done takes out what is gone and brings the rest into order.
func (e *editing) done() *tagger.Result {
	number := make([]int, len(e.Entities))
	var kept []tagger.Entity
	for i, x := range e.Entities {
		number[i] = len(kept)
		if !e.gone[i] {
			kept = append(kept, x)
		}
	}
	e.Mentions = slices.DeleteFunc(e.Mentions, func(m tagger.Mention) bool { return e.gone[m.Entity] })
	for i := range e.Mentions {
		e.Mentions[i].Entity = number[e.Mentions[i].Entity]
	}
	slices.SortFunc(e.Mentions, func(a, b tagger.Mention) int {
		if a.Field != b.Field {
			return int(a.Field) - int(b.Field)
		}
		return a.Span.Start - b.Span.Start
	})
	e.Entities = kept
	return &e.Result
}
