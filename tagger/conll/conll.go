// Package conll reads corpora of tagged names and scores tags against them as
// the shared tasks of CoNLL did.
package conll

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

// Document is a run of sentences that belong together.
type Document struct {
	Sentences []Sentence
}

// Sentence is a line of words with the names among them.
type Sentence struct {
	Words []string
	Names []Name // in order, never overlapping
}

// Name is a run of words [First, Last) with its type, "PER".
type Name struct {
	First, Last int
	Type        string
}

// docStart begins a document in the files of CoNLL-2003.
const docStart = "-DOCSTART-"

// maxLine bounds one line of a file, in bytes.
const maxLine = 1 << 20

// Read reads a file of two or more columns parted by tabs or spaces, the word
// first and its BIO or IOB tag last: "B-PER" begins a name, "I-PER" goes on in
// it, or begins one after another type. Empty lines end sentences, lines with
// -DOCSTART- begin documents; a file without any is a document per sentence.
// Errors name the line.
func Read(r io.Reader) ([]Document, error) {
	p := parser{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if err := p.line(lines.Text()); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("after line %d: %w", n, err)
	}
	p.endSentence()
	return p.documents, nil
}

// ReadFile reads a file as Read does. Errors name the file.
func ReadFile(name string) ([]Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	documents, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return documents, nil
}

// parser is the state between two lines.
type parser struct {
	documents []Document
	sentence  Sentence
	last      string // tag of the word before, "" at the start of a sentence
	marked    bool   // the file marks its documents
	open      bool   // the next sentence belongs to the last document
}

func (p *parser) line(line string) error {
	fields := strings.Fields(line)
	switch {
	case len(fields) == 0:
		p.endSentence()
		return nil
	case fields[0] == docStart:
		p.endSentence()
		p.marked, p.open = true, false
		return nil
	case len(fields) < 2:
		return fmt.Errorf("got %q, want a word and a tag", line)
	}
	// Some words hold a space that no tokenizer splits at: take the tag off the end.
	return p.word(fields[0], fields[len(fields)-1])
}

func (p *parser) word(word, tag string) error {
	place, typ, ok := strings.Cut(tag, "-")
	if tag != "O" && (!ok || typ == "" || place != "B" && place != "I") {
		return fmt.Errorf("got tag %q, want O, B-TYPE or I-TYPE", tag)
	}
	k := len(p.sentence.Words)
	p.sentence.Words = append(p.sentence.Words, word)
	switch {
	case tag == "O":
	case place == "I" && strings.HasSuffix(p.last, "-"+typ):
		p.sentence.Names[len(p.sentence.Names)-1].Last = k + 1
	default:
		p.sentence.Names = append(p.sentence.Names, Name{First: k, Last: k + 1, Type: typ})
	}
	p.last = tag
	return nil
}

func (p *parser) endSentence() {
	if len(p.sentence.Words) > 0 {
		if !p.open {
			p.documents = append(p.documents, Document{})
		}
		d := &p.documents[len(p.documents)-1]
		d.Sentences = append(d.Sentences, p.sentence)
		p.open = p.marked
	}
	p.sentence, p.last = Sentence{}, ""
}

// Text writes the words of a document with single spaces between them and
// sentences on lines of their own, and tells where each word stands.
func (d *Document) Text() (text string, words []Place) {
	var b strings.Builder
	for k, s := range d.Sentences {
		for i, w := range s.Words {
			if i > 0 {
				b.WriteByte(' ')
			}
			words = append(words, Place{Sentence: k, Start: b.Len(), End: b.Len() + len(w)})
			b.WriteString(w)
		}
		b.WriteByte('\n')
	}
	return b.String(), words
}

// Place is where a word of a sentence stands in a text, in bytes.
type Place struct {
	Sentence   int
	Start, End int
}
