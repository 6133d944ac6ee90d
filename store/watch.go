package store

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Event is one change of the archive that a watcher asked for.
type Event struct {
	Kind    EventKind
	Name    string  // of the article
	Record  *Record // nil when deleted
	Subject Subject // which of the watched stands, or stood, in it
	Token   string  // Watch from here on to get what follows
}

// EventKind is what happened.
type EventKind uint8

// The kinds of events.
const (
	Appeared EventKind = iota + 1 // the subject stands in an article in which it did not
	Changed                       // the article changed, the subject stands in it as before
	Vanished                      // it stands there no more, or the article was deleted
)

// Watch calls do with every change that touches one of the subjects (of all,
// when there are none), in order, from the token on, or from now when it is
// empty, until the context ends or do fails. ErrExpired when the changes after
// the token are no longer kept.
func (s *Store) Watch(ctx context.Context, subjects []Subject, token string, do func(Event) error) error {
	w := watcher{s: s, subjects: subjects, do: do}
	if err := w.start(token); err != nil {
		return err
	}
	for {
		wake := s.waker()
		if err := w.catchUp(ctx); err != nil {
			return err
		}
		if err := s.await(ctx, wake); err != nil {
			return err
		}
	}
}

// WatchToken is where a Watch without a token would begin now.
func (s *Store) WatchToken() string {
	w := watcher{s: s}
	_ = w.start("") // fails for a bad token only
	return w.token()
}

// watcher is one Watch. It has passed on all changes up to its position.
type watcher struct {
	s        *Store
	subjects []Subject
	do       func(Event) error
	revision Revision
	index    uint32 // changes of that revision passed on
	part     int    // events of the next change passed on
}

// A token names the watcher's position and when it was there: revision, index,
// part and seconds since 1970, in hexadecimal.
func (w *watcher) token() string {
	return fmt.Sprintf("%x-%x-%x-%x", w.revision, w.index, w.part, w.s.opts.Now().Unix())
}

func (w *watcher) start(token string) error {
	w.s.mem.mu.RLock()
	newest := w.s.mem.revision
	w.s.mem.mu.RUnlock()
	if token == "" {
		w.revision = newest + 1
		return nil
	}
	var seconds int64
	var rest string
	n, _ := fmt.Sscanf(token+" .", "%x-%x-%x-%x %s", &w.revision, &w.index, &w.part, &seconds, &rest)
	if n != 5 || w.part < 0 || rest != "." || w.revision > newest+1 {
		return bad(ErrBadPage, "resume_token", token, "the token of an event of this archive")
	}
	if seen := time.Unix(seconds, 0); w.s.opts.Now().Sub(seen) > keepChanges {
		return bad(ErrExpired, "resume_token", token, "one of the last seven days")
	}
	return nil
}

// watched is a change with its place in the log.
type watched struct {
	logged
	revision Revision
	index    uint32
}

// catchUp passes on all changes that are visible by now.
func (w *watcher) catchUp(ctx context.Context) error {
	v, err := w.s.view(ctx)
	if err != nil {
		return err
	}
	defer v.close()
	var changes []watched
	lo := changeKey(w.revision, w.index)
	err = v.rows.scan(span{prefix: changeTable.all(), lo: lo}, func(key, value []byte) (bool, error) {
		c, err := decodeChange(value)
		changes = append(changes, watched{c, Revision(number64(key)), number(key[8:])})
		return true, err
	})
	if err != nil {
		return err
	}
	for _, c := range changes {
		if c.revision != w.revision || c.index != w.index {
			w.revision, w.index, w.part = c.revision, c.index, 0
		}
		if err := w.pass(v, c.logged); err != nil {
			return err
		}
	}
	return nil
}

// pass tells of a change, once for each subject that it touches.
func (w *watcher) pass(v *view, c logged) error {
	events := w.events(v, c)
	var rec *Record
	if len(events) > w.part && !c.deleted {
		var err error
		if rec, err = v.record(c.article); err != nil {
			return err
		}
	}
	for len(events) > w.part {
		e := events[w.part]
		if w.part++; w.part == len(events) {
			w.index, w.part = w.index+1, 0
			events = nil
		}
		e.Name, e.Record, e.Token = c.name, rec, w.token()
		if err := w.do(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *watcher) events(v *view, c logged) []Event {
	subjects := w.subjects
	if len(subjects) == 0 {
		kind := Changed
		switch {
		case c.deleted:
			kind = Vanished
		case len(c.before) == 0:
			kind = Appeared
		}
		return []Event{{Kind: kind}}
	}
	var events []Event
	for _, sub := range subjects {
		n, ok := v.number(sub)
		before, after := slices.Contains(c.before, n), slices.Contains(c.after, n)
		switch {
		case !ok || !before && !after:
		case !before:
			events = append(events, Event{Kind: Appeared, Subject: sub})
		case !after:
			events = append(events, Event{Kind: Vanished, Subject: sub})
		default:
			events = append(events, Event{Kind: Changed, Subject: sub})
		}
	}
	return events
}
