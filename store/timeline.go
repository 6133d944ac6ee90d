package store

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Timeline counts in buckets, for every subject from one snapshot. A subject
// in no article has empty buckets; where the range is open and no subject ever
// appeared, there are none.
func (s *Store) Timeline(ctx context.Context, q TimelineQuery) ([]Timeline, error) {
	if len(q.Subjects) == 0 {
		q.Subjects = []Subject{{}}
	}
	if q.Zone == nil {
		q.Zone = time.UTC
	}
	if q.Size > ByYear {
		return nil, bad(ErrInvalid, "bucket_size", fmt.Sprint(q.Size), "hour, day, week, month or year")
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	t := timelines{query: q}
	defer t.recycle()
	if t.scope, err = v.scope(q.Filter, false); err != nil {
		return nil, err
	}
	if err := t.read(v); err != nil {
		return nil, err
	}
	if err := t.cut(); err != nil {
		return nil, err
	}
	if err := t.count(v); err != nil {
		return nil, err
	}
	return t.out, nil
}

// timelines is one query being answered.
type timelines struct {
	query TimelineQuery
	scope scope
	lists [][]posting // dated postings of each subject
	out   []Timeline
	edges []time.Time // of the buckets: one more than there are
	marks []int64     // the edges as postings have times
}

// read gathers the postings of every subject.
func (t *timelines) read(v *view) error {
	for _, sub := range t.query.Subjects {
		list := (*postingLists.Get().(*[]posting))[:0]
		line := Timeline{Subject: sub, Name: v.nameOf(sub)}
		err := v.matching(sub, &t.scope, true, func(p posting) {
			if p.time == undated {
				line.Undated++
			} else {
				list = append(list, p)
			}
		})
		if err != nil {
			return err
		}
		if n := len(list); n > 0 {
			line.FirstSeen = timeOf(list[0].time).In(t.query.Zone)
			line.LastSeen = timeOf(list[n-1].time).In(t.query.Zone)
		}
		t.lists, t.out = append(t.lists, list), append(t.out, line)
	}
	return nil
}

// postingLists holds lists for the next timelines: that of a frequent subject
// is of megabytes, which the garbage collector would have to follow.
var postingLists = sync.Pool{New: func() any { return new([]posting) }}

func (t *timelines) recycle() {
	for i := range t.lists {
		postingLists.Put(&t.lists[i])
	}
}

// cut makes the buckets, closing an open end at what was found.
func (t *timelines) cut() error {
	from, to := t.query.Filter.From, t.query.Filter.To
	for _, line := range t.out {
		if line.FirstSeen.IsZero() {
			continue
		}
		if t.query.Filter.From.IsZero() && (from.IsZero() || line.FirstSeen.Before(from)) {
			from = line.FirstSeen
		}
		if t.query.Filter.To.IsZero() && !line.LastSeen.Before(to) {
			to = line.LastSeen.Add(time.Microsecond)
		}
	}
	if from.IsZero() || to.IsZero() || !from.Before(to) {
		return nil
	}
	var err error
	t.edges, err = calendar{t.query.Size, t.query.Zone}.edges(from, to)
	for _, e := range t.edges {
		t.marks = append(t.marks, e.UnixMicro())
	}
	return err
}

// count fills the buckets.
func (t *timelines) count(v *view) error {
	all, err := t.countAll(v)
	if err != nil {
		return err
	}
	var stories storySet
	for i, list := range t.lists {
		line := &t.out[i]
		line.Stories = stories.count(list)
		line.Buckets = make([]Bucket, max(len(t.edges)-1, 0))
		for n := range line.Buckets {
			b := &line.Buckets[n]
			b.Start, b.End, b.All = t.edges[n], t.edges[n+1], all[n]
			list = b.take(list, t.marks[n+1], &stories)
			line.Articles += b.Articles
			line.Mentions += b.Mentions
		}
	}
	return nil
}

// take counts the postings before the bucket's end and returns the rest.
func (b *Bucket) take(list []posting, end int64, stories *storySet) []posting {
	n := 0
	for n < len(list) && list[n].time < end {
		b.Mentions += int(list[n].mentions)
		n++
	}
	b.Articles, b.Stories = n, stories.count(list[:n])
	return list[n:]
}

// countAll counts the articles of any subject that pass the filter: with no
// subject required, from the clock.
func (t *timelines) countAll(v *view) ([]int, error) {
	all := make([]int, max(len(t.edges)-1, 0))
	if len(t.query.Filter.With) == 0 {
		for n := range all {
			from, to := max(t.marks[n], t.scope.from.time), min(t.marks[n+1], t.scope.to.time)
			all[n] = max(v.clock.rank(to)-v.clock.rank(from), 0)
		}
		return all, nil
	}
	n := 0
	err := v.matching(t.query.Filter.With[0], &t.scope, false, func(p posting) {
		for n < len(all) && p.time >= t.marks[n+1] {
			n++
		}
		if n < len(all) && p.time >= t.marks[0] {
			all[n]++
		}
	})
	return all, err
}

// storySet counts different stories of one list after another. A bit a story
// stays in the processor's caches, where a map or a number a story would not.
type storySet struct{ seen articles }

func (s *storySet) count(list []posting) int {
	n := 0
	for _, p := range list {
		if !s.seen.has(p.story) {
			s.seen.add(p.story)
			n++
		}
	}
	for _, p := range list {
		s.seen.clear(p.story)
	}
	return n
}
