// Package extsort sorts records that do not fit into memory.
//
// It is ours because its memory is bounded in bytes, whatever the records are,
// because a small sort must cost neither goroutines nor files (an edit of the
// gazetteer is one), and because the result is read twice.
package extsort

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/dateline-news/dateline/internal/scratch"
)

// Sorter sorts records, which compare as bytes: it fills a buffer, sorts it and
// writes it to a file, and merges the files in the end. It is not safe for
// concurrent use.
type Sorter struct {
	dir  string
	most int
	buf  []byte
	list []record // in buf
	runs []scratch.File
}

// record is a record of the buffer. Its first bytes, as a number, decide most
// comparisons without a look at the others.
type record struct {
	first    uint64
	at, size uint32
}

// recordSize is the memory of a record beside its bytes.
const recordSize = 16

// New returns a Sorter that holds up to most bytes in memory and writes the rest
// to files in dir, "" for the system's folder of temporary files; see scratch.File.
func New(dir string, most int) *Sorter { return &Sorter{dir: dir, most: most} }

// Add takes a copy of a record. The error is one of writing a file.
func (s *Sorter) Add(r []byte) error {
	if n := len(s.list); n > 0 && len(s.buf)+len(r)+(n+1)*recordSize > s.most {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.list = append(s.list, record{firstOf(r), uint32(len(s.buf)), uint32(len(r))})
	s.buf = append(s.buf, r...)
	return nil
}

// firstOf is the number of the first eight bytes, zeros behind a shorter record.
func firstOf(r []byte) uint64 {
	if len(r) >= 8 {
		return binary.BigEndian.Uint64(r)
	}
	var b [8]byte
	copy(b[:], r)
	return binary.BigEndian.Uint64(b[:])
}

func (s *Sorter) bytes(r record) []byte { return s.buf[r.at : r.at+r.size] }

func (s *Sorter) sort() {
	slices.SortFunc(s.list, func(p, q record) int {
		switch {
		case p.first < q.first:
			return -1
		case p.first > q.first:
			return 1
		}
		return bytes.Compare(s.bytes(p), s.bytes(q))
	})
}

// spill writes the buffer to a file, each record behind its length as a uvarint.
func (s *Sorter) spill() error {
	s.sort()
	f, err := scratch.Create(s.dir)
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.runs = append(s.runs, f)
	out := bufio.NewWriterSize(f, 64<<10)
	var length [binary.MaxVarintLen64]byte
	for _, r := range s.list {
		_, _ = out.Write(binary.AppendUvarint(length[:0], uint64(r.size))) // the error stays until Flush
		_, _ = out.Write(s.bytes(r))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.buf, s.list = s.buf[:0], s.list[:0]
	return nil
}

// Each calls do with every record in order and ends with its first error. It
// may be called more than once, when nothing is added any more. The record is
// valid only during the call.
func (s *Sorter) Each(do func(record []byte) error) error {
	s.sort()
	if len(s.runs) == 0 {
		for _, r := range s.list {
			if err := do(s.bytes(r)); err != nil {
				return err
			}
		}
		return nil
	}
	return s.merge(do)
}

// Close removes the files.
func (s *Sorter) Close() {
	for _, f := range s.runs {
		f.Close()
	}
	s.buf, s.list, s.runs = nil, nil, nil
}
