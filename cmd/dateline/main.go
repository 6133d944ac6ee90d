// Dateline tags news articles with people, organizations, places and topics,
// and keeps them in an archive that answers questions over time.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes of every command, as `dateline help` states them.
const (
	exitOK          = 0
	exitFailed      = 1   // the work could not be done
	exitUsage       = 2   // the command line makes no sense
	exitPartial     = 3   // some of the input was refused, the rest was done
	exitInterrupted = 130 // stopped by SIGINT or SIGTERM before the work was done
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program: main gives it the process's streams, a test gives
// it its own.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root, started := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errReported) {
		_, _ = fmt.Fprintln(stderr, "dateline:", err)
	}
	switch {
	case err == nil:
		return exitOK
	case !*started || errors.As(err, new(usageError)):
		_, _ = fmt.Fprintln(stderr, "Run 'dateline help' for the commands and 'dateline help COMMAND' for examples.")
		return exitUsage
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errPartial):
		return exitPartial
	default:
		return exitFailed
	}
}
