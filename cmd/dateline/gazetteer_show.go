package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/gazetteer/source"
	"github.com/dateline-news/dateline/tagger"
)

func newGazetteerCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FOLDER|INDEX]",
		Short: "Find doubles, dangerous names and dead conditions in the curated files, or damage in an index",
		Example: `  dateline gazetteer check gazetteer/curated
  dateline gazetteer check world.gaz`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "gazetteer/curated"
			if len(args) > 0 {
				path = args[0]
			}
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			if !info.IsDir() {
				return checkIndex(cmd, path)
			}
			return checkCurated(cmd, os.DirFS(path))
		},
	}
}

func checkIndex(cmd *cobra.Command, path string) error {
	g, err := gazetteer.Open(path)
	if err != nil {
		return err
	}
	if err := g.Verify(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: whole, version %s, %d entries\n", path, g.Version(), g.Len())
	return err
}

func checkCurated(cmd *cobra.Command, dir fs.FS) error {
	cur, err := source.ReadCurated(dir)
	if err != nil {
		return err
	}
	findings := cur.Check()
	for _, f := range findings {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", f.At, f.Text); err != nil {
			return err
		}
	}
	if len(findings) > 0 {
		return fmt.Errorf("%d things to look at in %d entries", len(findings), len(cur.Entries))
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d entries, nothing to object to\n", len(cur.Entries))
	return err
}

func newGazetteerDumpCommand() *cobra.Command {
	var index, name string
	cmd := &cobra.Command{
		Use:   "dump [ID…]",
		Short: "Write entries as JSON lines: all of them, those with an id, or the bearers of a name",
		Example: `  dateline gazetteer dump Q889
  dateline gazetteer dump --name Georgia
  dateline gazetteer dump --index world.gaz > world.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := openGazetteer(index)
			if err != nil {
				return err
			}
			refs, err := chosen(g, name, args)
			if err != nil {
				return err
			}
			w := bufio.NewWriter(cmd.OutOrStdout())
			for _, r := range refs {
				e := g.Entry(r)
				line, err := source.EncodeEntry(&e)
				if err != nil {
					return err
				}
				if _, err := w.Write(append(line, '\n')); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&index, "index", "", "index `FILE`; without it the embedded one")
	cmd.Flags().StringVar(&name, "name", "", "only the bearers of this `NAME`, in whatever case")
	return cmd
}

// chosen lists the entries asked for.
func chosen(g *gazetteer.Gazetteer, name string, ids []string) (refs []gazetteer.Ref, err error) {
	if name == "" && len(ids) == 0 {
		for r := range g.All() {
			refs = append(refs, r)
		}
		return refs, nil
	}
	for _, id := range ids {
		r, ok := g.Lookup(gazetteer.ID(id))
		if !ok {
			return nil, fmt.Errorf("no entry has the id %q", id)
		}
		refs = append(refs, r)
	}
	if name != "" {
		bearers := g.Find(nil, name)
		if len(bearers) == 0 {
			return nil, fmt.Errorf("no entry bears the name %q", name)
		}
		for _, b := range bearers {
			refs = append(refs, b.Ref)
		}
	}
	return refs, nil
}

func newGazetteerDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff FROM TO",
		Short: "Show what changed between two index files, by id; '' is the embedded one",
		Example: `  dateline gazetteer diff old.gaz new.gaz
  dateline gazetteer diff '' new.gaz | grep '^[-+] .*"Q889"'`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := openGazetteer(args[0])
			if err != nil {
				return err
			}
			to, err := openGazetteer(args[1])
			if err != nil {
				return err
			}
			w := bufio.NewWriter(cmd.OutOrStdout())
			n, err := source.Diff(w, from, to)
			if err := errors.Join(err, w.Flush()); err != nil {
				return err
			}
			cmd.PrintErrf("%d entries differ\n", n)
			return nil
		},
	}
}

// explainCommand asks the tagger about one name.
type explainCommand struct {
	source, date, text string
}

func newGazetteerExplainCommand() *cobra.Command {
	var c explainCommand
	cmd := &cobra.Command{
		Use:   "explain NAME",
		Short: "Show who bears a name, and why one of them wins in an outlet, at a date, in a text",
		Example: `  dateline gazetteer explain IEA
  dateline gazetteer explain IEA --source ariananews.af --date 2025-05-01
  dateline gazetteer explain Georgia --text "Tbilisi is the capital of Georgia."`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd, args[0]) },
	}
	cmd.Flags().StringVar(&c.source, "source", "", "the outlet's `DOMAIN`")
	cmd.Flags().StringVar(&c.date, "date", "", "the article's `DATE`, 2006-01-02")
	cmd.Flags().StringVar(&c.text, "text", "", "the article's `TEXT`; without it a sentence that says nothing of the name")
	return cmd
}

func (c *explainCommand) run(cmd *cobra.Command, name string) error {
	t, err := newTagger(dataFiles{}, 0, true)
	if err != nil {
		return err
	}
	a := tagger.Article{Body: c.text, Source: c.source}
	if c.text == "" {
		a.Body = "Officials spoke about " + name + " on Monday."
	}
	if c.date != "" {
		if a.PublishTime, err = time.Parse(time.DateOnly, c.date); err != nil {
			return usagef("--date: got %q, want 2006-01-02", c.date)
		}
	}
	if !strings.Contains(a.Body, name) {
		return usagef("--text does not contain %q", name)
	}
	result, err := t.Tag(cmd.Context(), a)
	if err != nil {
		return err
	}
	for _, m := range result.Mentions {
		if m.Field == tagger.Body && strings.Contains(m.Span.Of(a.Body), name) {
			return printCandidates(outputOf(cmd), result.Entities[m.Entity])
		}
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: no mention of an entity\n", name)
	return err
}

// printCandidates shows the rivals, best first, with the reasons of each.
func printCandidates(out output, e tagger.Entity) error {
	if out.format != "text" {
		return out.json(e.Candidates)
	}
	rows := []row{{bold, []string{string(e.ID), e.Name, fmt.Sprintf("%.2f", e.Confidence), "chosen"}}}
	for _, c := range e.Candidates {
		rows = append(rows, row{plain, []string{string(c.ID), c.Name, fmt.Sprintf("%.2f", c.Score), strings.Join(c.Reasons, "; ")}})
	}
	return out.table([]string{"ID", "NAME", "SCORE", "REASONS"}, rows)
}
