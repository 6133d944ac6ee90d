package inorder

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func numbers(n int, last error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if last != nil {
			yield(0, last)
		}
	}
}

func TestEachKeepsOrderAndBounds(t *testing.T) {
	const n = 500
	var running, most atomic.Int64
	var got []int
	flushed := -1 // how many results were out at the last flush
	err := Each(context.Background(), numbers(n, nil),
		func(i int) int {
			now := running.Add(1)
			defer running.Add(-1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			time.Sleep(time.Duration(rand.IntN(200)) * time.Microsecond)
			return i
		},
		func(i int) error { got = append(got, i); return nil },
		func() error { flushed = len(got); return nil },
	)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(got) || len(got) != n {
		t.Errorf("got %d results, sorted %v; want %d, sorted", len(got), slices.IsSorted(got), n)
	}
	if bound := int64(2*runtime.GOMAXPROCS(0) + 2); most.Load() > bound {
		t.Errorf("%d items in progress at once, want at most %d", most.Load(), bound)
	}
	if flushed != n {
		t.Errorf("last flush after %d results, want after all %d", flushed, n)
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	boom := errors.New("boom")
	same := func(i int) int { return i }
	fine := func() error { return nil }
	t.Run("of the input", func(t *testing.T) {
		err := Each(context.Background(), numbers(5, boom), same, func(int) error { return nil }, fine)
		if !errors.Is(err, boom) {
			t.Errorf("got %v, want %v", err, boom)
		}
	})
	t.Run("of the output", func(t *testing.T) {
		err := Each(context.Background(), numbers(1e6, nil), same, func(int) error { return boom }, fine)
		if !errors.Is(err, boom) {
			t.Errorf("got %v, want %v", err, boom)
		}
	})
}
