package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML is the view of an article whose body is HTML. Tags, comments, scripts,
// styles and the page's furniture (navigation, headers, footers, sidebars,
// forms) do not become text; the ends of blocks become line breaks; character
// references are decoded.
func HTML(title, body string) View {
	r := reader{View: View{title: len(title)}, source: body}
	r.out.Grow(len(title) + 1 + len(body))
	if title != "" {
		r.out.WriteString(title)
		r.out.WriteByte('\n')
		r.runs = append(r.runs, run{0, len(title), 0, len(title)})
	}
	r.read()
	r.Text = r.out.String()
	return r.View
}

// reader is the state of one pass over an HTML body.
type reader struct {
	View
	source string
	out    strings.Builder
	hidden int // depth of elements whose content is no text
}

func (r *reader) read() {
	z := html.NewTokenizer(strings.NewReader(r.source))
	at := 0
	for {
		kind := z.Next()
		raw := len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if r.hidden == 0 {
				r.text(at, at+raw)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			r.tag(atom.Lookup(name), kind)
		}
		at += raw
	}
}

// tag follows an element in or out of what is no text, and ends a line at the
// borders of blocks.
func (r *reader) tag(a atom.Atom, kind html.TokenType) {
	if hides[a] {
		switch {
		case kind == html.StartTagToken:
			r.hidden++
		case kind == html.EndTagToken && r.hidden > 0:
			r.hidden--
		}
	}
	if !inline[a] {
		r.out.WriteByte('\n')
	}
}

// text copies source[i:j], decoding its character references.
func (r *reader) text(i, j int) {
	for i < j {
		n := strings.IndexByte(r.source[i:j], '&')
		if n < 0 {
			r.copy(i, j)
			return
		}
		r.copy(i, i+n)
		i = r.reference(i+n, j)
	}
}

// copy takes source[i:j] over as it is.
func (r *reader) copy(i, j int) {
	if i < j {
		r.runs = append(r.runs, run{r.out.Len(), j - i, i, j - i})
		r.out.WriteString(r.source[i:j])
	}
}

// maxReference is the longest character reference, "&CounterClockwiseContourIntegral;".
const maxReference = 33

// reference decodes the reference at the ampersand i, or takes that over as it
// is, and returns where the text goes on.
func (r *reader) reference(i, j int) int {
	n := strings.IndexByte(r.source[i:min(j, i+maxReference)], ';')
	if n < 0 {
		r.copy(i, i+1)
		return i + 1
	}
	end := i + n + 1
	decoded := html.UnescapeString(r.source[i:end])
	if decoded == r.source[i:end] {
		r.copy(i, i+1)
		return i + 1
	}
	r.runs = append(r.runs, run{r.out.Len(), len(decoded), i, end - i})
	r.out.WriteString(decoded)
	return end
}

// hides are the elements whose content is no text of the article.
var hides = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Head: true, atom.Nav: true, atom.Header: true, atom.Footer: true,
	atom.Aside: true, atom.Form: true, atom.Button: true, atom.Select: true,
	atom.Textarea: true, atom.Iframe: true, atom.Svg: true, atom.Math: true,
	atom.Object: true, atom.Video: true, atom.Audio: true, atom.Canvas: true,
}

// inline are the elements that may stand inside a word or a sentence; all
// others end a line.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.Acronym: true, atom.B: true, atom.Bdi: true,
	atom.Bdo: true, atom.Big: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Img: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Q: true,
	atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strike: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true,
	atom.U: true, atom.Var: true, atom.Wbr: true,
}
