package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// What edits and deletions leave behind in the value log is freed while the
// archive is read and written, and all that is left is whole, also after a
// restart.
func TestFreeValueLogs(t *testing.T) {
	ctx := context.Background()
	o := testOptions(t)
	o.MemtableBytes = 256 << 10 // compactions, which find out what is garbage, come soon
	s := openTest(t, o)
	r := rand.New(rand.NewPCG(3, 3))
	want := map[string]string{} // bodies by name
	publish := func(letter string) {
		for i := range 100 {
			p := bulky(r, fmt.Sprint(letter, i), 8000)
			put(t, s, p)
			want[p.Article.Name] = p.Article.Body
		}
	}
	for range 20 {
		publish("a")
	}
	for i := 0; i < 100; i += 3 {
		name := fmt.Sprint("a", i)
		if err := s.Delete(ctx, name, ""); err != nil {
			t.Fatal(err)
		}
		delete(want, name)
	}
	before := valueLogs(t, o.Dir)
	var freeing sync.WaitGroup
	freeing.Go(s.freeValueLogs)
	publish("b")
	freeing.Wait()
	after := valueLogs(t, o.Dir)
	t.Logf("value logs took %d bytes and take %d", before, after)
	if after > before/2 {
		t.Error("want less than half")
	}
	holds(t, s, want)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, openTest(t, o), want)
}

// holds demands that an archive is of these bodies and no others.
func holds(t *testing.T, s *Store, want map[string]string) {
	t.Helper()
	for name, body := range want {
		if r, err := s.Get(context.Background(), name); err != nil || r.Body != body {
			t.Errorf("%s: got another body, or %v", name, err)
		}
	}
	if report, err := s.Verify(context.Background()); err != nil || report.Count > 0 || report.Articles != len(want) {
		t.Errorf("verify: got %+v, %v, want %d articles", report, err, len(want))
	}
}

// valueLogs is the bytes of the files that long values are in.
func valueLogs(t *testing.T, dir string) int64 {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.vlog"))
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, f := range files {
		info, err := os.Stat(f)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	return sum
}
