package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const timelineHelp = `Timeline counts the articles about one or more subjects in buckets of time.

A SUBJECT is an entity's id (Q863), a topic's code (20000638), a resource name
(entities/Q863, topics/20000638), or a name, which is looked up in the archive.`

const timelineExamples = `  dateline timeline Tajikistan
  dateline timeline Q863 Q889 --by month --from 2026-01-01 --zone Asia/Kabul
  dateline timeline topics/16000000 --filter 'source = "ariananews.af"'
  dateline timeline Q863 --format jsonl
  dateline timeline Q863 Q889 --by month --csv > months.csv`

var bucketSizes = map[string]datelinev1.BucketSize{
	"hour":  datelinev1.BucketSize_BUCKET_SIZE_HOUR,
	"day":   datelinev1.BucketSize_BUCKET_SIZE_DAY,
	"week":  datelinev1.BucketSize_BUCKET_SIZE_WEEK,
	"month": datelinev1.BucketSize_BUCKET_SIZE_MONTH,
	"year":  datelinev1.BucketSize_BUCKET_SIZE_YEAR,
}

func newTimelineCommand() *cobra.Command {
	req := &datelinev1.QueryTimelineRequest{}
	var by string
	var asCSV bool
	var within timeRange
	cmd := &cobra.Command{
		Use:     "timeline SUBJECT...",
		Short:   "Count the articles about someone or something over time",
		Long:    timelineHelp,
		Example: timelineExamples,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, subjects []string) error {
			var ok bool
			if req.BucketSize, ok = bucketSizes[by]; !ok {
				return usagef("--by: got %q, want hour, day, week, month or year", by)
			}
			var err error
			if req.StartTime, req.EndTime, err = within.parse(); err != nil {
				return err
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				out := outputOf(cmd)
				if asCSV {
					out.format = "csv"
				}
				return queryTimeline(cmd.Context(), out, conn, req, by, subjects)
			})
		},
	}
	addClientFlags(cmd)
	within.addFlags(cmd)
	cmd.Flags().BoolVar(&asCSV, "csv", false, "write a table as CSV: one row a bucket")
	cmd.Flags().StringVar(&by, "by", "day", "width of a bucket: hour, `day`, week, month or year")
	cmd.Flags().StringVar(&req.TimeZone, "zone", "UTC", "IANA time `ZONE` whose midnights begin the buckets")
	cmd.Flags().StringVar(&req.Filter, "filter", "", "count only articles that pass this `FILTER`, as in `articles`")
	return cmd
}

func queryTimeline(ctx context.Context, out output, conn *grpc.ClientConn, req *datelinev1.QueryTimelineRequest, by string, subjects []string) error {
	for _, s := range subjects {
		name, err := findSubject(ctx, conn, s)
		if err != nil {
			return err
		}
		req.Subjects = append(req.Subjects, name)
	}
	answer, err := datelinev1.NewTimelineServiceClient(conn).QueryTimeline(ctx, req)
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(answer)
	case "jsonl":
		return messageLines(out, answer.Timelines)
	case "csv":
		return timelineCSV(out, answer)
	}
	for i, t := range answer.Timelines {
		if i > 0 {
			_, _ = fmt.Fprintln(out)
		}
		if err := out.timeline(t, bucketLabel(by), answer.TimeZone); err != nil {
			return err
		}
	}
	return nil
}

// timeline draws one timeline: a line and a bar for each bucket.
func (o output) timeline(t *datelinev1.Timeline, layout, zone string) error {
	_, _ = fmt.Fprintf(o, "%s  %s  %s, %s\n", o.paint(bold, t.DisplayName), o.paint(grey, t.Subject),
		count(t.ArticleCount, "article"), count(t.MentionCount, "mention"))
	if len(t.Buckets) == 0 {
		return nil
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC // a zone that only the server knows
	}
	most := slices.MaxFunc(t.Buckets, func(a, b *datelinev1.TimelineBucket) int {
		return int(a.ArticleCount - b.ArticleCount)
	}).ArticleCount
	rows := make([]row, len(t.Buckets))
	for i, b := range t.Buckets {
		rows[i] = row{plain, []string{
			b.StartTime.AsTime().In(loc).Format(layout), bar(b.ArticleCount, most), fmt.Sprint(b.ArticleCount),
			fmt.Sprint(b.MentionCount), fmt.Sprint(b.StoryCount), fmt.Sprintf("%.1f%%", 100*b.Share),
		}}
	}
	return o.table([]string{"FROM", "", "ARTICLES", "MENTIONS", "STORIES", "SHARE"}, rows)
}

// bar is n drawn as one character each, or to scale where the most would take
// over 40; what is not nothing shows.
func bar(n, most int64) string {
	if n <= 0 {
		return ""
	}
	width := min(most, 40)
	return strings.Repeat("█", int(max(1, n*width/most)))
}

// bucketLabel is the time layout that tells buckets of a width apart.
func bucketLabel(by string) string {
	switch by {
	case "hour":
		return "2006-01-02 15:04"
	case "month":
		return "2006-01"
	case "year":
		return "2006"
	default:
		return time.DateOnly
	}
}

// count is a number with its noun: "1 article", "2 articles".
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// timeRange is the pair of flags --from and --to.
type timeRange struct{ from, to string }

func (r *timeRange) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.from, "from", "", "only articles published at or after this `TIME`, 2025-05-01 or RFC 3339")
	cmd.Flags().StringVar(&r.to, "to", "", "only articles published before this `TIME`")
}

// parse reads both ends; nil is open.
func (r *timeRange) parse() (from, to *timestamppb.Timestamp, err error) {
	if from, err = parseTimestamp("--from", r.from); err != nil {
		return nil, nil, err
	}
	to, err = parseTimestamp("--to", r.to)
	return from, to, err
}

func parseTimestamp(flag, s string) (*timestamppb.Timestamp, error) {
	t, err := parseDate(flag, s)
	if err != nil || t.IsZero() {
		return nil, err
	}
	return timestamppb.New(t), nil
}
