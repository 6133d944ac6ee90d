package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger/topics"
)

const topicsExamples = `  dateline topics list
  dateline topics list 20000148                  what lies below disaster
  dateline topics check --rules ./my-rules ../shared/topics/labelled.open.jsonl
  dateline topics import < iptc_mediatopics.json > tagger/topics/mediatopics.tsv`

func newTopicsCommand() *cobra.Command {
	cmd := parent("topics", "List topics, check rules, import a new release of IPTC's",
		newTopicsListCommand(), newTopicsCheckCommand(), newTopicsImportCommand())
	cmd.Example = topicsExamples
	return cmd
}

func newTopicsListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list [CODE]",
		Short: "List a topic and those below it, or all",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			taxonomy, err := topics.MediaTopics()
			if err != nil {
				return err
			}
			roots := taxonomy.Roots()
			if len(args) == 1 {
				code, ok := taxonomy.Current(topics.Code(args[0]))
				if !ok {
					return fmt.Errorf("topic: got %q, want a code such as 20000148", args[0])
				}
				roots = []topics.Code{code}
			}
			for _, code := range roots {
				listTopic(outputOf(cmd), taxonomy, code, 0)
			}
			return nil
		},
	}
}

func listTopic(out output, taxonomy *topics.Taxonomy, code topics.Code, depth int) {
	_, _ = fmt.Fprintf(out, "%s%s %s\n", strings.Repeat("  ", depth), code, topicName(taxonomy, code))
	for _, child := range taxonomy.Children(code) {
		listTopic(out, taxonomy, child, depth+1)
	}
}

func newTopicsImportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import",
		Short: "Turn IPTC's JSON into the file that is compiled in",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return topics.ImportMediaTopics(cmd.OutOrStdout(), cmd.InOrStdin())
		},
	}
}

const topicsCheckHelp = `Check reads the rules, the compiled-in ones and those of --rules, and reports on a
corpus (JSON lines with text, or .conll):

  dead        a pattern that never occurs
  shadowed    a pattern that contains a shorter one of its rule of no less weight
  over-eager  a rule that speaks in more than --most percent of the texts

Rules that cannot be read are an error that names file and line.`

func newTopicsCheckCommand() *cobra.Command {
	var rules string
	var most float64
	cmd := &cobra.Command{
		Use:   "check TEXTS…",
		Short: "Find dead, shadowed and over-eager rules on a corpus",
		Long:  topicsCheckHelp,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			classifier, err := classifierWith(rules)
			if err != nil {
				return err
			}
			t := &topicsTraining{}
			for _, name := range args {
				if err := t.read(name); err != nil {
					return err
				}
			}
			for _, f := range classifier.Check(append(t.texts, t.judged...), most/100) {
				_, _ = fmt.Fprintln(outputOf(cmd), f)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&rules, "rules", "", "`FOLDER` of more *.rules files")
	cmd.Flags().Float64Var(&most, "most", 20, "`PERCENT` of the texts in which a rule may speak")
	return cmd
}

// classifierWith is the classifier with the rules of a folder added, "" for
// none.
func classifierWith(folder string) (*topics.Classifier, error) {
	if folder == "" {
		return topics.Default()
	}
	c, err := topics.New(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("topic rules in %s: %w", folder, err)
	}
	return c, nil
}
