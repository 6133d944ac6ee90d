// Package beside measures another tagger beside Dateline on the same texts in
// the same run: how well names are found, and how fast.
package beside

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer"
)

// Tagger finds names in a raw text: its bytes [First, Last) and the type PER,
// ORG or LOC, in order.
type Tagger func(text string) ([]conll.Name, error)

// Main measures a library on CoNLL files and writes two rows for each: whole
// documents, as raw text, on one goroutine.
func Main(w io.Writer, library string, tag Tagger, files []string) error {
	dateline, err := newDateline()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%-28s %-10s %6s %6s %6s %6s %12s %12s\n", "", "", "F1", "PER", "ORG", "LOC", "words/s new", "again")
	for _, name := range files {
		documents, err := conll.ReadFile(name)
		if err != nil {
			return err
		}
		for _, row := range []struct {
			name string
			tag  Tagger
		}{{library, tag}, {"Dateline", dateline}} {
			if err := measure(w, name, row.name, row.tag, documents); err != nil {
				return fmt.Errorf("%s: %s: %w", name, row.name, err)
			}
		}
	}
	return nil
}

// measure tags all documents twice: each text new to the tagger, then again.
func measure(w io.Writer, file, library string, tag Tagger, documents []conll.Document) error {
	if _, err := tag("It loads what it has to load."); err != nil {
		return err
	}
	score := conll.Score{Types: map[string]*conll.Score{"PER": {}, "ORG": {}, "LOC": {}}}
	var busy [2]time.Duration
	words := 0
	for pass := range busy {
		for i := range documents {
			text, gold := documents[i].RawNames("PER", "ORG", "LOC")
			began := time.Now()
			found, err := tag(text)
			busy[pass] += time.Since(began)
			if err != nil {
				return err
			}
			if pass == 0 {
				for _, s := range documents[i].Sentences {
					words += len(s.Words)
				}
				score.Add(gold, found)
			}
		}
	}
	_, err := fmt.Fprintf(w, "%-28s %-10s %6.1f %6.1f %6.1f %6.1f %12.0f %12.0f\n", filepath.Base(file), library,
		100*score.F1(), 100*score.Types["PER"].F1(), 100*score.Types["ORG"].F1(), 100*score.Types["LOC"].F1(),
		float64(words)/busy[0].Seconds(), float64(words)/busy[1].Seconds())
	return err
}

// newDateline is Dateline's tagger as it is embedded, without topics, which no
// other library gives.
func newDateline() (Tagger, error) {
	g, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	m, err := recognizer.Default()
	if err != nil {
		return nil, err
	}
	t, err := tagger.New(tagger.Options{Gazetteer: g, Recognizer: m})
	if err != nil {
		return nil, err
	}
	types := map[tagger.MentionType]string{
		tagger.PersonMention: "PER", tagger.OrganizationMention: "ORG", tagger.PlaceMention: "LOC",
	}
	return func(text string) (found []conll.Name, err error) {
		r, err := t.Tag(context.Background(), tagger.Article{Body: text})
		if err != nil {
			return nil, err
		}
		for _, m := range r.Mentions {
			if typ := types[m.Type]; typ != "" {
				found = append(found, conll.Name{First: m.Span.Start, Last: m.Span.End, Type: typ})
			}
		}
		return found, nil
	}, nil
}
