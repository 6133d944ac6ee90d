package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger/topics"
)

const evalTopicsHelp = `Topics measures topics on labelled articles: JSON lines {id, title, text, top,
top_may, codes, codes_may}. top lists level-1 codes and codes those of levels 2
and 3; what stands in the lists that end in _may counts neither for nor against.
Instead of top, a file may carry iptc, one level-1 code.

"first" are the articles whose first topic lies in one of their level-1 topics.
A tag below level 3 counts as its ancestor at level 3. Entities play no part
here: the texts are read by the classifier alone.

With --folds, every article is judged with the last step, the calibration,
fitted on the other folds, which is the honest figure for a file that the
compiled-in calibration has seen.`

const evalTopicsExamples = `  dateline eval topics ../shared/topics/sib200-eng14.test.jsonl
  dateline eval topics --folds 5 ../shared/topics/labelled.open.jsonl
  dateline eval topics --per-topic ../shared/topics/labelled.open.jsonl`

func newEvalTopicsCommand() *cobra.Command {
	var folds int
	var perTopic bool
	cmd := &cobra.Command{
		Use:     "topics FILE",
		Short:   "Measure topics on labelled articles",
		Long:    evalTopicsHelp,
		Example: evalTopicsExamples,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if folds != 0 && folds < 2 {
				return fmt.Errorf("--folds: got %d, want 2 or more, or 0", folds)
			}
			articles, err := readLabelled(args[0])
			if err != nil {
				return err
			}
			classifier, err := topics.Default()
			if err != nil {
				return err
			}
			report := topics.Evaluate(classifier.Taxonomy(), articles, tagAll(classifier, articles, folds))
			printTopicReport(outputOf(cmd), classifier.Taxonomy(), report, perTopic)
			return nil
		},
	}
	cmd.Flags().IntVar(&folds, "folds", 0, "cross-validate the calibration in so many `FOLDS`")
	cmd.Flags().BoolVar(&perTopic, "per-topic", false, "show precision and recall of every topic")
	return cmd
}

// tagAll classifies the articles.
func tagAll(c *topics.Classifier, articles []topics.Labelled, folds int) [][]topics.Tag {
	if folds > 0 {
		return c.CrossValidate(articles, nil, folds)
	}
	tags := make([][]topics.Tag, len(articles))
	for i := range articles {
		tags[i] = c.Classify(nil, articles[i].Input())
	}
	return tags
}

// readLabelled reads a file of labelled articles.
func readLabelled(name string) ([]topics.Labelled, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return topics.ReadLabelled(name, f)
}

func printTopicReport(out output, taxonomy *topics.Taxonomy, r *topics.Report, perTopic bool) {
	_, _ = fmt.Fprintf(out, "articles      %6d\n", r.Articles)
	_, _ = fmt.Fprintf(out, "first right   %6.1f %%\n", 100*float64(r.First)/float64(max(r.Articles, 1)))
	printCount(out, "level 1", r.Top)
	if r.Narrow != (topics.Count{}) {
		printCount(out, "levels 2, 3", r.Narrow)
	}
	_, _ = fmt.Fprintln(out, "\nscore       tags   mean score   right")
	for i, b := range r.Bins {
		if b.Tags > 0 {
			_, _ = fmt.Fprintf(out, "%.1f–%.1f  %8d   %10.2f   %5.2f\n", float64(i)/10, float64(i+1)/10,
				b.Tags, b.Score/float64(b.Tags), float64(b.Right)/float64(b.Tags))
		}
	}
	printConfusions(out, taxonomy, r)
	if perTopic {
		printTopics(out, taxonomy, r)
	}
}

func printCount(out output, name string, c topics.Count) {
	_, _ = fmt.Fprintf(out, "%-12s  F1 %.3f  precision %.3f  recall %.3f  (%d right, %d wrong, %d missed)\n",
		name, c.F1(), c.Precision(), c.Recall(), c.Right, c.Wrong, c.Missed)
}

// worstConfusions is how many confusions are shown.
const worstConfusions = 8

func printConfusions(out output, taxonomy *topics.Taxonomy, r *topics.Report) {
	pairs := slices.SortedFunc(maps.Keys(r.Confused), func(a, b [2]topics.Code) int {
		return cmp.Or(cmp.Compare(r.Confused[b], r.Confused[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	if len(pairs) > 0 {
		_, _ = fmt.Fprintln(out, "\nmissed, and given instead")
	}
	for _, p := range pairs[:min(len(pairs), worstConfusions)] {
		_, _ = fmt.Fprintf(out, "%4d  %s → %s\n", r.Confused[p], topicName(taxonomy, p[0]), topicName(taxonomy, p[1]))
	}
}

func printTopics(out output, taxonomy *topics.Taxonomy, r *topics.Report) {
	_, _ = fmt.Fprintln(out, "\nprecision  recall  labelled  topic")
	codes := slices.SortedFunc(maps.Keys(r.ByTopic), func(a, b topics.Code) int {
		ta, _ := taxonomy.Topic(a)
		tb, _ := taxonomy.Topic(b)
		return cmp.Or(cmp.Compare(min(ta.Level, 2), min(tb.Level, 2)), cmp.Compare(ta.Top, tb.Top), cmp.Compare(a, b))
	})
	for _, code := range codes {
		c := r.ByTopic[code]
		_, _ = fmt.Fprintf(out, "%9.2f  %6.2f  %8d  %s %s\n", c.Precision(), c.Recall(), c.Right+c.Missed, code, topicName(taxonomy, code))
	}
}

func topicName(taxonomy *topics.Taxonomy, code topics.Code) string {
	topic, _ := taxonomy.Topic(code)
	return topic.Name
}
