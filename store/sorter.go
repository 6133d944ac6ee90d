package store

import (
	"bufio"
	"bytes"
	"container/heap"
	"errors"
	"io"
	"os"
	"sort"
)

// sorter sorts records of one length that do not fit into memory: it fills a
// buffer, sorts it and writes it to a file, and merges the files in the end.
// Records compare as bytes.
type sorter struct {
	dir   string // for the files
	width int
	most  int // bytes of the buffer
	buf   []byte
	runs  []*os.File
	swap  []byte
}

func newSorter(dir string, width, most int) *sorter {
	return &sorter{dir: dir, width: width, most: most, swap: make([]byte, width)}
}

// sort.Interface over the buffer.
func (s *sorter) Len() int           { return len(s.buf) / s.width }
func (s *sorter) Less(i, j int) bool { return bytes.Compare(s.record(i), s.record(j)) < 0 }
func (s *sorter) Swap(i, j int) {
	copy(s.swap, s.record(i))
	copy(s.record(i), s.record(j))
	copy(s.record(j), s.swap)
}

func (s *sorter) record(i int) []byte { return s.buf[i*s.width : (i+1)*s.width] }

// add takes a copy of a record.
func (s *sorter) add(record []byte) error {
	if len(s.buf)+s.width > s.most {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, record...)
	return nil
}

func (s *sorter) spill() error {
	sort.Sort(s)
	f, err := os.CreateTemp(s.dir, "run")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	_, err = f.Write(s.buf)
	s.buf = s.buf[:0]
	return err
}

// each calls do with every record in order. It may be called more than once,
// when nothing is added any more. The record is valid only during the call.
func (s *sorter) each(do func(record []byte) error) error {
	sort.Sort(s)
	h := &runs{}
	for _, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		h.open(bufio.NewReaderSize(f, 256<<10), s.width)
	}
	h.open(bytes.NewReader(s.buf), s.width)
	heap.Init(h)
	for h.Len() > 0 {
		first := (*h)[0]
		if err := do(first.record); err != nil {
			return err
		}
		if first.next(); first.err == nil {
			heap.Fix(h, 0)
		} else if heap.Pop(h); !errors.Is(first.err, io.EOF) {
			return first.err
		}
	}
	return nil
}

func (s *sorter) close() {
	for _, f := range s.runs {
		_ = f.Close() // only read by now
		_ = os.Remove(f.Name())
	}
}

// run is a sorted file being read.
type run struct {
	from   io.Reader
	record []byte
	err    error
}

func (r *run) next() { _, r.err = io.ReadFull(r.from, r.record) }

// runs is a heap by the next record of each.
type runs []*run

func (h *runs) open(from io.Reader, width int) {
	r := &run{from: from, record: make([]byte, width)}
	if r.next(); r.err == nil {
		*h = append(*h, r)
	}
}

func (h runs) Len() int           { return len(h) }
func (h runs) Less(i, j int) bool { return bytes.Compare(h[i].record, h[j].record) < 0 }
func (h runs) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runs) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runs) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
