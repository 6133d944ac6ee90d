package source

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// Stats tells what a build did.
type Stats struct {
	Entries, Names, Joined int
	Dropped                []string // entries that could not be indexed, with the reason
}

// Build puts the shared sources of a folder and the curated files together.
func Build(dir string, curated fs.FS) (*gazetteer.Builder, Stats, error) {
	p := newPool()
	if err := readShared(dir, p.add); err != nil {
		return nil, Stats{}, err
	}
	cur, err := ReadCurated(curated)
	if err != nil {
		return nil, Stats{}, err
	}
	if err := p.overlay(cur); err != nil {
		return nil, Stats{}, err
	}
	n := p.personNames()
	p.prune()
	p.surnames(n)
	p.guard(n)
	p.stop(cur)
	p.settle()
	p.centre()
	b := &gazetteer.Builder{Notice: notice()}
	stats := p.fill(b)
	addWords(b, n, cur.Titles)
	return b, stats, nil
}

// fill adds the pool to a builder. What the builder refuses is told, not
// fatal: one bad row of a source must not cost the rest.
func (p *pool) fill(b *gazetteer.Builder) Stats {
	stats := Stats{Joined: p.joins}
	for _, e := range p.order {
		if err := b.Add(*e); err != nil {
			stats.Dropped = append(stats.Dropped, err.Error())
			continue
		}
		stats.Entries++
		stats.Names += 1 + len(e.Aliases)
	}
	return stats
}

// wordLeast is how many people must bear a given or family name to be listed.
const wordLeast = 2

func addWords(b *gazetteer.Builder, n names, titles []string) {
	for w, count := range n.given {
		if count >= wordLeast && !commonWords()[w] {
			b.AddWord(w, gazetteer.GivenName)
		}
	}
	for w, count := range n.family {
		if count >= wordLeast && !commonWords()[w] {
			b.AddWord(w, gazetteer.FamilyName)
		}
	}
	for _, t := range titles {
		b.AddWord(t, gazetteer.TitleWord)
	}
}

// notice lists the licences of the sources, each once.
func notice() string {
	lines := []string{"Curated names: the Dateline authors, Apache-2.0"}
	for _, s := range Sources {
		if s.Licence != "" && !slices.Contains(lines, s.Licence) {
			lines = append(lines, s.Licence)
		}
	}
	return fmt.Sprintf("%s\n", strings.Join(lines, "\n"))
}
