package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// spool is the file beside an index in the making that holds what has been read
// of long dumps, so that an interrupted import goes on where it was:
//
//	#of FILE SIZE TIME …       what is imported, and how; another import begins anew
//	{"ID": …}                  an entry
//	#done FILE LINES           what these lines of the dump hold stands above
//
// What stands after the last #done is cut off and read once more.
type spool struct {
	path  string
	file  *os.File
	w     *bufio.Writer
	lines map[string]int // done, by file
}

const (
	spoolOf   = "#of "
	spoolDone = "#done "
)

// openSpool opens the spool of an import, emitting the entries that it holds.
func openSpool(path, of string, emit func(gazetteer.Entry) error) (*spool, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	s := &spool{path: path, file: f, lines: make(map[string]int)}
	done, err := s.settled(of)
	if err == nil {
		err = f.Truncate(done)
	}
	if err == nil {
		err = s.eachLine(func(line string) error { return s.take(line, emit) })
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	s.w = bufio.NewWriterSize(f, 1<<20)
	if done == 0 {
		_, err = s.w.WriteString(spoolOf + of + "\n")
	}
	return s, err
}

// settled is where the last #done ends, 0 when there is none or the spool is
// another import's.
func (s *spool) settled(of string) (done int64, err error) {
	at, mine := int64(0), false
	err = s.eachLine(func(line string) error {
		at += int64(len(line)) + 1
		switch {
		case line == spoolOf+of:
			mine = true
		case mine && strings.HasPrefix(line, spoolDone):
			done = at
		}
		return nil
	})
	return done, err
}

// eachLine reads the spool from its beginning, but for a line without an end,
// which is the last of a killed process.
func (s *spool) eachLine(do func(line string) error) error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(s.file, 1<<20)
	for {
		line, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = do(strings.TrimSuffix(line, "\n"))
		}
		if err != nil {
			return err
		}
	}
}

// take reads one line of the spool.
func (s *spool) take(line string, emit func(gazetteer.Entry) error) error {
	if rest, ok := strings.CutPrefix(line, spoolDone); ok {
		name, n, _ := strings.Cut(rest, "\t")
		lines := 0
		_, err := fmt.Sscan(n, &lines)
		s.lines[name] = lines
		return err
	}
	if strings.HasPrefix(line, spoolOf) {
		return nil
	}
	var e gazetteer.Entry
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		return err
	}
	return emit(e)
}

// add keeps an entry.
func (s *spool) add(e *gazetteer.Entry) error {
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = s.w.Write(append(b, '\n'))
	return err
}

// done notes that the first lines of a file have been read.
func (s *spool) done(file string, lines int) error {
	if _, err := fmt.Fprintf(s.w, "%s%s\t%d\n", spoolDone, file, lines); err != nil {
		return err
	}
	return s.w.Flush()
}

// remove ends the spool when its index is there.
func (s *spool) remove() error { return errors.Join(s.file.Close(), os.Remove(s.path)) }
