package store

import (
	"context"
)

// write is one change waiting for the writer.
type write struct {
	bytes int // about as many as it will stage
	stage func(*batch) error
	done  chan error // holds one
}

// maxGroup bounds how many writes share a batch, so that the first does not
// wait long for the last.
const maxGroup = 256

// slack is room in a transaction for the rows of one article beside its text.
const slack = 256 << 10

// submit has the writer stage a change and returns when it is on disk. stage
// runs in the writer's goroutine; it must stage nothing when it fails. A
// context that ends while the change waits does not take it back.
func (s *Store) submit(ctx context.Context, bytes int, stage func(*batch) error) error {
	w := &write{bytes, stage, make(chan error, 1)}
	s.closing.RLock()
	if s.closed {
		s.closing.RUnlock()
		return ErrClosed
	}
	select {
	case s.writes <- w:
		s.closing.RUnlock()
	case <-ctx.Done():
		s.closing.RUnlock()
		return ctx.Err()
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run is the writer: it alone changes the archive. It ends when writes is
// closed.
func (s *Store) run() {
	defer close(s.stopped)
	room, rows := s.engine.room()
	var next *write
	for {
		w := next
		if w == nil {
			var open bool
			if w, open = <-s.writes; !open {
				return
			}
		}
		next = s.group(w, room/2, rows/2)
		s.foldDue()
	}
}

// group commits one write and those that wait behind it as one batch. What no
// longer fits is returned to begin the next.
func (s *Store) group(w *write, room, rows int) (next *write) {
	b := s.newBatch()
	var waiting []*write
	for n := 0; w != nil; n++ {
		if n > 0 && (b.bytes+w.bytes+slack > room || len(b.rows) > rows || n == maxGroup) {
			next = w
			break
		}
		if err := w.stage(b); err != nil {
			w.done <- err
		} else {
			waiting = append(waiting, w)
		}
		w = s.waiting()
	}
	err := b.commit()
	for _, w := range waiting {
		w.done <- err
	}
	if err == nil && len(b.rows) > 0 {
		s.committed()
	}
	return next
}

// waiting is the next write in line, nil when there is none.
func (s *Store) waiting() *write {
	select {
	case w := <-s.writes:
		return w // nil once closed
	default:
		return nil
	}
}

// committed wakes watchers and lets old versions go.
func (s *Store) committed() {
	s.engine.forget(s.oldest())
	s.waking.Lock()
	close(s.wake)
	s.wake = make(chan struct{})
	s.waking.Unlock()
}

// waker is closed by the next commit.
func (s *Store) waker() <-chan struct{} {
	s.waking.Lock()
	defer s.waking.Unlock()
	return s.wake
}

// await waits for a waker, until ctx or the archive ends first.
func (s *Store) await(ctx context.Context, wake <-chan struct{}) error {
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.life.Done():
		return ErrClosed
	}
}
