package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// loadRequests are articles of which some are copies of others with a word
// changed, and some have no time.
func loadRequests(n int) []PutRequest {
	g := newSynthetic(4)
	var list []PutRequest
	for i := range n {
		r := g.article(fmt.Sprint("a", i), i*7%n, n)
		if i%5 == 4 {
			r.Article, r.Result = list[i-3].Article, list[i-3].Result
			r.Article.Name, r.Article.Source = fmt.Sprint("a", i), "copy.example"
			r.Article.Body = strings.Replace(r.Article.Body, " w", " v", 1)
		}
		if i%11 == 0 {
			r.Article.PublishTime = r.Article.PublishTime.AddDate(-9999, 0, 0).UTC()
			r.Article.PublishTime = modelStart.AddDate(0, 0, -1)
		}
		list = append(list, r)
	}
	return list
}

// A loaded archive answers as one does in which the same articles were
// published one by one, and takes changes as it does.
func TestLoad(t *testing.T) {
	ctx := context.Background()
	o := testOptions(t)
	published := openTest(t, o)
	o.Dir = filepath.Join(t.TempDir(), "loaded")
	l, err := NewLoader(o)
	if err != nil {
		t.Fatal(err)
	}
	requests := loadRequests(700)
	for _, r := range requests {
		put(t, published, r)
		if out, err := l.Add(r); err != nil || out != Created {
			t.Fatalf("add %s: got %v, %v", r.Article.Name, out, err)
		}
	}
	if out, err := l.Add(requests[3]); err != nil || out != Unchanged {
		t.Errorf("the same article again: got %v, %v, want Unchanged", out, err)
	}
	other := requests[4]
	other.Article.Title = "Another"
	if _, err := l.Add(other); !errors.Is(err, ErrTwice) {
		t.Errorf("another of that name: got %v, want ErrTwice", err)
	}
	if err := l.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	got := openTest(t, o)
	compareArchives(t, published, got, requests)
	for _, s := range []*Store{published, got} {
		put(t, s, other)
		if err := s.Delete(ctx, "a9", ""); err != nil {
			t.Error(err)
		}
		put(t, s, loadRequests(710)[705])
	}
	if report, err := got.Verify(ctx); err != nil || report.Count > 0 || report.Articles != 700 {
		t.Errorf("verify after changes: got %+v, %v", report, err)
	}
	compareArchives(t, published, got, requests[10:20])
	if _, err := NewLoader(o); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a load into an archive: got %v, want ErrNotEmpty", err)
	}
}

func compareArchives(t *testing.T, want, got *Store, of []PutRequest) {
	t.Helper()
	ctx := context.Background()
	if report, err := got.Verify(ctx); err != nil || report.Count > 0 {
		t.Errorf("verify: got %+v, %v", report, err)
	}
	stories := 0
	for _, r := range of {
		a, errA := want.Get(ctx, r.Article.Name)
		b, errB := got.Get(ctx, r.Article.Name)
		if diff := cmp.Diff(a, b, cmpopts.IgnoreFields(Record{}, "Revision", "Created", "Updated")); diff != "" || errA != nil || errB != nil {
			t.Fatalf("%s (-published +loaded): %v, %v\n%s", r.Article.Name, errA, errB, diff)
		}
		if a.Story != a.number(want) {
			stories++
		}
	}
	if stories == 0 {
		t.Error("no article joined the story of another")
	}
	top := EntitySubject("Q0")
	for _, sub := range []Subject{top, {}, TopicSubject(modelTopics[0]), {Source, "copy.example"}} {
		q := TimelineQuery{Subjects: []Subject{sub}, Size: ByMonth}
		a, errA := want.Timeline(ctx, q)
		b, errB := got.Timeline(ctx, q)
		if diff := cmp.Diff(a, b); diff != "" || errA != nil || errB != nil {
			t.Errorf("timeline of %v: %v, %v\n%s", sub, errA, errB, diff)
		}
	}
	a, errA := want.Related(ctx, RelatedQuery{Subject: top})
	b, errB := got.Related(ctx, RelatedQuery{Subject: top})
	if diff := cmp.Diff(a, b); diff != "" || errA != nil || errB != nil {
		t.Errorf("related: %v, %v\n%s", errA, errB, diff)
	}
}

// number is the article's number.
func (r *Record) number(s *Store) uint32 {
	v, err := s.view(context.Background())
	if err != nil {
		return 0
	}
	defer v.close()
	n, _ := v.named(r.Name)
	return n
}

// A load that is given up leaves nothing, one that was interrupted is no
// archive and does not stand in the way of the next.
func TestLoadInterrupted(t *testing.T) {
	o := testOptions(t)
	o.Dir = filepath.Join(t.TempDir(), "archive")
	for _, abandon := range []bool{false, true} {
		l, err := NewLoader(o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Add(written("a", modelStart, "Rahmon")); err != nil {
			t.Fatal(err)
		}
		if abandon {
			if err := l.Abandon(); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(o.Dir + ".loading"); !os.IsNotExist(err) {
				t.Errorf("after the load was given up: got %v, want nothing of it", err)
			}
		} else {
			l.rows.cancel()
			if err := l.s.abandon(); err != nil { // as far as a test can be killed
				t.Error(err)
			}
		}
		if _, err := os.Stat(o.Dir); !os.IsNotExist(err) {
			t.Errorf("before the load is finished: got %v, want no archive", err)
		}
	}
}
