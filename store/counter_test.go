package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// A counter that was used before counts as a new one does.
func TestCounter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c := newCounter(5000)
	for round := range 20 {
		want := map[uint32]uint32{}
		for range r.IntN(300) {
			n := uint32(r.IntN(5000))
			c.add([]uint32{n, 4999})
			want[n]++
			want[4999]++
		}
		for lo, counts := range c.stretches() {
			for i, got := range counts {
				if n := lo + uint32(i); got != want[n] {
					t.Errorf("round %d, subject %d: got %d, want %d", round, n, got, want[n])
				}
				delete(want, lo+uint32(i))
			}
		}
		if len(want) > 0 {
			t.Errorf("round %d: not among the stretches: %v", round, want)
		}
		c.reset()
	}
}

// Questions that are asked at once, while new subjects come in, do not see each
// other's counts: whoever stands in one article shares one.
func TestRelatedConcurrent(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	put(t, s, written("a0", modelStart, "Rahmon", "guest 0"))
	var publishing, asking sync.WaitGroup
	done := make(chan struct{})
	publishing.Go(func() {
		for i := range 300 {
			put(t, s, written(fmt.Sprint("a", i+1), modelStart, "Rahmon", fmt.Sprint("guest ", i+1)))
		}
	})
	ask := func(name gazetteer.ID) {
		list, err := s.Related(ctx, RelatedQuery{Subject: EntitySubject("Q-" + name)})
		if err != nil || len(list) == 0 {
			t.Errorf("%s: got %v, %v", name, list, err)
		}
		for _, r := range list {
			if r.Together != 1 {
				t.Errorf("%s and %s share %d articles, want 1", name, r.ID, r.Together)
			}
		}
	}
	for range 2 {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					ask("Rahmon")
					ask("guest 0")
				}
			}
		})
	}
	publishing.Wait()
	close(done)
	asking.Wait()
}
