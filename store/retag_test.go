package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dateline-news/dateline/tagger"
)

// renamed tags as written does, for an article about one entity, another one.
func renamed(r PutRequest, id string) *tagger.Result {
	result := *r.Result
	result.Versions.Tagger = "2"
	result.Entities = []tagger.Entity{result.Entities[0]}
	result.Entities[0].ID = "Q-new"
	result.Entities[0].Name = id
	return &result
}

// A job goes on where it was when the archive closed in the middle of it, and
// counts every article once; a second job finds nothing to change.
func TestRetagResumes(t *testing.T) {
	ctx := context.Background()
	o := testOptions(t)
	s := openTest(t, o)
	const articles = 300
	first := written("x", modelStart, "Rahmon")
	for i := range articles {
		r := first
		r.Article.Name = fmt.Sprint("a", i)
		put(t, s, r)
	}
	if _, err := s.Correct(ctx, Correction{Kind: Pin, Article: "a7", Entity: "Q-pinned", Name: "Pinned"}); err != nil {
		t.Fatal(err)
	}
	job, err := s.Retag(ctx, RetagOptions{}) // waits for a tagger
	if err != nil || job.State != Pending || job.Total != articles {
		t.Fatalf("a new job: got %+v, %v", job, err)
	}
	if _, err := s.Resume(ctx, job.ID); !errors.Is(err, ErrWrongTurn) {
		t.Errorf("resume of a job that waits: got %v, want ErrWrongTurn", err)
	}
	var tagged atomic.Int64
	tag := func(ctx context.Context, a tagger.Article) (*tagger.Result, error) {
		if a.Body == "" {
			return &tagger.Result{Versions: tagger.Versions{Tagger: "2"}}, nil
		}
		tagged.Add(1)
		return renamed(first, "New"), ctx.Err()
	}
	stop := make(chan struct{})
	s.SetTagger(func(ctx context.Context, a tagger.Article) (*tagger.Result, error) {
		if tagged.Load() >= articles/3 {
			select { // until the archive closes
			case <-stop:
			case <-ctx.Done():
			}
		}
		return tag(ctx, a)
	})
	for tagged.Load() < articles/3 {
		time.Sleep(time.Millisecond)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	close(stop)

	o.Tag = tag
	s = openTest(t, o)
	err = s.WatchJob(ctx, job.ID, func(j Job) error { job = j; return nil })
	if err != nil || job.State != Succeeded || job.Done != articles || job.Changed != articles {
		t.Fatalf("the job at its end: got %+v, %v", job, err)
	}
	if g, l := job.Summary.EntitiesGained, job.Summary.EntitiesLost; g != articles || l != articles {
		t.Errorf("summary: got %d gained and %d lost, want %d each", g, l, articles)
	}
	if info, err := s.Info(ctx, EntitySubject("Q-new")); err != nil || info.Articles != articles {
		t.Errorf("the new entity: got %d articles, %v", info.Articles, err)
	}
	if info, err := s.Info(ctx, EntitySubject("Q-pinned")); err != nil || info.Articles != 1 {
		t.Errorf("the pinned entity: got %d articles, %v; corrections survive a retag", info.Articles, err)
	}
	for _, again := range []RetagOptions{{}, {OnlyOutdated: true}, {DryRun: true}} {
		before := s.Stats().Articles
		second, err := s.Retag(ctx, again)
		if err != nil {
			t.Fatal(err)
		}
		err = s.WatchJob(ctx, second.ID, func(j Job) error { second = j; return nil })
		if err != nil || second.Changed != 0 || second.State != Succeeded || before != s.Stats().Articles {
			t.Errorf("the same again, %+v: got %+v, %v; want nothing changed", again, second, err)
		}
	}
}

// Where new versions find the same tags, a job for outdated articles changes
// their versions and nothing else, and the next one has nothing left to tag.
func TestRetagOutdatedTwice(t *testing.T) {
	ctx := context.Background()
	o := testOptions(t)
	var tagged atomic.Int32
	o.Tag = func(_ context.Context, a tagger.Article) (*tagger.Result, error) {
		if a.Body != "" { // else it asks for the versions
			tagged.Add(1)
		}
		r := written(strings.TrimPrefix(a.Title, "About "), modelStart, "Rahmon").Result
		r.Versions.Tagger = "2"
		return r, nil
	}
	s := openTest(t, o)
	const articles = 50
	for i := range articles {
		put(t, s, written(fmt.Sprint("a", i), modelStart, "Rahmon"))
	}
	for _, want := range []int32{articles, 0} {
		tagged.Store(0)
		job, err := s.Retag(ctx, RetagOptions{OnlyOutdated: true})
		if err != nil {
			t.Fatal(err)
		}
		err = s.WatchJob(ctx, job.ID, func(j Job) error { job = j; return nil })
		if err != nil || job.State != Succeeded || job.Changed != 0 || job.Failures != 0 || tagged.Load() != want {
			t.Errorf("got %+v, %v and %d articles tagged; want %d tagged and none changed", job, err, tagged.Load(), want)
		}
	}
	if r, err := s.Get(ctx, "a7"); err != nil || r.Result.Versions.Tagger != "2" {
		t.Errorf("after the jobs: got versions %+v, %v, want the new ones", r.Result.Versions, err)
	}
}

// A job is paused, goes on and is cancelled; what cannot be tagged keeps its
// tags and is counted.
func TestSteerJob(t *testing.T) {
	ctx := context.Background()
	o := testOptions(t)
	gate := make(chan struct{})
	o.Tag = func(ctx context.Context, _ tagger.Article) (*tagger.Result, error) {
		select {
		case <-gate:
			return nil, errors.New("no tagger for this")
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s := openTest(t, o)
	for i := range 100 {
		put(t, s, written(fmt.Sprint("a", i), modelStart, "Rahmon"))
	}
	job, err := s.Retag(ctx, RetagOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if job, err = s.Pause(ctx, job.ID); err != nil || job.State != Paused {
		t.Fatalf("pause: got %v, %v", job.State, err)
	}
	if _, err := s.Pause(ctx, job.ID); !errors.Is(err, ErrWrongTurn) {
		t.Errorf("pause of a paused job: got %v, want ErrWrongTurn", err)
	}
	if _, err = s.Resume(ctx, job.ID); err != nil {
		t.Fatal(err)
	}
	other, err := s.Retag(ctx, RetagOptions{Filter: Filter{From: modelStart.Add(1)}})
	if err != nil || other.Total != 0 {
		t.Fatalf("a job of no articles: got %+v, %v", other, err)
	}
	if other, err = s.Cancel(ctx, other.ID); err != nil || other.State != Cancelled {
		t.Fatalf("cancel: got %v, %v", other.State, err)
	}
	close(gate)
	err = s.WatchJob(ctx, job.ID, func(j Job) error { job = j; return nil })
	if err != nil || job.State != Succeeded || job.Failures != 100 || job.Changed != 0 {
		t.Errorf("the job at its end: got %+v, %v; want 100 failures and no change", job, err)
	}
	if info, err := s.Info(ctx, EntitySubject("Q-Rahmon")); err != nil || info.Articles != 100 {
		t.Errorf("the tags as they were: got %d articles, %v", info.Articles, err)
	}
}

// A job keeps to its rate, by a clock of the test's own, and does not go beyond
// it when a part has taken longer than the rate allows.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := runner{last: time.Now()}
		for part, took := range []time.Duration{0, 2 * time.Second, 30 * time.Second, time.Second} {
			began := time.Now()
			time.Sleep(took)
			if err := r.pace(t.Context(), 4, 32); err != nil {
				t.Fatal(err)
			}
			if got, want := time.Since(began), max(took, 8*time.Second); got != want {
				t.Errorf("part %d: 32 articles at 4 a second, tagged in %v: took %v, want %v", part, took, got, want)
			}
		}
	})
}
