package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// bulky is an article of so many bytes that do not compress.
func bulky(r *rand.Rand, name string, size int) PutRequest {
	req := written(name, modelStart, "Rahmon")
	body := make([]byte, size)
	for i := range body {
		body[i] = '!' + byte(r.IntN(90))
	}
	req.Article.Body += string(body)
	return req
}

// On a disk that fills up writes are refused, reads go on, and when there is
// room again writes are taken, without a restart and with every index right.
func TestDiskFull(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=112m"); err != nil {
		t.Skip("needs a disk of its own, which only root may mount:", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 40<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(Options{Dir: filepath.Join(dir, "archive"), MemtableBytes: 4 << 20, CacheBytes: 4 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	r := rand.New(rand.NewPCG(1, 1))
	stored := 0
	for ; err == nil && stored < 2000; stored++ {
		_, err = s.Put(ctx, bulky(r, fmt.Sprint("a", stored), 60_000))
	}
	stored-- // the last was refused
	if !errors.Is(err, ErrFull) || stored < 100 {
		t.Fatalf("after %d articles: got %v, want ErrFull", stored, err)
	}
	if page, err := s.List(ctx, ListQuery{Subject: EntitySubject("Q-Rahmon")}); err != nil || page.Total != stored {
		t.Errorf("reading meanwhile: got %d articles, %v, want %d", page.Total, err, stored)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		put(t, s, bulky(r, fmt.Sprint("later", i), 60_000))
	}
	if report, err := s.Verify(ctx); err != nil || report.Count > 0 || report.Articles != stored+100 {
		t.Errorf("verify: got %+v, %v, want %d articles", report, err, stored+100)
	}
}

// The same for a disk that says that it is read-only, or full, or neither.
func TestDiskRefuses(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	put(t, s, written("a", modelStart, "Rahmon"))
	room := disk{free: 1 << 40}
	for _, state := range []struct {
		disk
		want error
	}{{disk{free: 1 << 20}, ErrFull}, {disk{free: 1 << 40, readOnly: true}, ErrReadOnly}} {
		s.setDisk(t, state.disk)
		if _, err := s.Put(ctx, written("b", modelStart, "Putin")); !errors.Is(err, state.want) {
			t.Errorf("%+v: got %v, want %v", state.disk, err, state.want)
		}
		if _, err := s.Get(ctx, "a"); err != nil {
			t.Errorf("%+v: reading: %v", state.disk, err)
		}
		if _, err := s.Get(ctx, "b"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%+v: a refused article: got %v, want ErrNotFound", state.disk, err)
		}
		s.setDisk(t, room)
		put(t, s, written("c", modelStart, "Rahmon", state.want.Error()))
	}
	if report, err := s.Verify(ctx); err != nil || report.Count > 0 || report.Articles != 2 {
		t.Errorf("verify: got %+v, %v", report, err)
	}
}

// setDisk has the archive believe in a disk, from the next commit on.
func (s *Store) setDisk(t *testing.T, d disk) {
	t.Helper()
	err := s.submit(context.Background(), 0, func(*batch) error { // where only the writer is
		s.engine.disk = func() (disk, error) { return d, nil }
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
