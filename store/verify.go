package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// Report is what Verify found.
type Report struct {
	Articles int
	Rows     int      // postings compared
	Problems []string // the first of them, at most 100
	Count    int      // of problems
}

func (r *Report) problem(format string, args ...any) {
	if r.Count++; len(r.Problems) < 100 {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Verify rebuilds all indexes from the records, as checksums, and compares
// them with what is stored and with what memory holds, while the archive goes
// on.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	s.mem.mu.RLock()
	counts, mentions := slices.Clone(s.mem.counts), slices.Clone(s.mem.mentions)
	v, err := s.viewLocked(ctx)
	s.mem.mu.RUnlock()
	if err != nil {
		return Report{}, err
	}
	defer v.close()
	c := checker{view: v, counts: counts, mentions: mentions, want: make([]tally, len(counts))}
	if err := c.heads(); err != nil {
		return c.report, err
	}
	for n := range c.want {
		if err := c.postings(uint32(n)); err != nil {
			return c.report, err
		}
	}
	c.names()
	return c.report, nil
}

// tally is a list of postings as a number and a checksum.
type tally struct {
	postings int
	mentions int
	sum      uint64 // of all postings' hashes, so that order does not matter
}

func (t *tally) add(p posting) {
	t.postings++
	t.mentions += int(p.mentions)
	var b [32]byte
	key := append(binary.BigEndian.AppendUint64(b[:0], uint64(p.time)), byte(p.flags))
	key = binary.BigEndian.AppendUint32(key, p.article)
	key = binary.BigEndian.AppendUint32(key, p.story)
	key = binary.BigEndian.AppendUint32(key, p.mentions)
	t.sum += xxhash.Sum64(binary.BigEndian.AppendUint16(key, p.salience))
}

// checker compares one view.
type checker struct {
	*view
	report           Report
	counts, mentions []uint32 // what memory counted at the view's revision
	want             []tally  // by subject
}

// heads checks every article on its own and gathers what should be in the
// indexes.
func (c *checker) heads() error {
	return c.rows.scan(span{prefix: headTable.all()}, func(key, value []byte) (bool, error) {
		article := number(key)
		h, err := decodeHead(value)
		if err != nil {
			c.report.problem("head of article %d: %v", article, err)
			return true, nil
		}
		c.report.Articles++
		if err := c.article(article, h); err != nil {
			c.report.problem("article %q: %v", h.name, err)
		}
		for _, st := range h.stands {
			c.want[st.subject].add(h.posting(article, st))
		}
		return true, c.ctx.Err()
	})
}

// article checks that a head is what its record gives.
func (c *checker) article(article uint32, h *head) error {
	n, err := c.named(h.name)
	if err != nil {
		return fmt.Errorf("its name leads nowhere: %w", err)
	}
	if n != article {
		return fmt.Errorf("its name leads to article %d, not to %d", n, article)
	}
	rec, err := c.raw(article, h)
	if err != nil {
		return err
	}
	if contentHash(rec.Article) != h.content {
		return fmt.Errorf("its text is not what was published")
	}
	if _, hash := c.s.packTags(rec.Result); hash != h.tags {
		return fmt.Errorf("its tags are not what was stored")
	}
	want, ok := c.numbered(c.s.standings(rec.Article, rec.Result, c.fixes))
	if !ok || !slices.Equal(want, h.stands) {
		return fmt.Errorf("its head lists other subjects than its tags")
	}
	return c.walked(article)
}

// walked compares what memory lists for an article with its newest head.
func (c *checker) walked(article uint32) error {
	m := &c.s.mem
	m.walk.RLock()
	defer m.walk.RUnlock()
	m.mu.RLock()
	now, err := c.s.viewLocked(c.ctx)
	m.mu.RUnlock()
	if err != nil {
		return err
	}
	defer now.close()
	h, err := now.head(article)
	if err != nil {
		return err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if !slices.Equal(m.relatedOf(h), m.forward.list(article)) {
		return fmt.Errorf("memory lists other subjects than its head")
	}
	return nil
}

// numbered gives standings their numbers; false when a subject has none.
func (v *view) numbered(list []named) ([]standing, bool) {
	out := make([]standing, len(list))
	for i, n := range list {
		number, ok := v.number(n.subject.Subject)
		if !ok {
			return nil, false
		}
		out[i] = n.standing
		out[i].subject = number
	}
	return out, true
}

// postings compares a subject's list, and its counts in memory, with what
// heads gave.
func (c *checker) postings(n uint32) error {
	var got tally
	var before *place
	err := c.view.postings(n, first, last, func(list []posting) {
		for _, p := range list {
			if before != nil && !before.before(p.place) {
				c.report.problem("subject %d: postings out of order at article %d", n, p.article)
			}
			before = &p.place
			got.add(p)
		}
	})
	if err != nil {
		return err
	}
	c.report.Rows += got.postings
	want := c.want[n]
	if got != want {
		c.report.problem("subject %v: %d postings with %d mentions, want %d with %d", c.info(n).Subject, got.postings, got.mentions,
			want.postings, want.mentions)
	}
	if articles, mentions := int(c.counts[n]), int(c.mentions[n]); articles != want.postings || mentions != want.mentions {
		c.report.problem("subject %v: memory counts %d articles and %d mentions, want %d and %d", c.info(n).Subject, articles, mentions,
			want.postings, want.mentions)
	}
	return nil
}

// names checks that there are no more names than articles; that each article
// has its own was checked with it.
func (c *checker) names() {
	n := 0
	c.rows.keys(span{prefix: nameTable.all()}, func([]byte) bool {
		n++
		return true
	})
	if n != c.report.Articles {
		c.report.problem("%d names for %d articles", n, c.report.Articles)
	}
}

// Repair makes all indexes anew from the records: heads, then every posting.
// Articles whose own record is damaged are left as they are and reported. Run
// it with nobody else at the archive; questions meanwhile see it half done.
func (s *Store) Repair(ctx context.Context) (Report, error) {
	if err := s.clearPostings(ctx); err != nil {
		return Report{}, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return Report{}, err
	}
	defer v.close()
	var numbers []uint32
	v.rows.keys(span{prefix: headTable.all()}, func(key []byte) bool {
		numbers = append(numbers, number(key))
		return true
	})
	for part := range slices.Chunk(numbers, restandAtOnce) {
		if err := s.submit(ctx, len(part)*slack/4, func(b *batch) error { return b.reindex(part) }); err != nil {
			return Report{}, err
		}
	}
	return s.Verify(ctx)
}

// clearPostings deletes all rows and blocks of postings, and names of
// articles that are not there.
func (s *Store) clearPostings(ctx context.Context) error {
	v, err := s.view(ctx)
	if err != nil {
		return err
	}
	defer v.close()
	var keys [][]byte
	for _, t := range []table{postingTable, blockTable, nameTable} {
		v.rows.keys(span{prefix: t.all()}, func(key []byte) bool {
			keys = append(keys, slices.Clone(key))
			return true
		})
	}
	for part := range slices.Chunk(keys, mostFolded) {
		err := s.submit(ctx, 64*len(part), func(b *batch) error {
			for _, key := range part {
				b.del(key)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reindex writes everything that an article's record gives, whatever was there.
func (b *batch) reindex(numbers []uint32) error {
	for _, article := range numbers {
		old, err := b.head(article)
		if err != nil {
			return err
		}
		now := *old
		if rec, err := b.s.raw(b.get, article, old); err == nil {
			now.stands = b.stand(b.s.standings(rec.Article, rec.Result, b.corrections()))
		}
		for _, st := range now.stands {
			b.post(st.subject, now.posting(article, st))
		}
		b.set(headTable.of32(article), encodeHead(&now))
		b.set(nameTable.ofString(now.name), binary.BigEndian.AppendUint32(nil, article))
		b.swaps = append(b.swaps, swapped{article, old, &now})
	}
	return nil
}
