package extsort

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// merge reads all files and the buffer at once, always from the one whose next
// record is the least.
func (s *Sorter) merge(do func(record []byte) error) error {
	h := make(runs, 0, len(s.runs)+1)
	size := min(max(s.most/len(s.runs), 4<<10), 256<<10)
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		if err := h.open(&run{from: bufio.NewReaderSize(f, size)}); err != nil {
			return err
		}
	}
	if err := h.open(&run{sorter: s}); err != nil {
		return err
	}
	heap.Init(&h)
	for len(h) > 0 {
		least := h[0]
		if err := do(least.record); err != nil {
			return err
		}
		switch err := least.next(); {
		case err == nil:
			heap.Fix(&h, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&h)
		default:
			return fmt.Errorf("sort: %w", err)
		}
	}
	return nil
}

// run is a sorted file being read, or the buffer.
type run struct {
	from   *bufio.Reader
	sorter *Sorter // of the buffer; nil for a file
	at     int     // in the buffer
	first  uint64
	record []byte
}

// next reads the next record; the error is io.EOF after the last.
func (r *run) next() error {
	if r.sorter != nil {
		if r.at == len(r.sorter.list) {
			return io.EOF
		}
		r.record = r.sorter.bytes(r.sorter.list[r.at])
		r.at++
	} else if err := r.read(); err != nil {
		return err
	}
	r.first = firstOf(r.record)
	return nil
}

func (r *run) read() error {
	n, err := binary.ReadUvarint(r.from)
	if err != nil {
		return err
	}
	r.record = slices.Grow(r.record[:0], int(n))[:n]
	if _, err = io.ReadFull(r.from, r.record); errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// runs is a heap by the next record of each.
type runs []*run

// open takes a run that has a record.
func (h *runs) open(r *run) error {
	switch err := r.next(); {
	case err == nil:
		*h = append(*h, r)
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("sort: %w", err)
	}
	return nil
}

func (h runs) Len() int { return len(h) }

func (h runs) Less(i, j int) bool {
	if h[i].first != h[j].first {
		return h[i].first < h[j].first
	}
	return bytes.Compare(h[i].record, h[j].record) < 0
}

func (h runs) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runs) Push(x any)   { *h = append(*h, x.(*run)) }
func (h *runs) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
