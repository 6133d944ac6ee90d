package text

import "sort"

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
	title int   // where the title ends in Text
}

// run is a stretch of the working text that came from one stretch of the
// source. Runs of equal length are copies, byte for byte; others stand for
// something decoded, a character reference, and are never split.
type run struct {
	view, viewLen     int
	source, sourceLen int
}

// Plain is the view of an article without markup. Invisible characters are
// left out, so that a soft hyphen does not part a name.
func Plain(title, body string) View {
	if title == "" && nextInvisible(body, 0) == len(body) {
		return View{Text: body, runs: []run{{0, len(body), 0, len(body)}}}
	}
	b := builder{out: make([]byte, 0, len(title)+1+len(body))}
	b.addTitle(title)
	b.copy(body, 0, len(body))
	return b.view()
}

// builder writes a working text and remembers where each byte came from.
type builder struct {
	out   []byte
	runs  []run
	title int
}

// addTitle writes the title and the break behind it, if there is one.
func (b *builder) addTitle(title string) {
	if title != "" {
		b.copy(title, 0, len(title))
		b.title = len(b.out)
		b.out = append(b.out, '\n')
	}
}

// copy takes source[i:j] over, but for its invisible characters.
func (b *builder) copy(source string, i, j int) {
	for i < j {
		next := nextInvisible(source[:j], i)
		if i < next {
			b.runs = append(b.runs, run{len(b.out), next - i, i, next - i})
			b.out = append(b.out, source[i:next]...)
			i = next
		}
		for i < j {
			r, size := decode(source[i:j])
			if !isInvisible(r) {
				break
			}
			i += size
		}
	}
}

func (b *builder) view() View {
	return View{Text: string(b.out), runs: b.runs, title: b.title}
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
