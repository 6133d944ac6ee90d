package store

import (
	"runtime"
	"sync"
)

// Counting a million subjects waits for memory more than it computes, so that
// the articles of a frequent one are counted by several workers.
const (
	tallyBatch   = 4096 // articles; fewer are counted where they are fed
	tallyWorkers = 4    // at most, since each has an array of all subjects
)

// tally counts for every subject the articles, out of those that feed adds,
// in which it stands. The caller holds the lock of the walk; the counts are the
// view's.
func (v *view) tally(feed func(add func(article uint32))) *counter {
	t := counting{lists: &v.s.mem.forward, fresh: v.counter, all: v.counter()}
	feed(t.add)
	return t.finish()
}

// counting is a tally under way.
type counting struct {
	lists   *forward
	fresh   func() *counter
	all     *counter
	batch   []uint32      // articles added and not yet counted
	batches chan []uint32 // nil until there are workers
	parts   []*counter    // of the workers
	working sync.WaitGroup
}

func (t *counting) add(article uint32) {
	if t.batch = append(t.batch, article); len(t.batch) < tallyBatch {
		return
	}
	if t.batches == nil {
		t.start()
	}
	t.batches <- t.batch
	t.batch = make([]uint32, 0, tallyBatch)
}

func (t *counting) start() {
	t.batches = make(chan []uint32, tallyWorkers)
	for range min(runtime.GOMAXPROCS(0), tallyWorkers) {
		part := t.fresh()
		t.parts = append(t.parts, part)
		t.working.Go(func() {
			for articles := range t.batches {
				t.count(part, articles)
			}
		})
	}
}

func (t *counting) count(c *counter, articles []uint32) {
	for _, a := range articles {
		c.add(t.lists.list(a))
	}
}

// finish returns the counts of all articles added.
func (t *counting) finish() *counter {
	t.count(t.all, t.batch)
	if t.batches != nil {
		close(t.batches)
		t.working.Wait()
		for _, part := range t.parts {
			t.all.merge(part)
		}
	}
	return t.all
}
