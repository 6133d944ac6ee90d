package main

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// errPartial ends a command that did its work but had to refuse some of the
// input; wrap it to say how much.
var errPartial = errors.New("some of the input was refused")

// errReported ends a command whose errors have all been printed already.
var errReported = errors.New("reported")

// usageError is a command line that makes no sense, found after cobra had
// accepted it.
type usageError struct{ error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

const rootHelp = `Dateline finds the people, organizations and places in news articles, links
them to stable ids, gives the articles their IPTC Media Topics, and keeps them
in an archive that answers questions over time.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some of the input was refused
and the rest was done, 130 interrupted.`

const rootExamples = `  dateline demo                                  see all of it at once
  dateline tag story.txt                         highlight the names of a text
  dateline tag --format jsonl < in.jsonl > out.jsonl
  dateline serve --data ./data                   start the service
  dateline publish --source ariananews.af story.txt
  dateline timeline Q863 --by month`

// newRoot builds the command tree. started tells, after execution, whether a
// command ran: an error before that is one of usage.
func newRoot() (root *cobra.Command, started *bool) {
	started = new(bool)
	root = &cobra.Command{
		Use:           "dateline",
		Short:         "Tags news articles and keeps their timelines",
		Long:          rootHelp,
		Example:       rootExamples,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkOutputFlags(cmd); err != nil {
				return err
			}
			*started = true
			return nil
		},
	}
	addOutputFlags(root)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newDemoCommand(),
		newServeCommand(),
		newTagCommand(),
		newGazetteerCommand(),
		newPublishCommand(),
		newArticlesCommand(),
		newTimelineCommand(),
		newEntitiesCommand(),
		newTrendingCommand(),
		newWatchCommand(),
		newImportArticlesCommand(),
		newExportCommand(),
		newRetagCommand(),
		newVerifyCommand(),
		newBackupCommand(),
		newRestoreCommand(),
		newTopicsCommand(),
		parent("train", "Train the models from your own data", newTrainTopicsCommand(), newTrainRecognizerCommand(), newTrainClustersCommand(), newTrainLabelsCommand()),
		parent("eval", "Measure the quality of tagging", newEvalNERCommand(), newEvalLinkCommand(), newEvalGeoCommand(), newEvalTopicsCommand()),
	)
	return root, started
}

// version is the version of the binary, as Go knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// parent is a command that only holds others.
func parent(name, short string, children ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use:   name,
		Short: short,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(children...)
	return cmd
}
