package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

var timelineColumns = []string{
	"subject", "name", "start", "end", "articles", "mentions", "stories", "all_articles", "share",
}

// timelineCSV writes one row a bucket, one timeline behind the other. Times
// are RFC 3339 in the zone of the buckets.
func timelineCSV(w io.Writer, answer *datelinev1.QueryTimelineResponse) error {
	zone, err := time.LoadLocation(answer.TimeZone)
	if err != nil {
		zone = time.UTC // a zone that only the server knows
	}
	out := csv.NewWriter(w)
	_ = out.Write(timelineColumns) // csv.Writer keeps its first error for Error
	for _, t := range answer.Timelines {
		for _, b := range t.Buckets {
			_ = out.Write([]string{
				t.Subject, t.DisplayName, b.StartTime.AsTime().In(zone).Format(time.RFC3339), b.EndTime.AsTime().In(zone).Format(time.RFC3339),
				strconv.FormatInt(b.ArticleCount, 10), strconv.FormatInt(b.MentionCount, 10), strconv.FormatInt(b.StoryCount, 10),
				strconv.FormatInt(b.TotalArticleCount, 10), strconv.FormatFloat(b.Share, 'g', 6, 64),
			})
		}
	}
	out.Flush()
	return out.Error()
}
