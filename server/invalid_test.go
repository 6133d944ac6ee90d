package server

import (
	"context"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const v1 = "/dateline.v1."

func day(s string) *timestamppb.Timestamp {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return timestamppb.New(t)
}

func article(name, body string) *datelinev1.Article {
	return &datelinev1.Article{Name: name, Body: body}
}

// TestInvalid sends every kind of bad request and reads the complaint.
func TestInvalid(t *testing.T) {
	p := start(t)
	long := strings.Repeat("word ", 1<<20/5+1)
	for _, c := range []struct {
		name      string
		method    string
		req       proto.Message
		field     string // of the violation
		complaint string // got and want
	}{
		{
			"empty text", "TaggingService/TagArticle", &datelinev1.TagArticleRequest{},
			"article.body", "got no text, want text in article.title or article.body",
		},
		{
			"white space", "TaggingService/TagArticle", &datelinev1.TagArticleRequest{Article: article("", " \n\u00a0")},
			"article.body", "got no text, want text in article.title or article.body",
		},
		{
			"long text", "TaggingService/TagArticle", &datelinev1.TagArticleRequest{Article: article("", long)},
			"article.body", "got 1048580 bytes with the title, want at most 1048576 bytes",
		},
		{
			"unknown encoding", "TaggingService/TagArticle", &datelinev1.TagArticleRequest{Article: article("", "Kabul"), OffsetEncoding: 7},
			"offset_encoding", "got 7, want 0 to 3",
		},
		{
			"no id", "ArticleService/PublishArticle", &datelinev1.PublishArticleRequest{Article: article("", "Kabul")},
			"article.name", `got nothing, want "articles/" and an id of 1 to 256 bytes without control characters`,
		},
		{
			"name of another kind", "ArticleService/PublishArticle", &datelinev1.PublishArticleRequest{Article: article("entities/Q1", "Kabul")},
			"article.name", `got "entities/Q1", want "articles/" and an id of 1 to 256 bytes without control characters`,
		},
		{
			"id with a line break", "ArticleService/GetArticle", &datelinev1.GetArticleRequest{Name: "articles/a\nb"},
			"name", `got "articles/a\nb", want "articles/" and an id of 1 to 256 bytes without control characters`,
		},
		{
			"time out of range", "ArticleService/PublishArticle", &datelinev1.PublishArticleRequest{Article: &datelinev1.Article{
				Name: "articles/1", Body: "Kabul", PublishTime: &timestamppb.Timestamp{Seconds: 1 << 60},
			}},
			"article.publish_time", "got 1152921504606846976 s 0 ns, want a time in the years 1600 to 2199",
		},
		{
			"no address", "ArticleService/PublishArticle", &datelinev1.PublishArticleRequest{Article: &datelinev1.Article{
				Name: "articles/1", Body: "Kabul", Uri: "javascript:alert(1)",
			}},
			"article.uri", `got "javascript:alert(1)", want an address with http or https`,
		},
		{
			"range backwards", "TimelineService/QueryTimeline", &datelinev1.QueryTimelineRequest{
				Subjects: []string{"entities/Q889"}, StartTime: day("2025-02-01"), EndTime: day("2025-01-01"),
			},
			"end_time", "got 2025-01-01T00:00:00Z, want a time after start_time, 2025-02-01T00:00:00Z",
		},
		{
			"no subject", "TimelineService/QueryTimeline", &datelinev1.QueryTimelineRequest{},
			"subjects", `got 0, want 1 to 20 names like "entities/Q889" or "topics/16000000"`,
		},
		{
			"unknown zone", "TimelineService/QueryTimeline", &datelinev1.QueryTimelineRequest{
				Subjects: []string{"entities/Q889"}, TimeZone: "Mars/Olympus",
			},
			"time_zone", `got "Mars/Olympus", want an IANA name, such as "Asia/Kabul"`,
		},
		{
			"unknown filter field", "ArticleService/ListArticles", &datelinev1.ListArticlesRequest{Filter: `colour = "red"`},
			"filter", `got "colour" at byte 0, want source, section, country, topic, entity, salience or about`,
		},
		{
			"broken filter", "ArticleService/ListArticles", &datelinev1.ListArticlesRequest{Filter: `source = "a" OR about = true`},
			"filter", `got "OR" at byte 13, want AND or the end`,
		},
		{
			"page size", "ArticleService/ListArticles", &datelinev1.ListArticlesRequest{PageSize: -1},
			"page_size", "got -1, want 0 to 1000",
		},
		{
			"no token of ours", "TopicService/ListTopics", &datelinev1.ListTopicsRequest{PageToken: "next!"},
			"page_token", `got "next!", want a next_page_token as it was returned`,
		},
		{
			"order", "ArticleService/ListArticles", &datelinev1.ListArticlesRequest{OrderBy: "title"},
			"order_by", `got "title", want "publish_time desc" or "publish_time"`,
		},
		{
			"empty search", "EntityService/SearchEntities", &datelinev1.SearchEntitiesRequest{},
			"query", "got nothing, want 1 to 256 bytes",
		},
		{
			"negative rate", "RetagService/CreateRetagJob", &datelinev1.CreateRetagJobRequest{RetagJob: &datelinev1.RetagJob{MaxRate: -1}},
			"retag_job.max_rate", "got -1, want articles per second, 0 for no limit",
		},
		{
			"correction of nothing", "CorrectionService/CreateCorrection", &datelinev1.CreateCorrectionRequest{},
			"correction.kind", "got 0, want CORRECTION_KIND_PIN, _REJECT or _RELINK",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := p.conn.Invoke(context.Background(), v1+c.method, c.req, &emptypb.Empty{})
			for _, v := range wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST") {
				if v.GetField() == c.field {
					if v.GetDescription() != c.complaint {
						t.Errorf("%s:\n got %s\nwant %s", c.field, v.GetDescription(), c.complaint)
					}
					return
				}
			}
			t.Errorf("no complaint about %s in %v", c.field, err)
		})
	}
}

// TestUnknown asks for what is not there.
func TestUnknown(t *testing.T) {
	p := start(t)
	for method, req := range map[string]proto.Message{
		"ArticleService/GetArticle":           &datelinev1.GetArticleRequest{Name: "articles/none"},
		"ArticleService/DeleteArticle":        &datelinev1.DeleteArticleRequest{Name: "articles/none"},
		"EntityService/GetEntity":             &datelinev1.GetEntityRequest{Name: "entities/Q999999999999"},
		"TimelineService/QueryTimeline":       &datelinev1.QueryTimelineRequest{Subjects: []string{"entities/Q999999999999"}},
		"TimelineService/ListAppearances":     &datelinev1.ListAppearancesRequest{Subject: "topics/1"},
		"TimelineService/ListRelatedEntities": &datelinev1.ListRelatedEntitiesRequest{Subject: "entities/nil:person:nobody"},
		"TopicService/GetTopic":               &datelinev1.GetTopicRequest{Name: "topics/1"},
		"RetagService/GetRetagJob":            &datelinev1.GetRetagJobRequest{Name: "retagJobs/none"},
		"RetagService/CancelRetagJob":         &datelinev1.CancelRetagJobRequest{Name: "retagJobs/none"},
		"CorrectionService/DeleteCorrection":  &datelinev1.DeleteCorrectionRequest{Name: "corrections/none"},
	} {
		t.Run(method, func(t *testing.T) {
			err := p.conn.Invoke(context.Background(), v1+method, req, &emptypb.Empty{})
			wantStatus(t, err, codes.NotFound, "NOT_FOUND")
		})
	}
}

// rawCodec sends bytes as they are, as a client in another language may.
type rawCodec struct{}

func (rawCodec) Name() string                       { return "proto" }
func (rawCodec) Marshal(v any) ([]byte, error)      { return *v.(*[]byte), nil }
func (rawCodec) Unmarshal(data []byte, v any) error { *v.(*[]byte) = data; return nil }

func TestInvalidUTF8(t *testing.T) {
	p := start(t)
	wire, err := proto.Marshal(&datelinev1.TagArticleRequest{Article: article("", "Kabul \x01 news")})
	if err != nil {
		t.Fatal(err)
	}
	wire = []byte(strings.Replace(string(wire), "\x01", "\xff", 1))
	var answer []byte
	err = p.conn.Invoke(context.Background(), v1+"TaggingService/TagArticle", &wire, &answer, grpc.ForceCodec(rawCodec{}))
	violations := wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	if len(violations) != 1 || violations[0].GetField() != "article.body" || violations[0].GetDescription() != "got byte 0xff at 6, want valid UTF-8" {
		t.Errorf("got %v, want article.body with byte 0xff at 6", violations)
	}
}
