package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// maxLine is the length of the longest JSON line that is read: an article at
// the tagger's limit fits with every byte of it escaped.
const maxLine = 16 << 20

// line is one line of input without its end, numbered from 1.
type line struct {
	number int
	text   []byte
	err    error // the line is too long, and text is empty
}

// lines reads one line after the other, leaving out the blank ones. It never
// holds more than one line, and of a line that is too long only the beginning.
func lines(r io.Reader) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		for number := 1; ; number++ {
			text, n, err := readLine(in)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(line{}, err)
				return
			}
			l := line{number: number, text: text}
			if n > maxLine {
				l.text, l.err = nil, fmt.Errorf("line too long: got %d bytes, want at most %d", n, maxLine)
			}
			blank := l.err == nil && len(bytes.TrimSpace(text)) == 0
			if !blank && !yield(l, nil) || err != nil {
				return
			}
		}
	}
}

// readLine reads up to the end of a line and tells its full length; of a line
// longer than maxLine it keeps only the beginning.
func readLine(in *bufio.Reader) (text []byte, n int, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		n += len(piece)
		if n <= maxLine {
			text = append(text, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(text, "\r\n"), n, err
		}
	}
}
