package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// demoArticles are invented: they were written for this demonstration.
//
//go:embed demo/articles.jsonl
var demoArticles []byte

// What the demo shows of them.
const (
	demoArticle = "articles/bridge"
	demoSubject = "Tajikistan"
)

func newDemoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Publish a handful of articles to a passing server and show what comes of it",
		Long: `Demo starts a server on a temporary folder, publishes eight invented articles to
it over gRPC, prints one of them with its tags, then a country's timeline and
what else the archive knows of it. Nothing is left behind.`,
		Args: cobra.NoArgs,
		RunE: runDemo,
	}
}

func runDemo(cmd *cobra.Command, _ []string) (err error) {
	folder, err := os.MkdirTemp("", "dateline-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := openService(serviceOptions{Data: folder, Addr: "localhost:0", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.run(ctx) })
	g.Go(func() error {
		defer stop()
		addr := s.grpc.Addr().String()
		conn, err := connect(addr, false, "")
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }() // every answer has been read
		return readableError(showDemo(ctx, outputOf(cmd), conn), addr)
	})
	return g.Wait()
}

// showDemo publishes the articles and asks about them.
func showDemo(ctx context.Context, out output, conn *grpc.ClientConn) error {
	_, _ = fmt.Fprintf(out, "Publishing to %s over gRPC:\n\n", conn.Target())
	if err := publishDemo(ctx, out, conn); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "\nOne of them with its tags:\n\n")
	if err := showArticle(ctx, out, conn, demoArticle); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "\nA timeline of the archive, by week:\n\n")
	weeks := &datelinev1.QueryTimelineRequest{BucketSize: datelinev1.BucketSize_BUCKET_SIZE_WEEK}
	if err := queryTimeline(ctx, out, conn, weeks, "week", []string{demoSubject}); err != nil {
		return err
	}
	subject, err := findSubject(ctx, conn, demoSubject)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "\nWhat else is known of it:\n\n")
	return showEntity(ctx, out, conn, subject)
}

func publishDemo(ctx context.Context, out output, conn *grpc.ClientConn) error {
	articles := datelinev1.NewArticleServiceClient(conn)
	var rows []row
	for l, err := range lines(bytes.NewReader(demoArticles)) {
		if err != nil {
			return err
		}
		req, err := parsePublishRequest(l.text)
		if err != nil {
			return err
		}
		article, err := req.message()
		if err != nil {
			return err
		}
		answer, err := articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: article})
		if err != nil {
			return err
		}
		a := answer.Article
		rows = append(rows, row{bold, []string{
			a.Title, outcomeName(answer.Outcome), fmt.Sprint(len(a.GetTags().GetEntities())), fmt.Sprint(len(a.GetTags().GetTopics())),
		}})
	}
	return out.table([]string{"ARTICLE", "OUTCOME", "ENTITIES", "TOPICS"}, rows)
}
