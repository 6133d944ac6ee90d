package source

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
)

// Diff writes what changed from one gazetteer to another, by id: a line with -
// for what was, with + for what is. It returns how many entries differ.
func Diff(w io.Writer, from, to *gazetteer.Gazetteer) (changed int, err error) {
	a, b := byID(from), byID(to)
	ids := make([]gazetteer.ID, 0, len(a)+len(b))
	for id := range a {
		ids = append(ids, id)
	}
	for id := range b {
		if _, both := a[id]; !both {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		was, err := encoded(from, a, id)
		if err != nil {
			return changed, err
		}
		is, err := encoded(to, b, id)
		if err != nil {
			return changed, err
		}
		if bytes.Equal(was, is) {
			continue
		}
		changed++
		for _, line := range []struct {
			mark string
			text []byte
		}{{"-", was}, {"+", is}} {
			if line.text == nil {
				continue
			}
			if _, err := fmt.Fprintf(w, "%s %s\n", line.mark, line.text); err != nil {
				return changed, err
			}
		}
	}
	return changed, nil
}

func byID(g *gazetteer.Gazetteer) map[gazetteer.ID]gazetteer.Ref {
	m := make(map[gazetteer.ID]gazetteer.Ref, g.Len())
	for r := range g.All() {
		m[g.Head(r).ID] = r
	}
	return m
}

// encoded is the entry as JSON, nil when there is none.
func encoded(g *gazetteer.Gazetteer, refs map[gazetteer.ID]gazetteer.Ref, id gazetteer.ID) ([]byte, error) {
	r, ok := refs[id]
	if !ok {
		return nil, nil
	}
	e := g.Entry(r)
	return EncodeEntry(&e)
}
