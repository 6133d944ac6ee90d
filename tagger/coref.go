package tagger

import (
	"context"
	"strings"
)

// coref gathers the mentions that denote one entity into chains: those with
// one name and type.
func (t *Tagger) coref(_ context.Context, d *document) error {
	type key struct {
		typ  MentionType
		name string
	}
	seen := make(map[key]int)
	for i := range d.mentions {
		m := &d.mentions[i]
		k := key{m.typ, strings.ToLower(d.of(m))}
		c, ok := seen[k]
		if !ok {
			c = len(d.chains)
			seen[k] = c
			d.chains = append(d.chains, chain{fullest: i})
		}
		m.chain = c
		d.chains[c].mentions = append(d.chains[c].mentions, i)
	}
	return nil
}
