package gazetteer

import (
	"fmt"
	"io"

	"github.com/dateline-news/dateline/internal/scratch"
)

// section is a part of an index in the making. Its beginning lies in a file when
// it is larger than sectionMemory. The zero value is empty.
type section struct {
	dir  string
	size int64
	buf  []byte        // what is not in the file
	file *scratch.File // nil while all is in memory
}

// sectionMemory is what one of the ten sections holds in memory.
const sectionMemory = 4 << 20

// Write appends p. The error is one of the disk.
func (s *section) Write(p []byte) (int, error) {
	if len(s.buf)+len(p) > sectionMemory {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	s.buf = append(s.buf, p...)
	s.size += int64(len(p))
	return len(p), nil
}

func (s *section) flush() error {
	if s.file == nil {
		f, err := scratch.Create(s.dir)
		if err != nil {
			return fmt.Errorf("index: %w", err)
		}
		s.file = &f
	}
	if _, err := s.file.Write(s.buf); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	s.buf = s.buf[:0]
	return nil
}

// patch overwrites the beginning.
func (s *section) patch(p []byte) error {
	if s.file == nil {
		copy(s.buf, p)
		return nil
	}
	if err := s.flush(); err != nil {
		return err
	}
	_, err := s.file.WriteAt(p, 0)
	return err
}

// writeTo copies the section to w. It may be called more than once, when nothing
// is appended any more.
func (s *section) writeTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.CopyBuffer(w, s.file, make([]byte, 1<<20)); err != nil {
			return err
		}
	}
	_, err := w.Write(s.buf)
	return err
}

// close empties the section.
func (s *section) close() {
	if s.file != nil {
		s.file.Close()
	}
	*s = section{dir: s.dir}
}
