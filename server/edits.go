package server

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/store"
)

// Edits of the gazetteer lie in the store as a revisioned collection:
//
//	entry/ID     the entry as JSON, in place of the base's of that id
//	deleted/ID   "true": the entry is hidden, and its edit kept for an undelete
//	blocked/NAME "true": the name matches nothing
const (
	editsCollection = "gazetteer"
	entryKey        = "entry/"
	deletedKey      = "deleted/"
	blockedKey      = "blocked/"
)

var isSet = []byte("true")

var (
	errNoGazetteer = errors.New("the server runs without a gazetteer, want one to edit")
	errExists      = errors.New("exists already")
	errStaleEntry  = errors.New("the entry has changed since it was read")
)

// edits are all changes that people made to the gazetteer at run time.
type edits struct {
	store *store.Store
	base  *gazetteer.Gazetteer

	mu       sync.Mutex      // one edit at a time
	blobs    map[string]blob // the live ones
	revision uint64
}

// blob is one value of the collection.
type blob struct {
	value []byte
	entry gazetteer.Entry // read from value, where the key is that of an entry
}

// readBlob keeps the entry of a value, so that an edit need not read all others.
func readBlob(key string, value []byte) (blob, error) {
	b := blob{value: value}
	if !strings.HasPrefix(key, entryKey) {
		return b, nil
	}
	err := json.Unmarshal(value, &b.entry)
	return b, err
}

// load reads what earlier runs left.
func (e *edits) load(ctx context.Context) error {
	blobs, revision, err := e.store.Blobs(ctx, editsCollection, 0)
	if err != nil {
		return err
	}
	e.revision = revision
	e.blobs = map[string]blob{}
	for _, b := range blobs {
		if b.Value == nil {
			continue
		}
		if e.blobs[b.Key], err = readBlob(b.Key, b.Value); err != nil {
			return err
		}
	}
	return nil
}

// gazetteer is the base with edits.
func (e *edits) gazetteer(blobs map[string]blob, revision uint64) (*gazetteer.Gazetteer, error) {
	if e.base == nil || revision == 0 {
		return e.base, nil
	}
	all := gazetteer.Edits{Revision: int64(revision), Entries: make([]gazetteer.Entry, 0, len(blobs))}
	for _, key := range slices.Sorted(maps.Keys(blobs)) {
		if id, ok := strings.CutPrefix(key, deletedKey); ok {
			all.Deleted = append(all.Deleted, gazetteer.ID(id))
		} else if name, ok := strings.CutPrefix(key, blockedKey); ok {
			all.Blocked = append(all.Blocked, name)
		} else if id, ok := strings.CutPrefix(key, entryKey); ok && !has(blobs, deletedKey+id) {
			all.Entries = append(all.Entries, blobs[key].entry)
		}
	}
	return e.base.WithEdits(all)
}

func has(blobs map[string]blob, key string) bool {
	_, ok := blobs[key]
	return ok
}

// change is one step: new values by key, nil to take a key out.
type change map[string][]byte

// on is what a change makes of the live blobs.
func (c change) on(blobs map[string]blob) (map[string]blob, error) {
	blobs = maps.Clone(blobs)
	for key, value := range c {
		if value == nil {
			delete(blobs, key)
			continue
		}
		b, err := readBlob(key, value)
		if err != nil {
			return nil, err
		}
		blobs[key] = b
	}
	return blobs, nil
}

// plan is a change that has been built and is not yet made.
type plan struct {
	blobs    map[string]blob
	revision uint64
	state    *state
}

// plan builds what a change would make of the gazetteer. e.mu is held.
func (s *Server) plan(c change) (plan, error) {
	e := &s.edits
	if e.base == nil {
		return plan{}, errNoGazetteer
	}
	p := plan{revision: e.revision + 1}
	var err error
	if p.blobs, err = c.on(e.blobs); err != nil {
		return plan{}, err
	}
	g, err := e.gazetteer(p.blobs, p.revision)
	if err != nil {
		return plan{}, err
	}
	p.state, err = s.engine.build(g)
	return p, err
}

// apply builds what a change would make of the gazetteer, stores the change and
// makes it live, in this order, so that a failure leaves everything as it was.
// It returns the new revision; validateOnly ends after the building. e.mu is
// held.
func (s *Server) apply(ctx context.Context, what string, c change, validateOnly bool) (uint64, error) {
	e := &s.edits
	p, err := s.plan(c)
	if err != nil {
		return 0, err
	}
	if validateOnly {
		return e.revision, nil
	}
	if _, err := e.store.SetBlobs(ctx, editsCollection, what, c); err != nil {
		return 0, err
	}
	s.engine.state.Store(p.state)
	e.blobs, e.revision = p.blobs, p.revision // nobody else writes the collection
	return p.revision, nil
}

// entry finds an entry as curators see it: with its edits, also when deleted.
func (e *edits) entry(id gazetteer.ID) (entry gazetteer.Entry, deleted, ok bool) {
	deleted = has(e.blobs, deletedKey+string(id))
	if b, edited := e.blobs[entryKey+string(id)]; edited {
		return b.entry, deleted, true
	}
	if e.base == nil {
		return gazetteer.Entry{}, false, false
	}
	ref, ok := e.base.Lookup(id)
	if !ok {
		return gazetteer.Entry{}, false, false
	}
	return e.base.Entry(ref), deleted, true
}

// rollback is the change that leads back to an older revision.
func (e *edits) rollback(ctx context.Context, revision uint64) (change, error) {
	old := map[string][]byte{}
	if revision > 0 {
		blobs, _, err := e.store.Blobs(ctx, editsCollection, revision)
		if err != nil {
			return nil, err
		}
		for _, b := range blobs {
			if b.Value != nil {
				old[b.Key] = b.Value
			}
		}
	}
	c := change{}
	for key := range e.blobs {
		if _, kept := old[key]; !kept {
			c[key] = nil
		}
	}
	for key, value := range old {
		if string(e.blobs[key].value) != string(value) || !has(e.blobs, key) {
			c[key] = value
		}
	}
	return c, nil
}

func encodeEntry(e gazetteer.Entry) ([]byte, error) { return json.Marshal(e) }
