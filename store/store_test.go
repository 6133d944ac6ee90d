package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// testOptions are an archive small in memory, in a folder of the test's own.
func testOptions(t testing.TB) Options {
	return Options{Dir: t.TempDir(), MemtableBytes: 4 << 20, CacheBytes: 4 << 20, NoSync: true}
}

func openTest(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	})
	return s
}

// written is an article about some entities, each mentioned in a sentence of
// its own, with its tags.
func written(name string, at time.Time, entities ...string) PutRequest {
	r := PutRequest{Article: Article{Name: name}, Result: &tagger.Result{Versions: tagger.Versions{Tagger: "1"}}}
	r.Article.Title = "About " + name
	r.Article.PublishTime = at
	var body strings.Builder
	for i, id := range entities {
		start := body.Len()
		fmt.Fprintf(&body, "%s was seen in report %s. ", id, name)
		r.Result.Sentences = append(r.Result.Sentences, tagger.Sentence{Field: tagger.Body, Span: gazetteer.Span{Start: start, End: body.Len() - 1}})
		r.Result.Mentions = append(r.Result.Mentions, tagger.Mention{Field: tagger.Body, Span: gazetteer.Span{Start: start, End: start + len(id)}, Type: tagger.PersonMention, Entity: i, Confidence: 1})
		r.Result.Entities = append(r.Result.Entities, tagger.Entity{ID: gazetteer.ID("Q-" + id), Name: id, Type: gazetteer.Person, Linked: true, Confidence: 1, Salience: 1 / float32(i+1), About: i == 0})
	}
	r.Article.Body = body.String()
	return r
}

func put(t testing.TB, s *Store, r PutRequest) PutResult {
	t.Helper()
	out, err := s.Put(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPutGetDelete(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	first := put(t, s, written("a", at, "Rahmon", "Putin"))
	if first.Outcome != Created {
		t.Errorf("outcome of a new article: got %v, want Created", first.Outcome)
	}
	if again := put(t, s, written("a", at, "Rahmon", "Putin")); again.Outcome != Unchanged || again.Record.ETag() != first.Record.ETag() {
		t.Errorf("the same article again: got %v and etag %s, want Unchanged and %s", again.Outcome, again.Record.ETag(), first.Record.ETag())
	}
	got, err := s.Get(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "About a" || len(got.Result.Entities) != 2 || !got.PublishTime.Equal(at) || got.TimeOrigin != GivenTime {
		t.Errorf("got %+v", got)
	}
	r := written("a", at, "Rahmon")
	r.ETag = first.Record.ETag()
	if second := put(t, s, r); second.Outcome != Updated || second.Record.Created != first.Record.Created {
		t.Errorf("an edit: got %v, want Updated with the time of creation kept", second.Outcome)
	}
	if _, err := s.Info(ctx, EntitySubject("Q-Putin")); !errors.Is(err, ErrNotFound) {
		t.Errorf("an entity edited out: got %v, want ErrNotFound", err)
	}
	r.Article.Title = "Another"
	if _, err := s.Put(ctx, r); !errors.Is(err, ErrStale) {
		t.Errorf("an etag from before the edit: got %v, want ErrStale", err)
	}
	if err := s.Delete(ctx, "a", first.Record.ETag()); !errors.Is(err, ErrStale) {
		t.Errorf("delete by an old etag: got %v, want ErrStale", err)
	}
	if err := s.Delete(ctx, "a", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, "a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a deleted article: got %v, want ErrNotFound", err)
	}
}

func TestRequestID(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	r := written("a", time.Time{}, "Rahmon")
	r.RequestID = "one"
	put(t, s, r)
	if again := put(t, s, r); again.Outcome != Created {
		t.Errorf("a repeated request: got %v, want the first answer, Created", again.Outcome)
	}
	other := written("b", time.Time{}, "Rahmon")
	other.RequestID = "one"
	if _, err := s.Put(ctx, other); !errors.Is(err, ErrReused) {
		t.Errorf("the id with another article: got %v, want ErrReused", err)
	}
}
