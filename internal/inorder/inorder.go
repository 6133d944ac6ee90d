// Package inorder works on all cores without losing the order of the work.
package inorder

import (
	"context"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Each applies f to every item on all cores and hands the results to emit
// in the order of the items. At most twice as many items as there are cores
// are in memory at once. idle is called whenever emit would have to wait for
// the next result, to flush what was emitted so far.
func Each[T, R any](ctx context.Context, items iter.Seq2[T, error], f func(T) R, emit func(R) error, idle func() error) error {
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan chan R, 2*runtime.GOMAXPROCS(0))
	g.Go(func() error {
		defer close(queue)
		for item, err := range items {
			if err != nil {
				return err
			}
			result := make(chan R, 1)
			select {
			case queue <- result:
			case <-ctx.Done():
				return ctx.Err()
			}
			go func() { result <- f(item) }()
		}
		return nil
	})
	g.Go(func() error {
		for result := range queue {
			if len(result) == 0 {
				if err := idle(); err != nil {
					return err
				}
			}
			if err := emit(<-result); err != nil {
				return err
			}
		}
		return idle()
	})
	return g.Wait()
}
