package store

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// A sorter that has to write many files gives what a sort in memory gives,
// each time it is asked.
func TestSorter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s := newSorter(t.TempDir(), 3, 100)
	defer s.close()
	var want [][]byte
	for range 1000 {
		record := []byte{byte(r.IntN(9)), byte(r.IntN(9)), byte(r.IntN(9))}
		want = append(want, record)
		if err := s.add(record); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(want, bytes.Compare)
	for range 2 {
		var got [][]byte
		err := s.each(func(record []byte) error {
			got = append(got, bytes.Clone(record))
			return nil
		})
		if err != nil || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Errorf("got %d records, %v; want %d in order", len(got), err, len(want))
		}
	}
}
