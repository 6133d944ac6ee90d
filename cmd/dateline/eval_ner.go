package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

const evalNERHelp = `Ner measures the names found in CoNLL files: a name counts as right when its
span and its type are exactly those of the file, as conlleval counts. People,
organizations and places are compared; other types of the file are ignored.

Two things are measured: the recognizer alone on the words of the file, and the
whole tagger on the text that the words make when marks are put back to where
they belong. The reliability of the confidence goes with the first.`

const evalNERExamples = `  dateline eval ner ../shared/corpora/uner-ewt.dev.conll
  dateline eval ner --errors ../shared/corpora/gum-open.dev.conll`

func newEvalNERCommand() *cobra.Command {
	var errors bool
	var model, guesses string
	cmd := &cobra.Command{
		Use:     "ner FILE...",
		Short:   "Measure the names found in CoNLL files",
		Long:    evalNERHelp,
		Example: evalNERExamples,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			options, err := dataFiles{model: model}.load()
			if err != nil {
				return err
			}
			t, err := tagger.New(options)
			if err != nil {
				return err
			}
			e := nerEvaluation{out: cmd.OutOrStdout(), guesses: io.Discard, tagger: t, options: options, errors: errors}
			if guesses != "" {
				return writeFile(guesses, func(w io.Writer) error {
					e.guesses = w
					return e.files(cmd.Context(), files)
				})
			}
			return e.files(cmd.Context(), files)
		},
	}
	cmd.Flags().BoolVar(&errors, "errors", false, "list every mistake of the whole tagger with its line")
	cmd.Flags().StringVar(&guesses, "guesses", "", "`FILE` for the words with their tags and those of the recognizer alone, for conlleval")
	cmd.Flags().StringVar(&model, "recognizer", "", "`FILE` of the model, from train recognizer; the embedded one when left out")
	return cmd
}

// nerEvaluation measures names.
type nerEvaluation struct {
	out     io.Writer
	guesses io.Writer
	tagger  *tagger.Tagger
	options tagger.Options
	errors  bool
}

func (e *nerEvaluation) files(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := e.file(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (e *nerEvaluation) file(ctx context.Context, name string) error {
	documents, err := conll.ReadFile(name)
	if err != nil {
		return err
	}
	alone, reliability, err := e.alone(documents)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s\nrecognizer alone, on the words of the file\n", name)
	if err := alone.Write(e.out); err != nil {
		return err
	}
	if err := reliability.Write(e.out); err != nil {
		return err
	}
	whole, err := e.whole(ctx, documents)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintln(e.out, "the whole tagger, on raw text")
	return whole.Write(e.out)
}

func (e *nerEvaluation) alone(documents []conll.Document) (*conll.Score, *train.Reliability, error) {
	var score conll.Score
	var reliability train.Reliability
	for i := range documents {
		d := &documents[i]
		found := train.Evaluate(e.options.Recognizer, e.options.Gazetteer, d, &score, &reliability)
		if err := conll.WriteGuesses(e.guesses, d, comparedTypes, found); err != nil {
			return nil, nil, err
		}
	}
	return &score, &reliability, nil
}

// comparedTypes are the types of names that are scored.
var comparedTypes = []string{"PER", "ORG", "LOC"}

func (e *nerEvaluation) whole(ctx context.Context, documents []conll.Document) (*conll.Score, error) {
	var score conll.Score
	for i := range documents {
		text, gold := documents[i].RawNames(comparedTypes...)
		result, err := e.tagger.Tag(ctx, tagger.Article{Body: text})
		if err != nil {
			return nil, err
		}
		found := foundSpans(result)
		score.Add(gold, found)
		if e.errors {
			e.list(text, gold, found)
		}
	}
	return &score, nil
}

var conllTypes = map[tagger.MentionType]string{
	tagger.PersonMention: "PER", tagger.OrganizationMention: "ORG", tagger.PlaceMention: "LOC",
}

// foundSpans are the bytes of the names of a result; demonyms are none.
func foundSpans(r *tagger.Result) []conll.Name {
	var found []conll.Name
	for _, m := range r.Mentions {
		if typ := conllTypes[m.Type]; typ != "" {
			found = append(found, conll.Name{First: m.Span.Start, Last: m.Span.End, Type: typ})
		}
	}
	return found
}

// list prints what was missed and what was wrongly found, each in its context.
func (e *nerEvaluation) list(text string, gold, found []conll.Name) {
	for _, n := range gold {
		if !slices.Contains(found, n) {
			e.mistake("missed", text, n)
		}
	}
	for _, n := range found {
		if !slices.Contains(gold, n) {
			e.mistake("wrong", text, n)
		}
	}
}

func (e *nerEvaluation) mistake(what, text string, n conll.Name) {
	const context = 40
	from, to := max(n.First-context, 0), min(n.Last+context, len(text))
	fmt.Fprintf(e.out, "%-6s %s  %q\n", what, n.Type, text[from:n.First]+"["+text[n.First:n.Last]+"]"+text[n.Last:to])
}
