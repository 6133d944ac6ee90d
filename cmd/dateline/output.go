package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode"

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

// json prints one document for people to read.
func (o output) json(v any) error {
	enc := json.NewEncoder(o)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// row is one line of a table; its first cell is styled.
type row struct {
	style style
	cells []string
}

// table prints rows in aligned columns under a header.
func (o output) table(header []string, rows []row) error {
	w := tabwriter.NewWriter(o, 0, 0, 2, ' ', 0)
	for i, cell := range header {
		header[i] = o.paint(grey, cell)
	}
	_, _ = fmt.Fprintln(w, strings.Join(header, "\t")) // an error comes again from Flush
	for _, r := range rows {
		r.cells[0] = o.paint(r.style, r.cells[0])
		for i, cell := range r.cells[1:] {
			r.cells[i+1] = o.paint(plain, cell)
		}
		_, _ = fmt.Fprintln(w, strings.Join(r.cells, "\t"))
	}
	return w.Flush()
}

// style is how a terminal shows a piece of text: an SGR code of two digits, so
// that all styled cells of a column are longer by the same number of bytes and
// tabwriter still aligns them.
type style string

const (
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	blue   style = "34"
	purple style = "35"
	cyan   style = "36"
	grey   style = "90"
	bold   style = "01"
	plain  style = "39"
)

// paint styles a text where colours are on. There it also takes out control
// characters, so that no article can command the terminal.
func (o output) paint(s style, text string) string {
	if !o.color || text == "" {
		return text
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	return "\x1b[" + string(s) + "m" + text + "\x1b[00m"
}
