package server

import (
	"sync/atomic"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// engine is what tags: one pointer to a whole state that is never changed, so
// that an edit of the gazetteer swaps all of it at once and a failed one
// nothing.
type engine struct {
	state   atomic.Pointer[state]
	options tagger.Options // with the gazetteer as it is without edits
}

// state is a gazetteer with the taggers that know it.
type state struct {
	gazetteer *gazetteer.Gazetteer
	tagger    *tagger.Tagger
	explainer *tagger.Tagger // keeps the rivals of every link
}

// live is the state of the moment.
func (e *engine) live() *state { return e.state.Load() }

// load builds the first state.
func (e *engine) load(_ *store.Store, o tagger.Options) error {
	e.options = o
	return e.swap(o.Gazetteer)
}

// swap builds a state on a gazetteer and makes it live; when that fails the old
// one stays.
func (e *engine) swap(g *gazetteer.Gazetteer) error {
	next := &state{gazetteer: g}
	o := e.options
	o.Gazetteer = g
	var err error
	o.Candidates = false
	if next.tagger, err = tagger.New(o); err != nil {
		return err
	}
	o.Candidates = true
	if next.explainer, err = tagger.New(o); err != nil {
		return err
	}
	e.state.Store(next)
	return nil
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
