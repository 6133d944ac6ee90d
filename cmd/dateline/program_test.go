package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// startService runs a whole Dateline in this process on port 0 until the test
// ends; it must leave no goroutine behind.
func startService(t testing.TB, o serviceOptions) *grpc.ClientConn {
	t.Helper()
	before := goleak.IgnoreCurrent()
	o.Addr, o.Log = "localhost:0", slog.New(slog.DiscardHandler)
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	s, err := openService(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.run(ctx) }()
	conn, err := connect(s.grpc.Addr().String(), false, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
		stop()
		if err := <-done; err != nil {
			t.Errorf("stop: %v", err)
		}
		goleak.VerifyNone(t, before)
	})
	return conn
}

// TestProgram walks one article through the whole house: published, read back,
// found, counted, replaced, deleted.
func TestProgram(t *testing.T) {
	ctx := context.Background()
	conn := startService(t, serviceOptions{})
	articles := datelinev1.NewArticleServiceClient(conn)
	timelines := datelinev1.NewTimelineServiceClient(conn)

	a := crashArticle(0, 1)
	publish := func(want datelinev1.PublishOutcome) *datelinev1.Article {
		t.Helper()
		answer, err := articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: a})
		if err != nil {
			t.Fatal(err)
		}
		if answer.Outcome != want {
			t.Errorf("outcome %v, want %v", answer.Outcome, want)
		}
		return answer.Article
	}
	appearances := func(entity string) int64 {
		t.Helper()
		answer, err := timelines.QueryTimeline(ctx, &datelinev1.QueryTimelineRequest{Subjects: []string{entity}})
		if err != nil {
			t.Fatal(err)
		}
		return answer.Timelines[0].ArticleCount
	}

	first := publish(datelinev1.PublishOutcome_PUBLISH_OUTCOME_CREATED)
	publish(datelinev1.PublishOutcome_PUBLISH_OUTCOME_UNCHANGED)
	dushanbe := entityNamed(t, first, "Dushanbe")
	tajikistan := entityNamed(t, first, "Tajikistan")

	stored, err := articles.GetArticle(ctx, &datelinev1.GetArticleRequest{Name: a.Name})
	if err != nil {
		t.Fatal(err)
	}
	if stored.Body != a.Body || stored.Etag != first.Etag || len(stored.GetTags().GetMentions()) != len(first.GetTags().GetMentions()) {
		t.Errorf("got %v, want %v", stored, first)
	}
	found, err := datelinev1.NewEntityServiceClient(conn).SearchEntities(ctx, &datelinev1.SearchEntitiesRequest{Query: "dushan"})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Entities) == 0 || found.Entities[0].Name != dushanbe || found.Entities[0].ArticleCount != 1 {
		t.Errorf("search finds %v, want %s first with one article", found.Entities, dushanbe)
	}
	page, err := timelines.ListAppearances(ctx, &datelinev1.ListAppearancesRequest{Subject: dushanbe})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Appearances) != 1 || len(page.Appearances[0].Quotations) != 1 ||
		!strings.Contains(page.Appearances[0].Quotations[0].Text, "Dushanbe") {
		t.Errorf("appearances: got %v, want one with its sentence", page)
	}

	a.Body = strings.ReplaceAll(a.Body, "Dushanbe", "Khujand")
	publish(datelinev1.PublishOutcome_PUBLISH_OUTCOME_UPDATED)
	if n, m := appearances(dushanbe), appearances(tajikistan); n != 0 || m != 1 {
		t.Errorf("after the edit: %d articles about Dushanbe and %d about Tajikistan, want 0 and 1", n, m)
	}
	if _, err := articles.DeleteArticle(ctx, &datelinev1.DeleteArticleRequest{Name: a.Name}); err != nil {
		t.Fatal(err)
	}
	if n := appearances(tajikistan); n != 0 {
		t.Errorf("after deletion: %d articles about Tajikistan, want 0", n)
	}
}

// entityNamed is the resource name of an article's entity.
func entityNamed(t *testing.T, a *datelinev1.Article, name string) string {
	t.Helper()
	for _, e := range a.GetTags().GetEntities() {
		if e.DisplayName == name {
			return e.Entity
		}
	}
	t.Fatalf("no entity %q among %v", name, a.GetTags().GetEntities())
	return ""
}

// TestProgramRefuses sends what no server should take. Each error says which
// field, what came and what was wanted. (Invalid UTF-8 never leaves Go's client;
// the server's own tests send it as bytes.)
func TestProgramRefuses(t *testing.T) {
	conn := startService(t, serviceOptions{MaxArticle: 1000})
	articles := datelinev1.NewArticleServiceClient(conn)
	timelines := datelinev1.NewTimelineServiceClient(conn)
	ctx := context.Background()
	for i := range 3 {
		if _, err := articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: crashArticle(0, i)}); err != nil {
			t.Fatal(err)
		}
	}
	page, err := articles.ListArticles(ctx, &datelinev1.ListArticlesRequest{PageSize: 1})
	if err != nil || page.NextPageToken == "" {
		t.Fatalf("got page %v and error %v, want a page with another behind it", page, err)
	}
	day := func(d int64) *timestamppb.Timestamp { return &timestamppb.Timestamp{Seconds: d * 86400} }
	publish := func(a *datelinev1.Article) error {
		_, err := articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: a})
		return err
	}
	list := func(req *datelinev1.ListArticlesRequest) error {
		_, err := articles.ListArticles(ctx, req)
		return err
	}
	timeline := func(req *datelinev1.QueryTimelineRequest) error {
		_, err := timelines.QueryTimeline(ctx, req)
		return err
	}
	tests := []struct {
		name string
		err  error
		code codes.Code
		says []string // the field, what came, what was wanted
	}{
		{
			"empty text", publish(&datelinev1.Article{Name: "articles/a"}), codes.InvalidArgument,
			[]string{"body"},
		},
		{"no id", publish(&datelinev1.Article{Body: "Kabul"}), codes.InvalidArgument, []string{"name", "articles/"}},
		{
			"text over the limit", publish(&datelinev1.Article{Name: "articles/a", Body: strings.Repeat("a", 1001)}),
			codes.InvalidArgument,
			[]string{"body", "1001", "1000"},
		},
		{"page token of another query", list(&datelinev1.ListArticlesRequest{
			PageSize: 1, PageToken: page.NextPageToken, Filter: `source = "other.example"`,
		}), codes.InvalidArgument, []string{"page_token"}},
		{
			"no page token at all", list(&datelinev1.ListArticlesRequest{PageToken: "tomorrow"}),
			codes.InvalidArgument,
			[]string{"page_token"},
		},
		{
			"unknown entity", timeline(&datelinev1.QueryTimelineRequest{Subjects: []string{"entities/Q0"}}),
			codes.NotFound,
			[]string{"subjects", "entities/Q0"},
		},
		{"range backwards", timeline(&datelinev1.QueryTimelineRequest{
			Subjects: []string{"topics/16000000"}, StartTime: day(20000), EndTime: day(19000),
		}), codes.InvalidArgument, []string{"end_time"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			st := status.Convert(test.err)
			if st.Code() != test.code {
				t.Errorf("got %v, want code %v", test.err, test.code)
			}
			for _, want := range test.says {
				if !strings.Contains(st.Message(), want) {
					t.Errorf("message %q does not say %q", st.Message(), want)
				}
			}
		})
	}
}
