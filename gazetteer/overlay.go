package gazetteer

import (
	"fmt"
	"strconv"
)

// Edits are all changes made to a base at run time: the whole state of the
// overlay, not the last step.
type Edits struct {
	Revision int64    // stamped on [Gazetteer.Version]; 0 when there were none
	Entries  []Entry  // added, or in place of the base's entry of the same id
	Deleted  []ID     // entries of the base that are gone
	Blocked  []string // names that are matched no more, whoever bears them
}

// WithEdits returns a gazetteer of the same base with these edits and no
// others. g keeps serving as it was, also when the edits are refused. The cost
// depends on the edits, not on the base.
func (g *Gazetteer) WithEdits(e Edits) (*Gazetteer, error) {
	next := &Gazetteer{base: g.base, revision: e.Revision}
	var b Builder
	defer b.Close()
	for _, entry := range e.Entries {
		if err := b.Add(entry); err != nil {
			return nil, fmt.Errorf("edit: %w", err)
		}
		next.hide(entry.ID)
	}
	for _, id := range e.Deleted {
		next.hide(id)
	}
	for _, name := range e.Blocked {
		h := hashName(name)
		if h == 0 {
			return nil, fmt.Errorf("%w: blocked name %q has no letter or digit", ErrEntry, name)
		}
		if next.blocked == nil {
			next.blocked = make(map[uint64]struct{})
		}
		next.blocked[h] = struct{}{}
	}
	if len(e.Entries) == 0 {
		return next, nil
	}
	over, err := b.index()
	switch {
	case err != nil:
		return nil, fmt.Errorf("edit: %w", err)
	case b.Duplicates() > 0:
		return nil, fmt.Errorf("edit: %w: two entries have one id", ErrEntry)
	}
	next.over = over
	return next, nil
}

// hide takes an entry of the base out of sight.
func (g *Gazetteer) hide(id ID) {
	r, ok := g.base.find(id)
	if !ok {
		return
	}
	if g.hidden == nil {
		g.hidden = make(map[Ref]struct{})
	}
	g.hidden[r] = struct{}{}
}

func (g *Gazetteer) isHidden(r Ref) bool {
	if g.hidden == nil {
		return false
	}
	_, ok := g.hidden[r]
	return ok
}

func (g *Gazetteer) blocks(name uint64) bool {
	if g.blocked == nil {
		return false
	}
	_, ok := g.blocked[name]
	return ok
}

// Version is the content hash of the base, and "+N" after overlay revision N.
func (g *Gazetteer) Version() string {
	if g.revision == 0 {
		return g.base.version
	}
	return g.base.version + "+" + strconv.FormatInt(g.revision, 10)
}
