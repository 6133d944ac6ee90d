package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const importArticlesHelp = `Import publishes articles from files, and from all files in folders:

  .jsonl .ndjson   one article a line: as in ` + "`dateline publish`" + `, a ninjs item, or
                   a line of ` + "`dateline export`" + `
  .json            a ninjs item, or an array of them
  .xml .rss .atom  RSS 2.0 or Atom
  .html .htm       one page; its title and publish time are read from its head

Every item that cannot be stored is reported with the reason, and the rest goes
on. An article has the same name each time, from its id, address or file, so
that an import may be run again: what is stored already is found unchanged
without being tagged, which is also how an interrupted import goes on.

With --into it makes a new archive without a server, several times as fast. The
archive is there when all is in it; an interrupted import of this kind begins
anew.`

const importArticlesExamples = `  dateline import archive.jsonl
  dateline import --source ariananews.af pages/
  dateline import --dry-run feed.xml
  dateline import --into ./data --keep-tags exported.jsonl`

// item is one article of an import, or the reason why it is none.
type item struct {
	where   string // file, and place in it
	article *datelinev1.Article
	err     error
}

func newImportArticlesCommand() *cobra.Command {
	c := articleImport{outcomes: map[string]int{}}
	cmd := &cobra.Command{
		Use:     "import PATH...",
		Short:   "Publish articles from JSON lines, ninjs, feeds and pages",
		Long:    importArticlesHelp,
		Example: importArticlesExamples,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if c.into == "" && c.keepTags || c.into != "" && c.dryRun {
				return usagef("--keep-tags goes with --into, --dry-run without it")
			}
			files, err := filesIn(paths)
			if err != nil {
				return err
			}
			c.errs, c.bar = cmd.ErrOrStderr(), newProgress(cmd, "import", -1, false)
			if c.into != "" {
				err = c.load(cmd.Context(), c.into, files)
			} else {
				err = withServer(cmd, func(conn *grpc.ClientConn) error { return c.run(cmd.Context(), conn, files) })
			}
			c.bar.finish()
			return errors.Join(err, c.report(outputOf(cmd)))
		},
	}
	addClientFlags(cmd)
	cmd.Flags().StringVar(&c.source, "source", "", "the outlet's `DOMAIN`, for items that name none")
	cmd.Flags().StringVar(&c.into, "into", "", "make a new archive in this `FOLDER` instead of asking a server")
	cmd.Flags().BoolVar(&c.keepTags, "keep-tags", false, "with --into: take the tags that exported lines bring")
	cmd.Flags().BoolVar(&c.dryRun, "dry-run", false, "tag and check, store nothing")
	return cmd
}

// articleImport is one run of `dateline import`.
type articleImport struct {
	source   string
	dryRun   bool
	into     string // folder of a new archive, "" for a server's
	keepTags bool
	errs     io.Writer
	bar      *progress

	mu       sync.Mutex
	outcomes map[string]int
	refused  int
}

// filesIn lists the files of folders in the order of their names; files named
// outright are taken whatever their name.
func filesIn(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && (name == path || readers[strings.ToLower(filepath.Ext(name))] != nil) {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// readers read the items of a file, by its extension.
var readers = map[string]func(name string, in io.Reader) iter.Seq[item]{
	".jsonl": readItemLines, ".ndjson": readItemLines,
	".json": whole(readNinjs),
	".xml":  whole(readFeed), ".rss": whole(readFeed), ".atom": whole(readFeed),
	".html": whole(readPage), ".htm": whole(readPage),
}

// whole reads a file into memory before it is taken apart.
func whole(read func(name string, text []byte) iter.Seq[item]) func(string, io.Reader) iter.Seq[item] {
	return func(name string, in io.Reader) iter.Seq[item] {
		text, err := io.ReadAll(in)
		if err != nil {
			return func(yield func(item) bool) { yield(item{name, nil, err}) }
		}
		return read(name, text)
	}
}

// run sends every item through the batch stream and counts the answers.
func (c *articleImport) run(ctx context.Context, conn *grpc.ClientConn, files []string) error {
	g, ctx := errgroup.WithContext(ctx)
	stream, err := datelinev1.NewArticleServiceClient(conn).BatchPublishArticles(ctx)
	if err != nil {
		return err
	}
	g.Go(func() error {
		err := c.send(stream, files)
		if errors.Is(err, io.EOF) {
			return nil // receive tells why the stream ended
		}
		return errors.Join(err, stream.CloseSend())
	})
	g.Go(func() error { return c.receive(stream) })
	return g.Wait()
}

type batchStream = grpc.BidiStreamingClient[datelinev1.BatchPublishArticlesRequest, datelinev1.BatchPublishArticlesResponse]

func (c *articleImport) send(stream batchStream, files []string) error {
	return c.read(files, func(it item) error {
		return stream.Send(&datelinev1.BatchPublishArticlesRequest{
			CorrelationId: it.where, OmitTags: true,
			Request: &datelinev1.PublishArticleRequest{Article: it.article, ValidateOnly: c.dryRun},
		})
	})
}

// read calls do with every item of the files, and refuses what is none.
func (c *articleImport) read(files []string, do func(item) error) error {
	for _, name := range files {
		read := readers[strings.ToLower(filepath.Ext(name))]
		if read == nil {
			c.refuse(name, errors.New("the file's extension is none of .jsonl, .ndjson, .json, .xml, .rss, .atom, .html, .htm"))
			continue
		}
		if err := c.readFile(name, read, do); err != nil {
			return err
		}
	}
	return nil
}

func (c *articleImport) readFile(name string, read func(string, io.Reader) iter.Seq[item], do func(item) error) error {
	f, err := os.Open(name)
	if err != nil {
		c.refuse(name, err)
		return nil
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
		_, _ = in.Discard(len(mark)) // it was just seen
	}
	for it := range read(name, in) {
		if it.err != nil {
			c.refuse(it.where, it.err)
			continue
		}
		if it.article.Source == "" {
			it.article.Source = c.source
		}
		if !c.keepTags {
			it.article.Tags = nil
		}
		if err := do(it); err != nil {
			return err
		}
	}
	return nil
}

func (c *articleImport) receive(stream batchStream) error {
	for {
		answer, err := stream.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case answer.GetError() != nil:
			c.refuse(answer.CorrelationId, errors.New(answer.GetError().Message))
			continue
		}
		c.mu.Lock()
		c.outcomes[outcomeName(answer.GetResponse().GetOutcome())]++
		c.mu.Unlock()
		c.bar.add(1)
	}
}

func (c *articleImport) refuse(where string, why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused++
	_, _ = fmt.Fprintf(c.errs, "%s: %v\n", where, why) // of a message: nowhere to say that it failed
}

// report prints the counts and fails when an item was refused.
func (c *articleImport) report(out output) error {
	var err error
	if out.format != "text" {
		counts := map[string]int{"refused": c.refused}
		for what, n := range c.outcomes {
			counts[what] = n
		}
		err = out.json(counts)
	} else {
		for _, what := range []string{"created", "updated", "unchanged", "validated"} {
			if n := c.outcomes[what]; n > 0 {
				_, err = fmt.Fprintf(out, "%d %s\n", n, what)
			}
		}
	}
	if c.refused > 0 {
		err = errors.Join(err, fmt.Errorf("%d items: %w", c.refused, errPartial))
	}
	return err
}
