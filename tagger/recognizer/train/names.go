package train

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

// entry is what training reads of a line of a gazetteer source.
type entry struct {
	Type     string
	Kind     string
	Name     string
	Aliases  []string
	Demonyms []string
}

// names are the names that training knows beforehand: to describe words by
// how they stand in names of people, to substitute in sentences, to drop
// demonyms.
type names struct {
	people, organizations, places []string
	demonyms                      map[string]bool // folded
	countries                     map[string]bool // names of what has demonyms, folded
}

// readNames reads gazetteer sources, JSON lines packed with gzip.
func readNames(files []string) (*names, error) {
	n := &names{demonyms: map[string]bool{}, countries: map[string]bool{}}
	for _, f := range files {
		if err := n.readFile(f); err != nil {
			return nil, fmt.Errorf("names: %s: %w", f, err)
		}
	}
	return n, nil
}

func (n *names) readFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bufio.NewReader(z))
	for {
		var e entry
		if err := d.Decode(&e); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		n.add(&e)
	}
}

func (n *names) add(e *entry) {
	for _, d := range e.Demonyms {
		n.demonyms[strings.ToLower(d)] = true
	}
	if len(e.Demonyms) > 0 {
		for _, name := range append(e.Aliases, e.Name) {
			n.countries[strings.ToLower(name)] = true
		}
	}
	switch {
	case e.Name == "":
	case e.Type == "PER":
		n.people = append(n.people, e.Name)
	case e.Type == "ORG":
		n.organizations = append(n.organizations, e.Name)
	case e.Type == "LOC":
		n.places = append(n.places, e.Name)
	}
}

// often is how many names a word must stand in to be common among names.
const often = 5

// nameBits tells how each word stands in the names of people.
func (n *names) nameBits() map[string]uint8 {
	type count struct{ given, family, inner int }
	counts := map[string]*count{}
	at := func(w string) *count {
		w = strings.ToLower(w)
		if counts[w] == nil {
			counts[w] = &count{}
		}
		return counts[w]
	}
	for _, person := range n.people {
		words := strings.Fields(person)
		if len(words) < 2 {
			continue
		}
		at(words[0]).given++
		at(words[len(words)-1]).family++
		for _, w := range words[1 : len(words)-1] {
			at(w).inner++
		}
	}
	bits := map[string]uint8{}
	for w, c := range counts {
		var b uint8
		if c.given > 1 {
			b |= recognizer.NameGiven
		}
		if c.given >= often {
			b |= recognizer.NameGivenOften
		}
		if c.family > 1 {
			b |= recognizer.NameFamily
		}
		if c.family >= often {
			b |= recognizer.NameFamilyOften
		}
		if c.inner > 1 {
			b |= recognizer.NameInner
		}
		if b != 0 {
			bits[w] = b
		}
	}
	return bits
}

// lexicon makes the recognizer's lexicon of clusters and the words of names.
// Words are put in a fixed order, so that equal data make equal files.
func lexicon(c *Clusters, bits map[string]uint8) *recognizer.Lexicon {
	lexemes := map[string]recognizer.Lexeme{}
	var order []string
	for i, w := range c.Words {
		l := recognizer.Lexeme{Names: bits[w]}
		if i < c.Vectors.Len() {
			l.Vector = uint32(i + 1)
		}
		for g := range l.Clusters {
			l.Clusters[g] = c.Of[g][i] + 1
		}
		if _, ok := lexemes[w]; !ok {
			order = append(order, w)
		}
		lexemes[w] = l
	}
	for _, w := range sortedKeys(bits) {
		if _, ok := lexemes[w]; !ok {
			order = append(order, w)
			lexemes[w] = recognizer.Lexeme{Names: bits[w]}
		}
	}
	x := recognizer.NewLexicon(len(order))
	for _, w := range order {
		x.Put(w, lexemes[w])
	}
	return x
}
