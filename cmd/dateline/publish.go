package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const publishHelp = `Publish tags articles and stores them in the archive of a running server. An
article of a name that is already there replaces it.

Each FILE, or standard input, is one text, named by --id or by its file. With
--format jsonl each line is one article, as in ` + "`dateline tag`" + ` with optional
section and uri, and one line is written for each once it survives a crash: id,
outcome (created, updated or unchanged), entities and topics (how many).`

const publishExamples = `  dateline publish --source ariananews.af --date 2025-05-01 story.txt
  dateline publish --id wire-1 --title 'Rahmon in Kabul' < story.txt
  dateline publish --format jsonl < articles.jsonl`

// publishCommand is `dateline publish` with its flags read.
type publishCommand struct {
	article datelinev1.Article // what the flags say of every text
	id      string
	html    bool
	dryRun  bool
}

func newPublishCommand() *cobra.Command {
	var c publishCommand
	var date string
	cmd := &cobra.Command{
		Use:     "publish [FILE]...",
		Short:   "Tag articles and store them in the archive",
		Long:    publishHelp,
		Example: publishExamples,
		RunE: func(cmd *cobra.Command, files []string) error {
			var err error
			if c.article.PublishTime, err = parseTimestamp("--date", date); err != nil {
				return err
			}
			if c.html {
				c.article.BodyFormat = datelinev1.BodyFormat_BODY_FORMAT_HTML
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error { return c.run(cmd, conn, files) })
		},
	}
	addClientFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.id, "id", "", "the article's `NAME`; the file's name without extension when empty")
	flags.StringVar(&c.article.Title, "title", "", "the article's `TITLE`")
	flags.StringVar(&c.article.Source, "source", "", "the outlet's `DOMAIN`, such as ariananews.af")
	flags.StringVar(&c.article.Section, "section", "", "the outlet's `SECTION`, such as World")
	flags.StringVar(&c.article.Uri, "uri", "", "the article's web `ADDRESS`")
	flags.StringVar(&date, "date", "", "publish `TIME`, 2025-05-01 or RFC 3339")
	flags.BoolVar(&c.html, "html", false, "the text is HTML")
	flags.BoolVar(&c.dryRun, "dry-run", false, "tag and check, store nothing")
	return cmd
}

func (c *publishCommand) run(cmd *cobra.Command, conn *grpc.ClientConn, files []string) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	if len(files) > 1 && c.id != "" {
		return usagef("--id: got one name for %d files, want one file", len(files))
	}
	var partial error
	for _, name := range files {
		err := c.publishFile(cmd, conn, name)
		switch {
		case errors.Is(err, errPartial):
			partial = err
		case err != nil:
			return fmt.Errorf("%s: %w", displayName(name), readableError(err, conn.Target()))
		}
	}
	return partial
}

func (c *publishCommand) publishFile(cmd *cobra.Command, conn *grpc.ClientConn, name string) error {
	in, done, err := open(cmd, name)
	if err != nil {
		return err
	}
	defer done()
	out := outputOf(cmd)
	if out.format == "jsonl" {
		bar := newProgress(cmd, "publishing", fileSize(in), true)
		defer bar.finish()
		return c.publishLines(cmd.Context(), conn, progressReader{in, bar}, out, cmd.ErrOrStderr())
	}
	if name == "-" && c.id == "" {
		return usagef("--id: got nothing, want a name for the article on standard input")
	}
	id := c.id
	if id == "" {
		id = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	return c.publishText(cmd.Context(), conn, in, out, id)
}

// publishText publishes all of in as one article and prints what came of it.
func (c *publishCommand) publishText(ctx context.Context, conn *grpc.ClientConn, in io.Reader, out output, id string) error {
	body, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	a := &datelinev1.Article{
		Name: articleName(id), Title: c.article.Title, Body: string(body), BodyFormat: c.article.BodyFormat,
		PublishTime: c.article.PublishTime, Source: c.article.Source, Section: c.article.Section, Uri: c.article.Uri,
	}
	answer, err := datelinev1.NewArticleServiceClient(conn).PublishArticle(ctx,
		&datelinev1.PublishArticleRequest{Article: a, ValidateOnly: c.dryRun})
	if err != nil {
		return err
	}
	if out.format == "json" {
		return out.message(answer)
	}
	if err := out.article(answer.Article); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n%s: %s\n", outcomeName(answer.Outcome), answer.Article.Name)
	return err
}

// publishRequest is one line of input: what tag reads, and what only the
// archive keeps.
type publishRequest struct {
	tagRequest
	Section string `json:"section"`
	URI     string `json:"uri"`
}

func parsePublishRequest(l []byte) (req publishRequest, err error) {
	if err = decodeStrictly(l, &req); err == nil {
		err = req.check(l)
	}
	return req, err
}

// message puts a line into the terms of the API.
func (r *publishRequest) message() (*datelinev1.Article, error) {
	a, err := r.article()
	if err != nil {
		return nil, err
	}
	m := &datelinev1.Article{
		Name: articleName(r.idText()), Title: a.Title, Body: a.Body, Source: a.Source, Section: r.Section, Uri: r.URI,
	}
	if a.HTML {
		m.BodyFormat = datelinev1.BodyFormat_BODY_FORMAT_HTML
	}
	if !a.PublishTime.IsZero() {
		m.PublishTime = timestamppb.New(a.PublishTime)
	}
	return m, nil
}

// idText is the id without the quotes of JSON.
func (r *tagRequest) idText() string {
	var s string
	if json.Unmarshal(r.ID, &s) == nil {
		return s
	}
	return string(r.ID) // a number
}

// outcomeName is "created" for PUBLISH_OUTCOME_CREATED.
func outcomeName(o datelinev1.PublishOutcome) string {
	return strings.ToLower(strings.TrimPrefix(o.String(), "PUBLISH_OUTCOME_"))
}
