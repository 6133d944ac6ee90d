package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const watchHelp = `Watch prints each article that speaks of a subject as it is published, until it
is stopped. With --format jsonl every line carries a resume_token: --after goes
on behind it, without loss or repeat.`

const watchExamples = `  dateline watch Tajikistan
  dateline watch Q863 topics/16000000 --format jsonl
  dateline watch Q863 --after TOKEN --format jsonl`

func newWatchCommand() *cobra.Command {
	req := &datelinev1.WatchAppearancesRequest{}
	cmd := &cobra.Command{
		Use:     "watch SUBJECT...",
		Short:   "Print articles about someone or something as they are published",
		Long:    watchHelp,
		Example: watchExamples,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, subjects []string) error {
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				for _, s := range subjects {
					name, err := findSubject(cmd.Context(), conn, s)
					if err != nil {
						return err
					}
					req.Subjects = append(req.Subjects, name)
				}
				return watch(cmd.Context(), outputOf(cmd), conn, req)
			})
		},
	}
	addClientFlags(cmd)
	cmd.Flags().StringVar(&req.ResumeToken, "after", "", "go on behind this `TOKEN`")
	return cmd
}

// watch prints until the server ends the stream or the caller has enough,
// which is how a watch is meant to end.
func watch(ctx context.Context, out output, conn *grpc.ClientConn, req *datelinev1.WatchAppearancesRequest) error {
	stream, err := datelinev1.NewTimelineServiceClient(conn).WatchAppearances(ctx, req)
	if err != nil {
		return err
	}
	for {
		news, err := stream.Recv()
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case out.format != "text":
			err = messageLines(out, []*datelinev1.WatchAppearancesResponse{news})
		case news.GetAppearance() != nil: // the first response holds but a token
			err = out.news(news)
		}
		if err != nil {
			return err
		}
	}
}

// news prints one change: what happened to whom, and the article.
func (o output) news(n *datelinev1.WatchAppearancesResponse) error {
	change := strings.ToLower(strings.TrimPrefix(n.Change.String(), "APPEARANCE_CHANGE_"))
	_, _ = fmt.Fprintln(o, o.paint(purple, change+" "+n.Appearance.GetSubject()))
	return o.appearance(n.Appearance)
}
