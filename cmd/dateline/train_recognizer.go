package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

const trainRecognizerHelp = `Train a recognizer from CoNLL files: a word and its BIO tag on each line, an
empty line after each sentence, -DOCSTART- before each document. Of the types
PER, ORG and LOC are learned.

A recipe is a JSON file that names everything a model is made of; --train and
--dev take the place of its corpora. Equal recipes and data make equal models,
byte for byte.`

const trainRecognizerExamples = `  dateline train recognizer --recipe recipe.json --data ../shared -o my.model
  dateline train recognizer --recipe recipe.json --train mine.conll --dev dev.conll -o my.model
  dateline tag --model my.model story.txt`

func newTrainRecognizerCommand() *cobra.Command {
	var recipe, clusters, out string
	var data, corpora, dev []string
	cmd := &cobra.Command{
		Use:     "recognizer --recipe FILE -o FILE",
		Short:   "Train the recognizer of names",
		Long:    trainRecognizerHelp,
		Example: trainRecognizerExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := readRecipe(recipe, clusters, data, corpora, dev)
			if err != nil {
				return err
			}
			return trainRecognizer(cmd, r, out)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&recipe, "recipe", "", "what the model is made of, JSON")
	flags.StringSliceVar(&data, "data", []string{"."}, "folders that hold the recipe's files")
	flags.StringVar(&clusters, "clusters", "", "word clusters, from train clusters; none when left out")
	flags.StringSliceVar(&corpora, "train", nil, "CoNLL files to learn from, instead of the recipe's")
	flags.StringSliceVar(&dev, "dev", nil, "CoNLL files to score and calibrate on, instead of the recipe's")
	flags.StringVarP(&out, "output", "o", "", "where the model goes")
	for _, name := range []string{"recipe", "output"} {
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}

// readRecipe reads the recipe and puts the files of the command line into it,
// whose names start from the working folder.
func readRecipe(name, clusters string, data, corpora, dev []string) (*train.Recipe, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := train.ReadRecipe(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r.Dirs, r.Clusters = data, clusters
	if corpora != nil {
		r.Train = nil
	}
	for _, c := range corpora {
		if c, err = filepath.Abs(c); err != nil {
			return nil, err
		}
		r.Train = append(r.Train, train.Corpus{File: c, Weight: 1, Copies: 1})
	}
	if dev != nil {
		r.Dev = nil
	}
	for _, d := range dev {
		if d, err = filepath.Abs(d); err != nil {
			return nil, err
		}
		r.Dev = append(r.Dev, d)
	}
	return r, nil
}

func trainRecognizer(cmd *cobra.Command, r *train.Recipe, out string) error {
	g, err := gazetteer.Default()
	if err != nil {
		return err
	}
	began := time.Now()
	m, err := train.Train(r, g, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	packed, err := m.Encode()
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, packed, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: model %s, %.1f MB, in %s\n",
		out, m.Version(), float64(len(packed))/1e6, time.Since(began).Round(time.Second))
	return nil
}
