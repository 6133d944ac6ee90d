package server

import (
	"sync/atomic"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// engine is what tags: one pointer to a whole state that is never changed, so
// that an edit of the gazetteer swaps all of it at once and a failed one
// nothing.
type engine struct {
	state   atomic.Pointer[state]
	options tagger.Options
}

// state is a gazetteer with the taggers that know it.
type state struct {
	gazetteer *gazetteer.Gazetteer
	tagger    *tagger.Tagger
	explainer *tagger.Tagger // keeps the rivals of every link
}

// live is the state of the moment.
func (e *engine) live() *state { return e.state.Load() }

// build makes a state on a gazetteer.
func (e *engine) build(g *gazetteer.Gazetteer) (*state, error) {
	plain, explaining := e.options, e.options
	plain.Gazetteer, explaining.Gazetteer = g, g
	explaining.Candidates = true
	next := &state{gazetteer: g}
	var err error
	if next.tagger, err = tagger.New(plain); err != nil {
		return nil, err
	}
	if next.explainer, err = tagger.New(explaining); err != nil {
		return nil, err
	}
	return next, nil
}

// entry finds an entity in the gazetteer of the moment.
func (e *engine) entry(id gazetteer.ID) (gazetteer.Entry, bool) {
	g := e.live().gazetteer
	if g == nil {
		return gazetteer.Entry{}, false
	}
	ref, ok := g.Lookup(id)
	if !ok {
		return gazetteer.Entry{}, false
	}
	return g.Entry(ref), true
}
