package train

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/text"
)

// A file of labels marks names in sentences that lie in another file, which
// may not be copied. Each line is the id of a sentence, a tab, and the names of
// the sentence in order, words parted by single spaces, or "-" for none:
//
//	1174	White House=ORG|U.S.=LOC|Bush=PER
//	ntrex-bbc.381790#9	-
//
// A name is the first that follows the name before; "Paris@2=LOC" is the
// second Paris of the sentence. In a CoNLL file a sentence's id is its number,
// counted from 0; in articles as JSON lines it is the article's id, "#" and the
// number of the line of its text.

// Label puts the labels on the sentences of a CoNLL file that they mark, each
// a document of its own.
func Label(corpus, labels io.Reader) ([]conll.Document, error) {
	all, err := conll.Read(corpus)
	if err != nil {
		return nil, err
	}
	lines := make(map[string]line)
	for _, d := range all {
		for _, s := range d.Sentences {
			one := conll.Document{Sentences: []conll.Sentence{s}}
			l := line{}
			var words []conll.Place
			l.text, words = one.Text()
			for _, w := range words {
				l.tokens = append(l.tokens, text.Span{Start: w.Start, End: w.End})
			}
			lines[strconv.Itoa(len(lines))] = l
		}
	}
	return label(labels, lines, func(id string) string { return id })
}

// LabelArticles puts the labels on lines of articles, {"id": …, "text": …}.
func LabelArticles(articles, labels io.Reader) ([]conll.Document, error) {
	splitter, err := text.NewSplitter()
	if err != nil {
		return nil, err
	}
	lines := make(map[string]line)
	d := json.NewDecoder(articles)
	for {
		var a struct{ ID, Text string }
		if err := d.Decode(&a); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		for k, t := range strings.Split(a.Text, "\n") {
			tokens, _ := splitter.Split(t)
			lines[fmt.Sprintf("%s#%d", a.ID, k)] = line{t, tokens}
		}
	}
	return label(labels, lines, func(id string) string {
		article, _, _ := strings.Cut(id, "#")
		return article
	})
}

// line is what one line of labels is about.
type line struct {
	text   string
	tokens []text.Span
}

// label reads labels; sentences whose ids are of one document follow another.
func label(labels io.Reader, lines map[string]line, document func(id string) string) ([]conll.Document, error) {
	var documents []conll.Document
	last := ""
	scan := bufio.NewScanner(labels)
	for n := 1; scan.Scan(); n++ {
		id, names, ok := strings.Cut(scan.Text(), "\t")
		l, known := lines[id]
		if !ok || !known {
			return nil, fmt.Errorf("labels, line %d: got %q, want the id of a sentence, a tab and names", n, scan.Text())
		}
		s, err := l.sentence(names)
		if err != nil {
			return nil, fmt.Errorf("labels, line %d: %w", n, err)
		}
		if d := document(id); len(documents) == 0 || d != last {
			documents, last = append(documents, conll.Document{}), d
		}
		d := &documents[len(documents)-1]
		d.Sentences = append(d.Sentences, s)
	}
	return documents, scan.Err()
}

// sentence is the line with the names of a labels line.
func (l line) sentence(names string) (conll.Sentence, error) {
	var spans []text.Span
	var types []string
	if names != "-" {
		for _, name := range strings.Split(names, "|") {
			from := 0
			if len(spans) > 0 {
				from = spans[len(spans)-1].End
			}
			span, typ, err := l.find(name, from)
			if err != nil {
				return conll.Sentence{}, err
			}
			spans, types = append(spans, span), append(types, typ)
		}
	}
	return l.mark(spans, types), nil
}

// mark is the line with names. Tokens are parted where a name begins or ends
// inside of one.
func (l line) mark(names []text.Span, types []string) (s conll.Sentence) {
	pieces := l.pieces(names)
	for _, t := range pieces {
		s.Words = append(s.Words, t.Of(l.text))
	}
	for k, n := range names {
		first := slices.IndexFunc(pieces, func(t text.Span) bool { return t.End > n.Start })
		last := first
		for last < len(pieces) && pieces[last].Start < n.End {
			last++
		}
		s.Names = append(s.Names, conll.Name{First: first, Last: last, Type: types[k]})
	}
	return s
}

// pieces are the tokens, parted at the borders of names.
func (l line) pieces(names []text.Span) []text.Span {
	var pieces []text.Span
	for _, t := range l.tokens {
		for _, n := range names {
			for _, border := range [2]int{n.Start, n.End} {
				if t.Start < border && border < t.End {
					pieces = append(pieces, text.Span{Start: t.Start, End: border})
					t.Start = border
				}
			}
		}
		pieces = append(pieces, t)
	}
	return pieces
}

// find finds a name of a labels line from a byte on.
func (l line) find(name string, from int) (span text.Span, typ string, err error) {
	at := strings.LastIndexByte(name, '=')
	if at < 0 || labels[name[at+1:]] == 0 {
		return span, "", fmt.Errorf("got %q, want NAME=PER, =ORG or =LOC", name)
	}
	form, typ := name[:at], name[at+1:]
	nth := 1
	if k := len(form) - 2; k > 0 && form[k] == '@' && '1' < form[k+1] && form[k+1] <= '9' {
		form, nth, from = form[:k], int(form[k+1]-'0'), 0
	}
	for i := from; i < len(l.text); i++ {
		if end := l.match(i, form); end > 0 {
			if nth--; nth == 0 {
				return text.Span{Start: i, End: end}, typ, nil
			}
		}
	}
	return span, "", fmt.Errorf("got %q, which does not follow in %q", name, l.text)
}

// match is the end of a name at byte i, or 0. Spaces are passed over, since
// tokenizers part words each in its own way.
func (l line) match(i int, form string) int {
	if i > 0 && isWord(l.text[i-1:i]) || l.text[i] == ' ' {
		return 0
	}
	for _, c := range []byte(strings.ReplaceAll(form, " ", "")) {
		for i < len(l.text) && l.text[i] == ' ' {
			i++
		}
		if i == len(l.text) || l.text[i] != c {
			return 0
		}
		i++
	}
	if r, _ := utf8.DecodeRuneInString(l.text[i:]); unicode.IsLetter(r) {
		return 0
	}
	return i
}
