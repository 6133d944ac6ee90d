package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestWatch reads articles from a watch as they are published, and goes on
// behind the first of them in another watch.
func TestWatch(t *testing.T) {
	conn := startService(t, serviceOptions{})
	first := startWatch(t, conn.Target())
	seen := make(chan []news)
	go func() { seen <- []news{first.next(t), first.next(t)} }()
	var got []news
	for i := 0; got == nil; i++ { // until the watch has begun, nobody reads along
		_, err := datelinev1.NewArticleServiceClient(conn).PublishArticle(context.Background(),
			&datelinev1.PublishArticleRequest{Article: crashArticle(0, i)})
		if err != nil {
			t.Fatal(err)
		}
		select {
		case got = <-seen:
		case <-time.After(10 * time.Millisecond):
		}
	}
	again := startWatch(t, conn.Target(), "--after", got[0].ResumeToken).next(t)
	if again.Appearance.Article.Name != got[1].Appearance.Article.Name {
		t.Errorf("behind the first article comes %+v, want %+v", again, got[1])
	}
	if got[0].Appearance.Article.Name == got[1].Appearance.Article.Name {
		t.Errorf("%+v came twice", got[0])
	}
}

// watching is a `dateline watch` in this process.
type watching struct{ lines *bufio.Reader }

func startWatch(t *testing.T, addr string, flags ...string) watching {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int)
	var stderr strings.Builder
	go func() {
		defer func() { _ = w.Close() }()
		args := append([]string{"watch", "Q863", "--addr", addr, "--format", "jsonl"}, flags...)
		done <- run(ctx, args, strings.NewReader(""), w, &stderr)
	}()
	t.Cleanup(func() {
		stop()
		_ = r.Close()
		if code := <-done; code != exitOK {
			t.Errorf("exit code %d: %s", code, stderr.String())
		}
	})
	return watching{bufio.NewReader(r)}
}

// news is one line of a watch.
type news struct {
	Appearance struct {
		Article struct{ Name string }
	}
	ResumeToken string `json:"resume_token"`
}

func (w watching) next(t *testing.T) (n news) {
	t.Helper()
	l, err := w.lines.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(l, &n)
	}
	if err != nil {
		t.Error(err)
	}
	return n
}
