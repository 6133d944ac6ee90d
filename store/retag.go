package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
)

// retagging runs one job at a time, in the order of their creation.
type retagging struct {
	mu      sync.Mutex
	jobs    map[uint64]*job // replaced, never changed
	tag     TagFunc
	running uint64             // 0 when none
	stop    context.CancelFunc // of the running one
	nudge   chan struct{}      // holds one: something may be startable
}

// SetTagger sets what retag jobs tag with from their next articles on. Jobs
// that waited for it start.
func (s *Store) SetTagger(tag TagFunc) {
	s.retags.mu.Lock()
	s.retags.tag = tag
	s.retags.mu.Unlock()
	s.retags.wake()
}

func (r *retagging) wake() {
	select {
	case r.nudge <- struct{}{}:
	default:
	}
}

func (r *retagging) get(number uint64) *job {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.jobs[number]
}

func (r *retagging) put(j *job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jobs[j.number] = j
}

// next is the oldest job that wants to run.
func (r *retagging) next() (*job, TagFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var first *job
	for _, j := range r.jobs {
		if (j.State == Pending || j.State == Running) && (first == nil || j.number < first.number) {
			first = j
		}
	}
	return first, r.tag
}

// Retag creates a job. One runs at a time; others wait.
func (s *Store) Retag(ctx context.Context, o RetagOptions) (Job, error) {
	if !(o.MaxRate >= 0) {
		return Job{}, bad(ErrInvalid, "max_rate", fmt.Sprint(o.MaxRate), "0 or more articles per second")
	}
	v, err := s.view(ctx)
	if err != nil {
		return Job{}, err
	}
	list, err := v.ordered(ListQuery{Subject: o.Subject, Filter: o.Filter})
	v.close()
	if err != nil {
		return Job{}, err
	}
	j := &job{Job: Job{Options: o, Total: len(list)}}
	err = s.submit(ctx, 0, func(b *batch) error {
		b.meta.nextJob++
		j.number, j.end = b.meta.nextJob, b.meta.nextArticle
		j.ID, j.Created, j.Updated = strconv.FormatUint(j.number, 10), timeOf(b.now), timeOf(b.now)
		b.set(jobTable.of64(j.number), encodeJob(j))
		return nil
	})
	if err != nil {
		return Job{}, err
	}
	s.retags.put(j)
	s.retags.wake()
	return j.Job, nil
}

// Job finds a job by id.
func (s *Store) Job(ctx context.Context, id string) (Job, error) {
	number, err := strconv.ParseUint(id, 10, 64)
	if j := s.retags.get(number); err == nil && j != nil {
		return j.Job, ctx.Err()
	}
	return Job{}, bad(ErrNotFound, "retag_job", id, "the id of a job")
}

// Jobs lists all jobs, newest first.
func (s *Store) Jobs(ctx context.Context) ([]Job, error) {
	s.retags.mu.Lock()
	defer s.retags.mu.Unlock()
	var list []*job
	for _, j := range s.retags.jobs {
		list = append(list, j)
	}
	slices.SortFunc(list, func(a, b *job) int { return cmp.Compare(b.number, a.number) })
	return convert(list, func(j *job) Job { return j.Job }), ctx.Err()
}

// Pause stops a job at its next checkpoint.
func (s *Store) Pause(ctx context.Context, id string) (Job, error) {
	return s.steer(ctx, id, Paused, Pending, Running)
}

// Resume lets a paused or failed job go on from its checkpoint.
func (s *Store) Resume(ctx context.Context, id string) (Job, error) {
	return s.steer(ctx, id, Pending, Paused, Failed)
}

// Cancel ends a job; what it swapped stays.
func (s *Store) Cancel(ctx context.Context, id string) (Job, error) {
	return s.steer(ctx, id, Cancelled, Pending, Running, Paused, Failed)
}

// steer moves a job to another state, if it is in one of some.
func (s *Store) steer(ctx context.Context, id string, to JobState, from ...JobState) (Job, error) {
	if _, err := s.Job(ctx, id); err != nil {
		return Job{}, err
	}
	number, _ := strconv.ParseUint(id, 10, 64)
	var now job
	err := s.submit(ctx, 0, func(b *batch) error {
		now = *b.job(number)
		if !slices.Contains(from, now.State) {
			return bad(ErrWrongTurn, "retag_job.state", now.State.String(), fmt.Sprint("one of ", from))
		}
		now.State, now.Updated, now.Err = to, timeOf(b.now), ""
		b.setJob(&now)
		return nil
	})
	if err == nil {
		s.retags.interrupt(number)
		s.retags.wake()
	}
	return now.Job, err
}

// interrupt has the runner look at its job's state.
func (r *retagging) interrupt(number uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running == number {
		r.stop()
	}
}

// String is the state in a word.
func (s JobState) String() string {
	return [...]string{"pending", "running", "paused", "succeeded", "cancelled", "failed"}[s]
}

// final reports whether the job does nothing more by itself.
func (s JobState) final() bool { return s >= Succeeded }

// WatchJob calls do with the job now and whenever it changes, until it ends or
// do fails.
func (s *Store) WatchJob(ctx context.Context, id string, do func(Job) error) error {
	number, _ := strconv.ParseUint(id, 10, 64)
	var last *job
	for {
		wake := s.waker()
		if _, err := s.Job(ctx, id); err != nil {
			return err
		}
		if now := s.retags.get(number); now != last {
			if err := do(now.Job); err != nil || now.State.final() {
				return err
			}
			last = now
		}
		if err := s.await(ctx, wake); err != nil {
			return err
		}
	}
}
