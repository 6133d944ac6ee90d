package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const trendingHelp = `Trending ranks entities, or topics, by how far the articles of a window exceed
what their own past leads to expect.`

const trendingExamples = `  dateline trending                              the last day against four weeks
  dateline trending --to 2026-05-05 --hours 168 --type person
  dateline trending --topics`

func newTrendingCommand() *cobra.Command {
	req := &datelinev1.ListTrendingRequest{}
	var to, kind string
	var topics bool
	cmd := &cobra.Command{
		Use:     "trending",
		Short:   "Rank what is spoken of more than before",
		Long:    trendingHelp,
		Example: trendingExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			var ok bool
			if req.Type, ok = entityTypeNames[kind]; !ok {
				return usagef("--type: got %q, want person, organization or place", kind)
			}
			if req.EndTime, err = parseTimestamp("--to", to); err != nil {
				return err
			}
			if topics {
				req.Kind = datelinev1.TrendingKind_TRENDING_KIND_TOPIC
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error { return showTrending(cmd, conn, req) })
		},
	}
	addClientFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&to, "to", "", "end of the window, `TIME` as 2025-05-01 or RFC 3339; now when empty")
	flags.Int32Var(&req.WindowHours, "hours", 24, "length of the window")
	flags.Int32Var(&req.BaselineWindows, "baseline", 28, "length of the past to compare with, in windows")
	flags.StringVar(&kind, "type", "", "only entities of this `TYPE`: person, organization or place")
	flags.BoolVar(&topics, "topics", false, "rank topics instead of entities")
	flags.Int32Var(&req.PageSize, "limit", 20, "show at most so many")
	return cmd
}

func showTrending(cmd *cobra.Command, conn *grpc.ClientConn, req *datelinev1.ListTrendingRequest) error {
	answer, err := datelinev1.NewTimelineServiceClient(conn).ListTrending(cmd.Context(), req)
	if err != nil {
		return err
	}
	out := outputOf(cmd)
	switch out.format {
	case "json":
		return out.message(answer)
	case "jsonl":
		return messageLines(out, answer.Subjects)
	}
	rows := make([]row, len(answer.Subjects))
	for i, s := range answer.Subjects {
		_, id, _ := strings.Cut(s.Subject, "/")
		rows[i] = row{bold, []string{
			s.DisplayName, id, fmt.Sprint(s.ArticleCount), fmt.Sprintf("%.1f", s.Expected), fmt.Sprintf("%.1f", s.Score),
		}}
	}
	return out.table([]string{"SUBJECT", "ID", "ARTICLES", "EXPECTED", "SCORE"}, rows)
}
