package store

import (
	"context"
	"encoding/binary"
)

// claim is what a band's row holds: story and article of the first text that
// had the band.
type claim struct{ story, article uint32 }

func (c claim) row() []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, c.story), c.article)
}

func readClaim(b []byte) (c claim, ok bool) {
	if len(b) != 8 {
		return claim{}, false
	}
	return claim{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}, true
}

// foundClaims is who had claimed a text's bands at a revision: looked up by the
// publisher, so that the writer, for whom everybody waits, need not.
type foundClaims struct {
	revision Revision
	sketch   *sketch
	claims   [bands]claim
	claimed  [bands]bool
}

// bands is how many bands the text has: all, or none when it has no words.
func (f *foundClaims) bands() int {
	if f.sketch[0] == 0 {
		return 0
	}
	return bands
}

// findClaims looks up a text's bands in the newest revision.
func (s *Store) findClaims(ctx context.Context, k *sketch) (*foundClaims, error) {
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	f := &foundClaims{revision: v.revision, sketch: k}
	for i := range f.bands() {
		row, err := v.rows.get(bandKey(i, k[i]))
		if err != nil {
			return nil, err
		}
		f.claims[i], f.claimed[i] = readClaim(row)
	}
	return f, nil
}

// claimed is who has claimed a band as of this batch: what was found holds
// unless the band changed since.
func (b *batch) claimed(key []byte, f *foundClaims, i int) (claim, bool, error) {
	if !b.s.claims.changedSince(key, f.revision) {
		return f.claims[i], f.claimed[i], nil
	}
	row, err := b.get(key)
	c, ok := readClaim(row)
	return c, ok, err
}

// disclaim frees a band.
func (b *batch) disclaim(key []byte) {
	b.del(key)
	b.s.claims.changed(key, b.revision)
}

// claimLog is the bands that changed of late, the writer's: those of one to
// two generations.
type claimLog struct {
	now, before map[string]Revision
	most        int      // bands of one generation
	since       Revision // every change at this revision or later is in it
	turned      Revision // the first all of whose changes are in now
}

func newClaimLog(r Revision, most int) claimLog {
	return claimLog{now: map[string]Revision{}, most: most, since: r + 1, turned: r + 1}
}

func (l *claimLog) changed(key []byte, r Revision) {
	if len(l.now) >= l.most && r >= l.turned {
		l.now, l.before = map[string]Revision{}, l.now
		l.since, l.turned = l.turned, r+1
	}
	l.now[string(key)] = r
}

// changedSince reports whether a band may have changed after a revision.
func (l *claimLog) changedSince(key []byte, r Revision) bool {
	if r+1 < l.since {
		return true
	}
	return l.now[string(key)] > r || l.before[string(key)] > r
}

// story decides which story an article is of and stages its claims to bands
// that are free. It stages nothing when it fails.
func (b *batch) story(article uint32, old *head, p *prepared) (uint32, error) {
	if old != nil && old.content == p.content {
		return old.story, nil
	}
	var owned [][]byte
	var err error
	if old != nil {
		if owned, err = b.claims(article); err != nil {
			return 0, err
		}
	}
	votes := map[uint32]int{}
	var free [][]byte
	for i := range p.found.bands() {
		key := bandKey(i, p.sketch[i])
		c, ok, err := b.claimed(key, p.found, i)
		if err != nil {
			return 0, err
		}
		if ok && c.article != article {
			votes[c.story]++
		} else {
			free = append(free, key)
		}
	}
	story := elect(article, votes)
	if old != nil {
		story = old.story
	}
	for _, key := range owned {
		b.disclaim(key)
	}
	for _, key := range free {
		b.set(key, claim{story, article}.row())
		b.s.claims.changed(key, b.revision)
	}
	return story, nil
}

// elect is the story with the most votes, the oldest of equals, or the
// article's own when none has enough.
func elect(article uint32, votes map[uint32]int) uint32 {
	story, most := article, agree-1
	for s, n := range votes {
		if n > most || n == most && most >= agree && s < story {
			story, most = s, n
		}
	}
	return story
}

// claims lists the keys of the bands that a stored article owns.
func (b *batch) claims(article uint32) ([][]byte, error) {
	row, err := b.get(articleTable.of32(article))
	if err != nil {
		return nil, err
	}
	text, err := b.s.codec.unpack(row)
	if err != nil {
		return nil, err
	}
	a, err := decodeArticle(text)
	if err != nil {
		return nil, err
	}
	var owned [][]byte
	for i, hash := range sketchOf(a.Article) {
		key := bandKey(i, hash)
		row, err := b.get(key)
		if err != nil {
			return nil, err
		}
		if c, ok := readClaim(row); ok && c.article == article {
			owned = append(owned, key)
		}
	}
	return owned, nil
}
