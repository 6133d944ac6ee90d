package server

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// PreviewGazetteerEdit tags the articles that an edit may touch without it and
// with it. Those that hold no word of its names cannot change.
func (g gazetteerService) PreviewGazetteerEdit(ctx context.Context, req *datelinev1.PreviewGazetteerEditRequest) (*datelinev1.PreviewGazetteerEditResponse, error) {
	var p problems
	p.number("max_articles", req.GetMaxArticles(), 1_000_000)
	p.number("max_changes", req.GetMaxChanges(), 1000)
	if err := p.err(); err != nil {
		return nil, err
	}
	preview := preview{
		ctx:     ctx,
		most:    int(cmp.Or(req.GetMaxArticles(), 10_000)),
		samples: int(cmp.Or(req.GetMaxChanges(), 20)),
		answer:  &datelinev1.PreviewGazetteerEditResponse{Complete: true},
	}
	if err := g.planned(req, &preview); err != nil {
		return nil, err
	}
	err := g.s.store.Walk(ctx, store.ListQuery{}, preview.article)
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return preview.answer, nil
}

// planned builds the edit and notes both states and the names that it touches:
// those of the entry as it is and as it is to be.
func (g gazetteerService) planned(req *datelinev1.PreviewGazetteerEditRequest, p *preview) error {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	e, err := g.editOf(req)
	if err != nil {
		return err
	}
	plan, err := g.s.plan(e.change)
	if err != nil {
		return err
	}
	p.before, p.after = g.s.engine.live().tagger, plan.state.tagger
	old, _, _ := g.s.edits.entry(e.entry.ID)
	p.addNames(&old)
	p.addNames(&e.entry)
	return nil
}

// editOf is the edit of a request.
func (g gazetteerService) editOf(req *datelinev1.PreviewGazetteerEditRequest) (edit, error) {
	switch e := req.GetEdit().(type) {
	case *datelinev1.PreviewGazetteerEditRequest_Create:
		return g.create(e.Create)
	case *datelinev1.PreviewGazetteerEditRequest_Update:
		return g.update(e.Update)
	case *datelinev1.PreviewGazetteerEditRequest_Delete:
		return g.hide(e.Delete)
	case *datelinev1.PreviewGazetteerEditRequest_Block:
		return block(e.Block)
	}
	return edit{}, invalid("edit", "nothing", "create, update, delete or block")
}

// preview compares articles tagged without and with an edit.
type preview struct {
	ctx           context.Context
	before, after *tagger.Tagger
	words         []string // the first word of each name that the edit touches, folded
	most, samples int
	answer        *datelinev1.PreviewGazetteerEditResponse
}

var errEnough = errors.New("as many articles as were asked for")

func (p *preview) addNames(e *gazetteer.Entry) {
	names := []string{e.Name}
	for _, a := range e.Aliases {
		names = append(names, a.Name)
	}
	for _, name := range names {
		if word, _, _ := strings.Cut(gazetteer.Fold(name), " "); word != "" {
			p.words = append(p.words, word)
		}
	}
}

// article compares one article.
func (p *preview) article(r *store.Record) error {
	if p.answer.ExaminedCount == int64(p.most) {
		p.answer.Complete = false
		return errEnough
	}
	p.answer.ExaminedCount++
	if !p.mayChange(&r.Article) {
		return nil
	}
	before, err := p.before.Tag(p.ctx, r.Article.Article)
	if err != nil {
		return err
	}
	after, err := p.after.Tag(p.ctx, r.Article.Article)
	if err != nil {
		return err
	}
	p.compare(r, before, after)
	return nil
}

// mayChange reports whether an article holds a word of the names.
func (p *preview) mayChange(a *store.Article) bool {
	text := gazetteer.Fold(a.Title + "\n" + a.Body)
	for _, w := range p.words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// compare notes every mention that would come, go or mean another entity.
func (p *preview) compare(r *store.Record, before, after *tagger.Result) {
	had, has := meanings(before), meanings(after)
	changed := p.answer.ChangedMentionCount
	for _, m := range before.Mentions {
		if at := placeOf(m); has[at] != had[at] {
			p.change(r, m, had[at], has[at])
		}
	}
	for _, m := range after.Mentions {
		if at := placeOf(m); had[at] == "" {
			p.change(r, m, "", has[at])
		}
	}
	if p.answer.ChangedMentionCount > changed {
		p.answer.ChangedArticleCount++
	}
}

// mentionPlace is where a mention stands.
type mentionPlace struct {
	field tagger.Field
	span  gazetteer.Span
}

func placeOf(m tagger.Mention) mentionPlace { return mentionPlace{m.Field, m.Span} }

// meanings are the entities of an article's mentions.
func meanings(r *tagger.Result) map[mentionPlace]gazetteer.ID {
	list := make(map[mentionPlace]gazetteer.ID, len(r.Mentions))
	for _, m := range r.Mentions {
		list[placeOf(m)] = r.Entities[m.Entity].ID
	}
	return list
}

// change counts one change and shows it, while there is room.
func (p *preview) change(r *store.Record, m tagger.Mention, before, after gazetteer.ID) {
	p.answer.ChangedMentionCount++
	if len(p.answer.Changes) == p.samples {
		return
	}
	text := r.Body
	if m.Field == tagger.Title {
		text = r.Title
	}
	c := &datelinev1.MentionChange{Article: articleName(r.Name), Text: m.Span.Of(text), Context: around(text, m.Span)}
	if before != "" {
		c.EntityBefore = entityName(before)
	}
	if after != "" {
		c.EntityAfter = entityName(after)
	}
	p.answer.Changes = append(p.answer.Changes, c)
}

// around is a stretch of text with some sixty bytes on each side.
func around(text string, s gazetteer.Span) string {
	const room = 60
	start, end := max(0, s.Start-room), min(len(text), s.End+room)
	for start > 0 && !utf8.RuneStart(text[start]) {
		start--
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[start:end]
}
