package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/gazetteer/source"
)

func newGazetteerBuildCommand() *cobra.Command {
	var data, curated, out string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the embedded index from the shared sources and the curated names",
		Example: `  dateline gazetteer build --data ../shared/gazetteer --curated gazetteer/curated -o gazetteer/default.gaz.zst
  dateline gazetteer build -o new.gaz && dateline gazetteer diff '' new.gaz`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, stats, err := source.Build(data, os.DirFS(curated))
			if err != nil {
				return err
			}
			for _, d := range stats.Dropped {
				cmd.PrintErrln("left out:", d)
			}
			return finishIndex(cmd, out, b, fmt.Sprintf("%d entries, %d names, %d joined", stats.Entries, stats.Names, stats.Joined))
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/gazetteer", "`FOLDER` of the shared sources")
	cmd.Flags().StringVar(&curated, "curated", "gazetteer/curated", "`FOLDER` of the curated .names files")
	cmd.Flags().StringVarP(&out, "out", "o", "gazetteer.gaz", "index `FILE` to write; .zst compresses it, for embedding only")
	return cmd
}

func finishIndex(cmd *cobra.Command, path string, b *gazetteer.Builder, what string) error {
	size, err := writeIndex(path, b)
	if err != nil {
		return err
	}
	if n := b.Duplicates(); n > 0 { // joining has a fault
		return fmt.Errorf("%s: %d entries have the id of another", path, n)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %d bytes\n", path, what, size)
	return err
}
