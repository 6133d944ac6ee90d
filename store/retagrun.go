package store

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/tagger"
)

// runJobs is the runner: it ends with the archive.
func (s *Store) runJobs() {
	for {
		if j, tag := s.retags.next(); j != nil && tag != nil {
			s.runJob(j.number, tag)
		} else {
			select {
			case <-s.retags.nudge:
			case <-s.life.Done():
				return
			}
		}
		if s.life.Err() != nil {
			return
		}
	}
}

// runJob brings a job to its end, or to where it was told to stop.
func (s *Store) runJob(number uint64, tag TagFunc) {
	ctx, stop := context.WithCancel(s.life)
	defer stop()
	s.retags.mu.Lock()
	s.retags.running, s.retags.stop = number, stop
	s.retags.mu.Unlock()
	defer func() {
		s.retags.mu.Lock()
		s.retags.running = 0
		s.retags.mu.Unlock()
	}()
	r := runner{s: s, number: number, tag: tag}
	err := r.run(ctx)
	if err == nil || ctx.Err() != nil || errors.Is(err, context.Canceled) || errors.Is(err, ErrClosed) {
		return // done, steered elsewhere, or to go on when the archive is next opened
	}
	s.opts.Log.Error("retag job", "job", number, "err", err)
	_ = r.save(s.life, nil, func(j *job) { j.State, j.Err = Failed, err.Error() })
}

// runner is one run of a job, from its checkpoint on.
type runner struct {
	s       *Store
	number  uint64
	tag     TagFunc
	current tagger.Versions // of what is tagged now, for OnlyOutdated
	last    time.Time       // when the part before was done
}

// retagAtOnce is how many articles are tagged, and swapped, between two
// checkpoints: enough to keep all cores at work, few enough that publishers
// wait little behind them.
const retagAtOnce = 32

func (r *runner) run(ctx context.Context) error {
	if err := r.save(ctx, nil, func(j *job) { j.State = Running }); err != nil {
		return err
	}
	j := r.s.retags.get(r.number)
	list, err := r.selected(ctx, j)
	if err != nil {
		return err
	}
	if j.Options.OnlyOutdated {
		probe, err := r.tag(ctx, tagger.Article{Title: "Which versions tag?"})
		if err != nil {
			return err
		}
		r.current = probe.Versions
	}
	r.last = time.Now()
	for part := range slices.Chunk(list, retagAtOnce) {
		if err := r.part(ctx, j.Options, part); err != nil {
			return err
		}
		if err := r.pace(ctx, j.Options.MaxRate, len(part)); err != nil {
			return err
		}
	}
	return r.save(ctx, nil, func(j *job) { j.State = Succeeded })
}

// selected lists the articles still to be done, by number.
func (r *runner) selected(ctx context.Context, j *job) ([]uint32, error) {
	v, err := r.s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	list, err := v.ordered(ListQuery{Subject: j.Options.Subject, Filter: j.Options.Filter})
	var numbers []uint32
	for _, p := range list {
		if p.article >= j.checkpoint && p.article < j.end {
			numbers = append(numbers, p.article)
		}
	}
	slices.Sort(numbers)
	return numbers, err
}

// pace keeps to a rate. What a slow part has fallen behind is not made up for by
// the next ones, which would go beyond the rate.
func (r *runner) pace(ctx context.Context, rate float64, n int) error {
	if rate > 0 {
		due := r.last.Add(time.Duration(float64(n) / rate * float64(time.Second)))
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
		}
		r.last = time.Now()
	}
	return ctx.Err()
}

// retagged is an article tagged anew.
type retagged struct {
	article uint32
	before  *Record // as it was tagged, before corrections; nil when skipped
	head    *head
	after   *tagger.Result
	row     []byte // of after
	hash    uint64
	err     error // the tagger's
}

// part tags some articles and swaps them, together with the job's checkpoint.
func (r *runner) part(ctx context.Context, o RetagOptions, numbers []uint32) error {
	done, err := r.tagAll(ctx, o, numbers)
	if err != nil {
		return err
	}
	return r.save(ctx, done, func(j *job) {
		j.checkpoint = numbers[len(numbers)-1] + 1
		j.Done += len(done)
	})
}

// tagAll tags with half the cores, the other half being the publishers'.
func (r *runner) tagAll(ctx context.Context, o RetagOptions, numbers []uint32) ([]retagged, error) {
	v, err := r.s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	done := make([]retagged, len(numbers))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(runtime.GOMAXPROCS(0)/2, 1))
	for i, n := range numbers {
		g.Go(func() (err error) {
			done[i], err = r.tagOne(ctx, v, o, n)
			return err
		})
	}
	return done, g.Wait()
}

// tagOne fails only where the archive or the context does; that an article
// cannot be tagged is counted.
func (r *runner) tagOne(ctx context.Context, v *view, o RetagOptions, article uint32) (retagged, error) {
	t := retagged{article: article}
	h, err := v.head(article)
	if err != nil || h == nil || o.OnlyOutdated && h.versions == r.current {
		return t, err
	}
	rec, err := v.raw(article, h)
	if err != nil {
		return t, err
	}
	t.before, t.head = rec, h
	if t.after, t.err = r.tag(ctx, rec.Article.Article); t.err == nil {
		t.err = checkResult(rec.Article, t.after)
	}
	if t.err == nil {
		t.row, t.hash = r.s.packTags(t.after)
	}
	return t, ctx.Err()
}

// save stages swaps and the changed job as one batch.
func (r *runner) save(ctx context.Context, done []retagged, change func(*job)) error {
	// Not to be given up half-way: what is staged later would count twice.
	return r.s.submit(context.WithoutCancel(ctx), len(done)*slack/8, func(b *batch) error {
		now := *b.job(r.number)
		if now.State != Running && now.State != Pending {
			return context.Canceled // paused or cancelled meanwhile
		}
		now.Summary = now.Summary.clone()
		for _, t := range done {
			if err := b.swapTags(t, &now); err != nil {
				return err
			}
		}
		change(&now)
		now.rate(timeOf(b.now), len(done))
		now.Updated = timeOf(b.now)
		b.setJob(&now)
		return nil
	})
}

// job is a job as of this batch.
func (b *batch) job(number uint64) *job {
	if j, ok := b.jobs[number]; ok {
		return j
	}
	return b.s.retags.get(number)
}

func (b *batch) setJob(j *job) {
	b.jobs[j.number] = j
	b.set(jobTable.of64(j.number), encodeJob(j))
	b.then(func() { b.s.retags.put(j) })
}

// rate follows the articles per second, the last parts weighing most.
func (j *job) rate(now time.Time, n int) {
	took := now.Sub(j.Updated).Seconds()
	if n == 0 || took <= 0 {
		return
	}
	rate := float64(n) / took
	if j.Rate == 0 {
		j.Rate = rate
	}
	j.Rate += (rate - j.Rate) / 8
}

// swapTags counts what changes in an article and, unless the job is a dry run,
// makes the change. Where no tag changed, the versions still do, so that the
// next job for outdated articles passes the article by. An article that was changed since it was tagged is left
// alone: whoever changed it tagged it anew.
func (b *batch) swapTags(t retagged, j *job) error {
	if t.before == nil {
		return nil
	}
	if t.err != nil {
		j.Failures++
		return nil
	}
	old, err := b.head(t.article)
	if err != nil || old == nil || old.revision != t.head.revision {
		return err
	}
	same := t.hash == old.tags
	if !same {
		j.Changed++
		fixes := b.corrections()
		j.Summary.add(diff(old.name, fixes.apply(old.name, t.before.Result), fixes.apply(old.name, t.after)))
	}
	if j.Options.DryRun || same && old.versions == t.after.Versions {
		return nil
	}
	now := *old
	if same && !j.Options.Force {
		now.versions, now.revision, now.updated = t.after.Versions, b.revision, b.now
		b.swap(t.article, old, &now)
		return nil
	}
	now.stands = b.stand(b.s.standings(t.before.Article, t.after, b.corrections()))
	now.tags, now.versions, now.revision, now.updated = t.hash, t.after.Versions, b.revision, b.now
	b.set(tagsTable.of32(t.article), t.row)
	b.swap(t.article, old, &now)
	b.log(logged{article: t.article, name: old.name, before: b.relatedOf(old), after: b.relatedOf(&now), tagsOnly: true})
	return nil
}
