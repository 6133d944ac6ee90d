package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/internal/inorder"
)

// ErrLines is what errors.Is tells of the error of an importer that read its file to the end
// and left out bad lines. The error names them, the first twenty in full.
var ErrLines = errors.New("bad lines left out")

// maxReported bounds the errors that one file is reported with.
const maxReported = 20

// badLines collects what was wrong with the lines of a file. It is the error of
// a reading that left some out.
type badLines struct {
	errs []error
	more int
}

// note takes the error of a line.
func (b *badLines) note(line int, err error) {
	switch {
	case err == nil:
	case len(b.errs) < maxReported:
		b.errs = append(b.errs, fmt.Errorf("line %d: %w", line, err))
	default:
		b.more++
	}
}

// emitted takes the error of emitting what a line holds. One that is not the
// line's fault comes back.
func (b *badLines) emitted(line int, err error) error {
	if err != nil && !errors.Is(err, gazetteer.ErrEntry) {
		return err
	}
	b.note(line, err)
	return nil
}

func (b *badLines) err() error {
	if len(b.errs) == 0 {
		return nil
	}
	return b
}

// Is makes it an ErrLines.
func (b *badLines) Is(target error) bool { return target == ErrLines }

func (b *badLines) Error() string {
	text := errors.Join(b.errs...).Error()
	if b.more > 0 {
		text += fmt.Sprintf("\n%d more bad lines", b.more)
	}
	return text
}

// maxLine bounds a line of the users' files; Wikidata's reach megabytes.
const maxLine = 64 << 20

// batchBytes is about how many bytes of lines are parsed at a time.
const batchBytes = 128 << 10

// batch is some lines of a file.
type batch struct {
	first int // number of the first line
	text  []byte
	ends  []int // of each line in text
}

// parsed is what became of a line that holds something.
type parsed[T any] struct {
	line int
	item T
	err  error
}

// parsedBatch is what became of a batch, whose last line is named.
type parsedBatch[T any] struct {
	items []parsed[T]
	last  int
}

// eachParsed parses the lines that are left, but for blank ones, on all cores,
// and hands what they hold to take, in order. parse tells whether a line holds
// anything; an error of it, and one of take that wraps ErrEntry, is that of a bad
// line, which is left out. Other errors of take, those of reading and those of
// Done end the work. Memory is bounded by the lines in hand, four batches a core.
func eachParsed[T any](in io.Reader, resume Resume, parse func(line []byte) (T, bool, error), take func(T) error) error {
	var bad badLines
	err := inorder.Each(context.Background(), batches(in, resume.Skip),
		func(b batch) parsedBatch[T] { return parseBatch(b, parse) },
		func(p parsedBatch[T]) error {
			for _, item := range p.items {
				var disk *fs.PathError // of what parse looks things up in
				if errors.As(item.err, &disk) {
					return item.err
				}
				if item.err != nil {
					bad.note(item.line, item.err)
				} else if err := bad.emitted(item.line, take(item.item)); err != nil {
					return err
				}
			}
			return resume.done(p.last)
		},
		func() error { return nil })
	if err != nil {
		return err
	}
	return bad.err()
}

func parseBatch[T any](b batch, parse func(line []byte) (T, bool, error)) parsedBatch[T] {
	p := parsedBatch[T]{last: b.first + len(b.ends) - 1}
	start := 0
	for i, end := range b.ends {
		line := b.text[start:end]
		start = end
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		item, ok, err := parse(line)
		if ok || err != nil {
			p.items = append(p.items, parsed[T]{b.first + i, item, err})
		}
	}
	return p
}

// batches cuts a file into batches of whole lines, without its first lines.
func batches(in io.Reader, skip int) iter.Seq2[batch, error] {
	return func(yield func(batch, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(make([]byte, 1<<16), maxLine)
		n := 0
		b := batch{first: skip + 1}
		for lines.Scan() {
			if n++; n <= skip {
				continue
			}
			b.text = append(b.text, lines.Bytes()...)
			b.ends = append(b.ends, len(b.text))
			if len(b.text) < batchBytes {
				continue
			}
			if !yield(b, nil) {
				return
			}
			b = batch{first: n + 1}
		}
		if len(b.ends) > 0 && !yield(b, nil) {
			return
		}
		if err := lines.Err(); err != nil {
			yield(b, fmt.Errorf("after line %d: %w", n, err))
		}
	}
}
