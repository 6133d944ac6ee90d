package extsort

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A Sorter that has to write many files gives what a sort in memory gives, each
// time it is asked; so does one that needs no file.
func TestSorter(t *testing.T) {
	for name, most := range map[string]int{"files": 1000, "memory": 1 << 20, "a file a record": 1} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			dir := t.TempDir()
			s := New(dir, most)
			defer s.Close()
			var want [][]byte
			for range 900 {
				record := make([]byte, r.IntN(12))
				for i := range record {
					record[i] = byte(r.IntN(3))
				}
				want = append(want, record)
				if err := s.Add(record); err != nil {
					t.Fatal(err)
				}
			}
			slices.SortFunc(want, bytes.Compare)
			for range 2 {
				if got := all(t, s); !slices.EqualFunc(got, want, bytes.Equal) {
					t.Errorf("got %d records, want %d in order", len(got), len(want))
				}
			}
			if (len(s.runs) > 0) != (most < 1<<20) {
				t.Errorf("%d files for %d bytes of memory", len(s.runs), most)
			}
			s.Close()
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}

func all(t *testing.T, s *Sorter) (got [][]byte) {
	t.Helper()
	err := s.Each(func(record []byte) error {
		got = append(got, bytes.Clone(record))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Errors of the caller end the reading; those of the disk are told.
func TestSorterErrors(t *testing.T) {
	stop := errors.New("enough")
	for _, most := range []int{1, 1 << 20} {
		s := New(t.TempDir(), most)
		defer s.Close()
		for _, r := range []string{"b", "a"} {
			if err := s.Add([]byte(r)); err != nil {
				t.Fatal(err)
			}
		}
		calls := 0
		err := s.Each(func([]byte) error { calls++; return stop })
		if !errors.Is(err, stop) || calls != 1 {
			t.Errorf("got %v after %d calls, want the caller's error after one", err, calls)
		}
	}
	s := New(filepath.Join(t.TempDir(), "gone"), 1)
	err := errors.Join(s.Add([]byte("a")), s.Add([]byte("b")))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that there is no such folder", err)
	}
}
