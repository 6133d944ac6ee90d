package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const articlesHelp = `Articles lists the stored articles, the newest first, shows one, or with --about
shows the sentences in which an entity stands.

A filter is conditions joined by AND over source, section, country, topic,
entity, about and salience.`

const articlesExamples = `  dateline articles --from 2026-05-01 --limit 20
  dateline articles --filter 'source = "ariananews.af" AND topic = "topics/16000000"'
  dateline articles --about Tajikistan
  dateline articles get wire-1
  dateline articles delete wire-1`

// articlesCommand is `dateline articles` with its flags read.
type articlesCommand struct {
	about  string
	filter string
	limit  int32
	within timeRange
}

func newArticlesCommand() *cobra.Command {
	var c articlesCommand
	cmd := &cobra.Command{
		Use:     "articles",
		Short:   "List, show and delete stored articles",
		Long:    articlesHelp,
		Example: articlesExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, to, err := c.within.parse()
			if err != nil {
				return err
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				if c.about != "" {
					return c.appearances(cmd.Context(), outputOf(cmd), conn, from, to)
				}
				return c.list(cmd.Context(), outputOf(cmd), conn, from, to)
			})
		},
	}
	addClientFlags(cmd)
	c.within.addFlags(cmd)
	cmd.Flags().StringVar(&c.about, "about", "", "only articles in which this `SUBJECT` stands, with its sentences")
	cmd.Flags().StringVar(&c.filter, "filter", "", "only articles that pass this `FILTER`")
	cmd.Flags().Int32Var(&c.limit, "limit", 50, "show at most so many")
	cmd.AddCommand(newArticlesGetCommand(), newArticlesDeleteCommand())
	return cmd
}

func newArticlesGetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "get NAME",
		Short: "Show an article with its tags",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				return showArticle(cmd.Context(), outputOf(cmd), conn, articleName(args[0]))
			})
		},
	}
}

func newArticlesDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "delete NAME...",
		Short: "Delete articles and their places on timelines",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				articles := datelinev1.NewArticleServiceClient(conn)
				for _, name := range args {
					_, err := articles.DeleteArticle(cmd.Context(), &datelinev1.DeleteArticleRequest{Name: articleName(name)})
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// articleName is the resource name of an article's id, or the name itself.
func articleName(s string) string { return "articles/" + strings.TrimPrefix(s, "articles/") }

func showArticle(ctx context.Context, out output, conn *grpc.ClientConn, name string) error {
	a, err := datelinev1.NewArticleServiceClient(conn).GetArticle(ctx, &datelinev1.GetArticleRequest{Name: name})
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(a)
	case "jsonl":
		return messageLines(out, []*datelinev1.Article{a})
	default:
		return out.article(a)
	}
}

// article prints a stored article with its tags; offsets must be bytes.
func (o output) article(a *datelinev1.Article) error {
	_, _ = fmt.Fprintln(o, o.paint(grey, byline(a)))
	return o.tagging(a.Title, a.Body, taggingOfTags(a.Tags))
}

// byline says where an article comes from: "wire-1 · ariananews.af · 2026-05-03".
func byline(a *datelinev1.Article) string {
	parts := []string{strings.TrimPrefix(a.Name, "articles/")}
	if a.Source != "" {
		parts = append(parts, a.Source)
	}
	if a.PublishTime != nil {
		parts = append(parts, a.PublishTime.AsTime().Format(time.DateOnly))
	}
	return strings.Join(parts, " · ")
}

// maxPage is the largest page that the server gives.
const maxPage = 1000

func (c *articlesCommand) list(ctx context.Context, out output, conn *grpc.ClientConn, from, to *timestamppb.Timestamp) error {
	req := &datelinev1.ListArticlesRequest{Filter: c.filter, StartTime: from, EndTime: to}
	articles := datelinev1.NewArticleServiceClient(conn)
	all, err := pages(c.limit, func(size int32, token string) ([]*datelinev1.Article, string, error) {
		req.PageSize, req.PageToken = size, token
		page, err := articles.ListArticles(ctx, req)
		return page.GetArticles(), page.GetNextPageToken(), err
	})
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(&datelinev1.ListArticlesResponse{Articles: all})
	case "jsonl":
		return messageLines(out, all)
	}
	rows := make([]row, len(all))
	for i, a := range all {
		published := ""
		if a.PublishTime != nil {
			published = a.PublishTime.AsTime().Format("2006-01-02 15:04")
		}
		rows[i] = row{plain, []string{published, strings.TrimPrefix(a.Name, "articles/"), a.Source, a.Title}}
	}
	return out.table([]string{"PUBLISHED", "ARTICLE", "SOURCE", "TITLE"}, rows)
}

func (c *articlesCommand) appearances(ctx context.Context, out output, conn *grpc.ClientConn, from, to *timestamppb.Timestamp) error {
	subject, err := findSubject(ctx, conn, c.about)
	if err != nil {
		return err
	}
	req := &datelinev1.ListAppearancesRequest{Subject: subject, Filter: c.filter, StartTime: from, EndTime: to}
	timelines := datelinev1.NewTimelineServiceClient(conn)
	all, err := pages(c.limit, func(size int32, token string) ([]*datelinev1.Appearance, string, error) {
		req.PageSize, req.PageToken = size, token
		page, err := timelines.ListAppearances(ctx, req)
		return page.GetAppearances(), page.GetNextPageToken(), err
	})
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(&datelinev1.ListAppearancesResponse{Appearances: all})
	case "jsonl":
		return messageLines(out, all)
	}
	for _, a := range all {
		if err := out.appearance(a); err != nil {
			return err
		}
	}
	return nil
}

// appearance prints an article's heading and the sentences of the subject.
func (o output) appearance(a *datelinev1.Appearance) error {
	_, err := fmt.Fprintf(o, "%s\n%s\n", o.paint(grey, byline(a.Article)), o.paint(bold, a.Article.Title))
	for _, q := range a.Quotations {
		if err == nil {
			_, err = fmt.Fprintf(o, "  %s\n", strings.Join(strings.Fields(o.quotation(q)), " "))
		}
	}
	return err
}

// quotation is a sentence with its mentions highlighted.
func (o output) quotation(q *datelinev1.Quotation) string {
	var mentions []mention
	for _, m := range q.Mentions {
		mentions = append(mentions, mention{
			Start: int(m.Span.Start - q.Span.Start), End: int(m.Span.End - q.Span.Start), Type: mentionTypeName(m.Type),
		})
	}
	return o.highlight(q.Text, "", plain, mentions)
}

// pages asks for page after page until limit values came or there are no more.
func pages[T any](limit int32, ask func(size int32, token string) ([]T, string, error)) ([]T, error) {
	var all []T
	token := ""
	for limit > int32(len(all)) {
		page, next, err := ask(min(limit-int32(len(all)), maxPage), token)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if token = next; token == "" {
			break
		}
	}
	return all, nil
}
