package text

import (
	"sort"
	"strings"
)

// Part is the piece of an article that a stretch of working text came from.
type Part uint8

// The parts of an article.
const (
	Title Part = iota
	Body
)

// View is the working text of an article: its title, a line break, and its
// body without markup. It is never changed, and every span of it leads back
// to the bytes the caller sent.
type View struct {
	Text  string
	runs  []run // sorted by view; they tile what of Text has a source
	title int   // length of the title
}

// run is a stretch of the working text that came from one stretch of the
// source. Runs of equal length are copies, byte for byte; others stand for
// something decoded, a character reference, and are never split.
type run struct {
	view, viewLen     int
	source, sourceLen int
}

// Plain is the view of an article without markup.
func Plain(title, body string) View {
	v := View{title: len(title)}
	if title == "" {
		v.Text = body
		v.runs = []run{{0, len(body), 0, len(body)}}
		return v
	}
	var b strings.Builder
	b.Grow(len(title) + 1 + len(body))
	b.WriteString(title)
	b.WriteByte('\n')
	b.WriteString(body)
	v.Text = b.String()
	v.runs = []run{
		{0, len(title), 0, len(title)},
		{len(title) + 1, len(body), 0, len(body)},
	}
	return v
}

// Source leads a span of the working text back to the caller's bytes. The
// span must not be empty and must not reach over the break between title and
// body; the result is then not empty and lies on rune borders. Where markup
// stands inside a name, the result covers it.
func (v *View) Source(s Span) (Part, Span) {
	first, last := v.runAt(s.Start), v.runAt(s.End-1)
	out := Span{Start: first.source, End: last.source + last.sourceLen}
	if first.viewLen == first.sourceLen {
		out.Start += min(s.Start-first.view, first.viewLen)
	}
	if last.viewLen == last.sourceLen {
		out.End = last.source + min(s.End-last.view, last.viewLen)
	}
	if v.InTitle(s) {
		return Title, out
	}
	return Body, out
}

// InTitle reports whether a span of the working text stands in the title.
func (v *View) InTitle(s Span) bool { return s.Start < v.title }

// BodyStart is where the body starts in the working text.
func (v *View) BodyStart() int {
	if v.title == 0 {
		return 0
	}
	return v.title + 1
}

// runAt finds the run that holds byte i of the working text; between two runs
// it is the one before.
func (v *View) runAt(i int) run {
	k := sort.Search(len(v.runs), func(k int) bool { return v.runs[k].view > i })
	return v.runs[max(k-1, 0)]
}
