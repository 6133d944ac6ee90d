package conll

import (
	"bufio"
	"fmt"
	"io"
)

// Write writes documents as Read reads them: a word, a tab and its BIO tag on
// each line.
func Write(w io.Writer, documents []Document) error {
	b := bufio.NewWriter(w)
	for i := range documents {
		fmt.Fprintf(b, "%s\tO\n\n", docStart)
		for _, s := range documents[i].Sentences {
			tags := s.tags()
			for k, word := range s.Words {
				fmt.Fprintf(b, "%s\t%s\n", word, tags[k])
			}
			fmt.Fprintln(b)
		}
	}
	return b.Flush()
}

// tags are the BIO tags of the words.
func (s *Sentence) tags() []string {
	tags := make([]string, len(s.Words))
	for i := range tags {
		tags[i] = "O"
	}
	for _, n := range s.Names {
		tags[n.First] = "B-" + n.Type
		for i := n.First + 1; i < n.Last; i++ {
			tags[i] = "I-" + n.Type
		}
	}
	return tags
}
