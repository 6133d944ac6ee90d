package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML is the view of an article whose body is HTML. Tags, comments, scripts,
// styles and the page's furniture (navigation, page headers, footers,
// sidebars, forms) do not become text; the borders of blocks become line
// breaks, other white space blanks; character references are decoded.
func HTML(title, body string) View {
	r := reader{source: body, z: html.NewTokenizer(strings.NewReader(body))}
	r.out = make([]byte, 0, len(title)+1+len(body)/2)
	r.addTitle(title)
	r.read()
	return r.view()
}

// reader is the state of one pass over an HTML body.
type reader struct {
	builder
	source string
	z      *html.Tokenizer
	ends   map[atom.Atom]int // where each element ends for the last time
	cover  cover
	within int // depth of article and main elements
	pre    int // depth of elements whose line breaks count
}

// cover is the element that hides what is read, if any. Only elements of its
// own kind are counted inside it, so that other unclosed ones do no harm.
type cover struct {
	by    atom.Atom
	depth int
	until int // its kind's last end tag: past it nothing is hidden
}

func (r *reader) read() {
	for at := 0; ; {
		kind := r.z.Next()
		next := at + len(r.z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if r.cover.depth == 0 || at > r.cover.until {
				r.text(at, next)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			r.tag(kind, at)
		}
		at = next
	}
}

// tag follows an element in or out of what is no text, and ends a line at the
// borders of blocks.
func (r *reader) tag(kind html.TokenType, at int) {
	name, hasAttr := r.z.TagName()
	a := atom.Lookup(name)
	switch kind {
	case html.StartTagToken:
		r.open(a, hasAttr, at)
	case html.EndTagToken:
		r.close(a)
	}
	switch {
	case a == atom.Sup:
		r.out = append(r.out, ' ') // a footnote's number is no part of the word
	case !inline[a]:
		r.out = append(r.out, '\n')
	}
}

func (r *reader) open(a atom.Atom, hasAttr bool, at int) {
	switch {
	case r.cover.depth > 0 && at <= r.cover.until:
		if a == r.cover.by {
			r.cover.depth++
		}
	case r.hides(a) || hasAttr && !void[a] && r.hiddenByAttr():
		if until := r.lastEnd(a); until > at {
			r.cover = cover{a, 1, until}
		}
	case a == atom.Article || a == atom.Main:
		r.within++
	case a == atom.Pre:
		r.pre++
	}
}

func (r *reader) close(a atom.Atom) {
	switch {
	case r.cover.depth > 0:
		if a == r.cover.by {
			r.cover.depth--
		}
	case a == atom.Article || a == atom.Main:
		r.within = max(r.within-1, 0)
	case a == atom.Pre:
		r.pre = max(r.pre-1, 0)
	}
}

// hides reports whether an element's content is no text of the article. A
// header inside the article holds its headline, one outside the page's.
func (r *reader) hides(a atom.Atom) bool {
	return hides[a] || a == atom.Header && r.within == 0
}

// hiddenByAttr reports whether the attributes of the tag just read hide its
// element from readers, or call it furniture.
func (r *reader) hiddenByAttr() bool {
	for {
		key, val, more := r.z.TagAttr()
		switch string(key) {
		case "hidden":
			return true
		case "aria-hidden":
			if string(val) == "true" {
				return true
			}
		case "role":
			if furnitureRoles[string(bytes.ToLower(val))] {
				return true
			}
		}
		if !more {
			return false
		}
	}
}

// lastEnd is where the last end tag of an element stands, or -1. All of them
// are found in one pass when the first is asked for.
func (r *reader) lastEnd(a atom.Atom) int {
	if r.ends == nil {
		r.ends = make(map[atom.Atom]int)
		for at := 0; ; at += 2 {
			n := strings.Index(r.source[at:], "</")
			if n < 0 {
				break
			}
			at += n
			r.ends[atomAt(r.source[at+2:])] = at
		}
	}
	if end, ok := r.ends[a]; ok {
		return end
	}
	return -1
}

// atomAt is the element whose name s begins with, in any case.
func atomAt(s string) atom.Atom {
	var name [16]byte
	n := 0
	for n < len(s) && n < len(name) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || s[n] >= '0' && s[n] <= '9') {
		name[n] = s[n] | 0x20
		n++
	}
	return atom.Lookup(name[:n])
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

// copy takes source[i:j] over, its line breaks as blanks outside of pre.
func (r *reader) copy(i, j int) {
	at := len(r.out)
	r.builder.copy(r.source, i, j)
	if r.pre > 0 {
		return
	}
	for k, b := range r.out[at:] {
		if b < ' ' {
			r.out[at+k] = ' '
		}
	}
}

// reference decodes the character reference at the ampersand i and returns
// where the text goes on. What is none, or stands for more than one rune (93
// mathematical signs, and "&ampere;" to a lenient reader), stays as it is.
func (r *reader) reference(i, j int) int {
	end := referenceEnd(r.source[:j], i)
	decoded := html.UnescapeString(r.source[i:end])
	if utf8.RuneCountInString(decoded) != 1 || end == i+1 {
		r.copy(i, i+1)
		return i + 1
	}
	char, _ := decode(decoded)
	switch {
	case isInvisible(char):
		return end
	case isLineBreak(char) || isBlank(char):
		decoded = " "
	}
	r.runs = append(r.runs, run{len(r.out), len(decoded), i, end - i})
	r.out = append(r.out, decoded...)
	return end
}

// maxReference is the length of the longest character reference,
// "&CounterClockwiseContourIntegral;".
const maxReference = 33

// referenceEnd is the end of the character reference that starts at i, its
// semicolon included; i+1 when there is none.
func referenceEnd(s string, i int) int {
	for k := i + 1; k < len(s) && k < i+maxReference; k++ {
		switch b := s[k]; {
		case b == ';':
			return k + 1
		case b != '#' && (b < '0' || b > '9') && (b|0x20 < 'a' || b|0x20 > 'z'):
			return i + 1
		}
	}
	return i + 1
}

// hides are the elements whose content is never text of the article.
var hides = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Head: true, atom.Title: true, atom.Nav: true, atom.Footer: true,
	atom.Aside: true, atom.Form: true, atom.Button: true, atom.Select: true,
	atom.Textarea: true, atom.Iframe: true, atom.Svg: true, atom.Math: true,
	atom.Object: true, atom.Video: true, atom.Audio: true, atom.Canvas: true,
	atom.Dialog: true, atom.Menu: true, atom.Noembed: true, atom.Noframes: true,
}

// furnitureRoles are the ARIA landmarks that stand around an article.
var furnitureRoles = map[string]bool{
	"navigation": true, "banner": true, "contentinfo": true, "search": true,
	"complementary": true, "menu": true, "menubar": true, "toolbar": true,
	"dialog": true, "alertdialog": true,
}

// void are the elements that hold nothing and have no end tag.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true,
	atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true,
	atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true,
	atom.Track: true, atom.Wbr: true,
}

// inline are the elements that may stand inside a word or a sentence; all
// others end a line.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.Acronym: true, atom.B: true, atom.Bdi: true,
	atom.Bdo: true, atom.Big: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Img: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Q: true,
	atom.S: true, atom.Samp: true, atom.Script: true, atom.Small: true, atom.Span: true,
	atom.Strike: true, atom.Strong: true, atom.Style: true, atom.Sub: true,
	atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true,
	atom.Wbr: true,
}
