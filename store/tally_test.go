package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Whether one counts or several, the counts are the same.
func TestTally(t *testing.T) {
	const subjects = 1000
	r := rand.New(rand.NewPCG(1, 2))
	for _, articles := range []uint32{0, 1, tallyBatch - 1, tallyBatch, 5*tallyBatch + 7} {
		var lists forward
		want := make([]uint32, len(newCounter(subjects).counts))
		count := counting{lists: &lists, fresh: func() *counter { return newCounter(subjects) }, all: newCounter(subjects)}
		for a := range articles {
			list := []uint32{a % subjects}
			if other := r.Uint32N(subjects); other != list[0] {
				list = append(list, other)
			}
			lists.set(a, list)
			for _, n := range list {
				want[n]++
			}
		}
		for a := range articles {
			count.add(a)
		}
		if got := count.finish().counts; !slices.Equal(got, want) {
			t.Errorf("%d articles: counts differ", articles)
		}
	}
}
