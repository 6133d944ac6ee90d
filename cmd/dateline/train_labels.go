package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

const trainLabelsHelp = `Put names that were marked by hand on the texts that they were marked in, and
write them as CoNLL. The texts are a CoNLL file, whose own tags are dropped, or
articles as JSON lines, {"id": …, "text": …}, when the name ends in .jsonl. Texts
whose name ends in .txt hold their names themselves, "[LOC Kabul] waits".`

const trainLabelsExamples = `  dateline train labels --text articles.jsonl --labels news.dev.labels -o news.dev.conll
  dateline train labels --text marked.txt -o marked.conll`

func newTrainLabelsCommand() *cobra.Command {
	var text, labels, out string
	cmd := &cobra.Command{
		Use:     "labels --text FILE [--labels FILE] -o FILE",
		Short:   "Join names marked by hand with their texts",
		Long:    trainLabelsHelp,
		Example: trainLabelsExamples,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			documents, err := labelled(text, labels)
			if err != nil {
				return err
			}
			return writeFile(out, func(w io.Writer) error { return conll.Write(w, documents) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&text, "text", "", "what the names were marked in")
	flags.StringVar(&labels, "labels", "", "the names")
	flags.StringVarP(&out, "output", "o", "", "where the corpus goes")
	for _, name := range []string{"text", "output"} {
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}

func labelled(text, labels string) ([]conll.Document, error) {
	t, err := os.Open(text)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	if strings.HasSuffix(text, ".txt") {
		return train.Marked(t)
	}
	if labels == "" {
		return nil, fmt.Errorf("--labels: got none, want the names of %s", text)
	}
	l, err := os.Open(labels)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	if strings.HasSuffix(text, ".jsonl") {
		return train.LabelArticles(t, l)
	}
	return train.Label(t, l)
}
