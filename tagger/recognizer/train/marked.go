package train

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/text"
)

// articleBorder is the line between two articles of a marked text.
const articleBorder = "---"

// Marked reads articles whose names are marked where they stand:
//
//	President [PER Emomali Rahmon] flew to [LOC Astana] on Monday.
//	---
//	...
//
// Each line is a paragraph. Errors name the line.
func Marked(r io.Reader) ([]conll.Document, error) {
	splitter, err := text.NewSplitter()
	if err != nil {
		return nil, err
	}
	documents := make([]conll.Document, 1)
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		if scan.Text() == articleBorder {
			documents = append(documents, conll.Document{})
			continue
		}
		plain, names, types, err := unmark(scan.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		d := &documents[len(documents)-1]
		tokens, sentences := splitter.Split(plain)
		next := 0 // name of the line
		for _, s := range sentences {
			l := line{plain, tokens[s.First:s.Last]}
			first := next
			for next < len(names) && names[next].Start < tokens[s.Last-1].End {
				next++
			}
			d.Sentences = append(d.Sentences, l.mark(names[first:next], types[first:next]))
		}
	}
	return documents, scan.Err()
}

// unmark takes the marks out of a line and tells where the names stand.
func unmark(marked string) (plain string, names []text.Span, types []string, err error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(marked, "[")
		b.WriteString(before)
		if !found {
			return b.String(), names, types, nil
		}
		inside, after, closed := strings.Cut(rest, "]")
		typ, name, spaced := strings.Cut(inside, " ")
		if !closed || !spaced || name == "" || labels[typ] == 0 {
			return "", nil, nil, fmt.Errorf("got %.40q, want [PER name], [ORG name] or [LOC name]", "["+rest)
		}
		names = append(names, text.Span{Start: b.Len(), End: b.Len() + len(name)})
		types = append(types, typ)
		b.WriteString(name)
		marked = after
	}
}
