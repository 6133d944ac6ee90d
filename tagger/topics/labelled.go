package topics

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Labelled is an article whose topics people have given.
type Labelled struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Top      []Code `json:"top"`       // level-1 topics that both annotators gave
	TopMay   []Code `json:"top_may"`   // that one gave: counted neither for nor against
	Codes    []Code `json:"codes"`     // topics of level 2 and 3 that both gave
	CodesMay []Code `json:"codes_may"` // that one gave
	IPTC     []Code `json:"iptc"`      // of single-label sets: the level-1 topic
}

// ReadLabelled reads labelled articles, JSON lines. Errors name the file and
// the line.
func ReadLabelled(file string, r io.Reader) ([]Labelled, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	var out []Labelled
	for n := 1; lines.Scan(); n++ {
		var l Labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		if l.Text == "" {
			return nil, fmt.Errorf("%s:%d: text is empty, want the article", file, n)
		}
		if l.Top == nil {
			l.Top = l.IPTC
		}
		out = append(out, l)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return out, nil
}

// Input is the article to classify.
func (l *Labelled) Input() Input {
	if l.Title == "" {
		return Input{Text: l.Text}
	}
	return Input{Text: l.Title + "\n" + l.Text, Body: len(l.Title) + 1}
}

// conllSentences is how many sentences of a CoNLL file without document
// borders make one text.
const conllSentences = 8

// ReadCoNLL reads unlabelled texts from a CoNLL file: a token at the start of
// each line, a blank line after each sentence, -DOCSTART- before a document
// where known.
func ReadCoNLL(file string, r io.Reader) ([]Labelled, error) {
	lines := bufio.NewScanner(r)
	var out []Labelled
	var text strings.Builder
	sentences := 0
	flush := func() {
		if text.Len() > 0 {
			out = append(out, Labelled{ID: fmt.Sprintf("%s.%d", file, len(out)), Text: text.String()})
		}
		text.Reset()
		sentences = 0
	}
	for lines.Scan() {
		token, _, _ := strings.Cut(lines.Text(), "\t")
		switch {
		case strings.HasPrefix(token, "-DOCSTART-"):
			flush()
		case token == "":
			text.WriteByte('\n')
			if sentences++; sentences == conllSentences {
				flush()
			}
		default:
			text.WriteString(token)
			text.WriteByte(' ')
		}
	}
	flush()
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return out, nil
}
