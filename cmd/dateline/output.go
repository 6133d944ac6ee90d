package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// output is where and how a command prints its results. Errors and progress
// go to standard error and are no part of it.
type output struct {
	io.Writer
	format string // "text", "json" (one document) or "jsonl" (one value a line)
	color  bool
}

// addOutputFlags gives a command and all below it --format and --color.
func addOutputFlags(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.String("format", "text", "`FORMAT` of results: text, json (one document) or jsonl (one value a line)")
	flags.String("color", "auto", "`WHEN` to colour: auto, always or never; auto means on a terminal without NO_COLOR")
}

// checkOutputFlags refuses values that no command understands.
func checkOutputFlags(cmd *cobra.Command) error {
	if err := oneOf(cmd, "format", "text", "json", "jsonl"); err != nil {
		return err
	}
	return oneOf(cmd, "color", "auto", "always", "never")
}

// oneOf refuses a flag whose value is not among those wanted.
func oneOf(cmd *cobra.Command, flag string, want ...string) error {
	got := flagValue(cmd, flag)
	for _, w := range want {
		if got == w {
			return nil
		}
	}
	return fmt.Errorf("--%s: got %q, want one of %q", flag, got, want)
}

// flagValue is the value of a string flag that is known to exist.
func flagValue(cmd *cobra.Command, name string) string {
	return cmd.Flags().Lookup(name).Value.String()
}

// outputOf reads the output flags of a running command.
func outputOf(cmd *cobra.Command) output {
	out := output{Writer: cmd.OutOrStdout(), format: flagValue(cmd, "format")}
	switch flagValue(cmd, "color") {
	case "always":
		out.color = true
	case "auto":
		out.color = os.Getenv("NO_COLOR") == "" && isTerminal(out.Writer)
	}
	return out
}

// isTerminal reports whether w is a terminal that a person looks at.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
