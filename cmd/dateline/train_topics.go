package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger/topics"
)

const trainTopicsHelp = `Topics trains the linear model of topics and fits the calibration that joins it
with the rules, in three steps:

1. The calibration is fitted to rules alone, on --labelled and --short.
2. Texts are labelled by the rules, softly; what labels they carry of their own
   (iptc, of level 1) is kept. The model learns from these. Of every ten lines
   of a JSON lines file the first is left out, for measuring, and the second
   joins --short.
3. The calibration is fitted again, to rules and model.

Texts are JSON lines {text, title, iptc} or, when the name ends in .conll, tokens
a line each. The result is model.bin and combiner.json in --out; the same input
and seed give the same bytes.`

const trainTopicsExamples = `  dateline train topics --labelled ../shared/topics/labelled.open.jsonl \
    --short ../shared/topics/sib200-eng14.train.jsonl --out tagger/topics \
    ../shared/topics/huffpost-headlines.all.jsonl ../shared/corpora/gmb-clean.train.conll`

func newTrainTopicsCommand() *cobra.Command {
	var labelled, short, out string
	var options topics.TrainOptions
	cmd := &cobra.Command{
		Use:     "topics TEXTS…",
		Short:   "Train the linear model of topics and its calibration",
		Long:    trainTopicsHelp,
		Example: trainTopicsExamples,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := newTopicsTraining(labelled, short, args)
			if err != nil {
				return err
			}
			return t.run(out, options)
		},
	}
	cmd.Flags().StringVar(&labelled, "labelled", "", "articles with all their topics, JSON lines `FILE`")
	cmd.Flags().StringVar(&short, "short", "", "headlines or sentences with one topic, JSON lines `FILE`")
	cmd.Flags().StringVar(&out, "out", ".", "`FOLDER` of model.bin and combiner.json")
	cmd.Flags().Uint64Var(&options.Seed, "seed", 0, "seed of the order of the texts")
	cmd.Flags().IntVar(&options.Epochs, "epochs", 0, "passes over the texts; 0 chooses")
	_ = cmd.MarkFlagRequired("labelled")
	return cmd
}

// topicsTraining is what one training run reads.
type topicsTraining struct {
	judged []topics.Labelled // for the calibration
	texts  []topics.Labelled // for the model
}

func newTopicsTraining(labelled, short string, texts []string) (*topicsTraining, error) {
	t := &topicsTraining{}
	for _, name := range []string{labelled, short} {
		if name == "" {
			continue
		}
		articles, err := readLabelled(name)
		if err != nil {
			return nil, err
		}
		for i := range articles {
			t.judge(articles[i])
		}
	}
	for _, name := range texts {
		if err := t.read(name); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// judge takes a text for the calibration, if it has a topic.
func (t *topicsTraining) judge(l topics.Labelled) {
	if len(l.Top) > 0 {
		t.judged = append(t.judged, l)
	}
}

// read takes the texts of a file for the model, and one in ten for the
// calibration.
func (t *topicsTraining) read(name string) error {
	if filepath.Ext(name) == ".conll" {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		texts, err := topics.ReadCoNLL(name, strings.NewReader(string(text)))
		t.texts = append(t.texts, texts...)
		return err
	}
	texts, err := readLabelled(name)
	if err != nil {
		return err
	}
	for i := range texts {
		switch i % 10 {
		case 0: // left out
		case 1:
			t.judge(texts[i])
		default:
			t.texts = append(t.texts, texts[i])
		}
	}
	return nil
}

func (t *topicsTraining) run(out string, o topics.TrainOptions) error {
	classifier, err := topics.RulesOnly()
	if err != nil {
		return err
	}
	classifier = classifier.Fit(t.judged)
	var file bytes.Buffer
	if err := classifier.Train(&file, t.texts, o); err != nil {
		return err
	}
	model, err := topics.ReadModel(file.Bytes())
	if err != nil {
		return err
	}
	classifier = classifier.WithModel(model).Fit(t.judged)
	var combiner bytes.Buffer
	if err := classifier.WriteCombiner(&combiner); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "model.bin"), file.Bytes(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "combiner.json"), combiner.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d texts, %d labels, %d bytes\n", len(t.texts), len(model.Labels()), file.Len())
	return nil
}
