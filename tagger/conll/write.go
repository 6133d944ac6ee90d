package conll

import (
	"bufio"
	"fmt"
	"io"
	"slices"
)

// Write writes documents as Read reads them: a word, a tab and its BIO tag on
// each line.
func Write(w io.Writer, documents []Document) error {
	b := bufio.NewWriter(w)
	for i := range documents {
		fmt.Fprintf(b, "%s\tO\n\n", docStart)
		for _, s := range documents[i].Sentences {
			tags := s.tags(s.Names)
			for k, word := range s.Words {
				fmt.Fprintf(b, "%s\t%s\n", word, tags[k])
			}
			fmt.Fprintln(b)
		}
	}
	return b.Flush()
}

// WriteGuesses writes the words of a document, the tags of its names of some
// types and those of the names found, by sentence, as the script conlleval of
// the shared tasks reads them: three columns with a space between.
func WriteGuesses(w io.Writer, d *Document, types []string, found [][]Name) error {
	b := bufio.NewWriter(w)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		gold := slices.DeleteFunc(slices.Clone(s.Names), func(n Name) bool { return !slices.Contains(types, n.Type) })
		tags, guesses := s.tags(gold), s.tags(found[i])
		for k, word := range s.Words {
			fmt.Fprintf(b, "%s %s %s\n", word, tags[k], guesses[k])
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// tags are the BIO tags of the words when these are their names.
func (s *Sentence) tags(names []Name) []string {
	tags := make([]string, len(s.Words))
	for i := range tags {
		tags[i] = "O"
	}
	for _, n := range names {
		tags[n.First] = "B-" + n.Type
		for i := n.First + 1; i < n.Last; i++ {
			tags[i] = "I-" + n.Type
		}
	}
	return tags
}
