package server

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"google.golang.org/grpc/codes"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// clients of a running program.
type clients struct {
	tagging   datelinev1.TaggingServiceClient
	articles  datelinev1.ArticleServiceClient
	entities  datelinev1.EntityServiceClient
	timelines datelinev1.TimelineServiceClient
	topics    datelinev1.TopicServiceClient
}

func clientsOf(p *program) clients {
	return clients{
		datelinev1.NewTaggingServiceClient(p.conn),
		datelinev1.NewArticleServiceClient(p.conn),
		datelinev1.NewEntityServiceClient(p.conn),
		datelinev1.NewTimelineServiceClient(p.conn),
		datelinev1.NewTopicServiceClient(p.conn),
	}
}

// border is an article with curly quotes, an emoji and a demonym pair.
func border(name, date string) *datelinev1.Article {
	return &datelinev1.Article{
		Name:        "articles/" + name,
		Title:       "Rahmon warns of clashes near Afghanistan",
		Body:        "“The border is calm” 🙂, Emomali Rahmon said in Kabul. The Tajik-Afghan border is long. Rahmon then left Afghanistan.",
		PublishTime: day(date),
		Source:      "ariananews.af",
		Section:     "World",
	}
}

func publish(t *testing.T, c clients, a *datelinev1.Article) *datelinev1.PublishArticleResponse {
	t.Helper()
	resp, err := c.articles.PublishArticle(context.Background(), &datelinev1.PublishArticleRequest{Article: a})
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

// TestPublishAndAsk walks the way of an article through the whole program.
func TestPublishAndAsk(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	first := publish(t, c, border("1", "2025-03-01"))
	publish(t, c, border("2", "2025-03-03"))
	if got := first.GetOutcome(); got != datelinev1.PublishOutcome_PUBLISH_OUTCOME_CREATED {
		t.Errorf("first publish: got %v", got)
	}
	if got := publish(t, c, border("1", "2025-03-01")).GetOutcome(); got != datelinev1.PublishOutcome_PUBLISH_OUTCOME_UNCHANGED {
		t.Errorf("second publish of the same: got %v", got)
	}

	got, err := c.articles.GetArticle(ctx, &datelinev1.GetArticleRequest{Name: "articles/1"})
	if err != nil {
		t.Fatal(err)
	}
	if got.GetBody() != border("1", "2025-03-01").GetBody() || got.GetEtag() == "" || len(got.GetTags().GetMentions()) == 0 {
		t.Errorf("got %v", got)
	}

	lines, err := c.timelines.QueryTimeline(ctx, &datelinev1.QueryTimelineRequest{
		Subjects: []string{"entities/Q889", "entities/Q863"}, StartTime: day("2025-03-01"), EndTime: day("2025-03-05"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var perDay []int64
	for _, b := range lines.GetTimelines()[0].GetBuckets() {
		perDay = append(perDay, b.GetArticleCount())
	}
	if len(perDay) != 4 || perDay[0] != 1 || perDay[1] != 0 || perDay[2] != 1 || perDay[3] != 0 {
		t.Errorf("articles about Afghanistan by day: got %v, want [1 0 1 0]", perDay)
	}
	if n := lines.GetTimelines()[1].GetArticleCount(); n != 2 {
		t.Errorf("the demonym puts Tajikistan in %d articles, want 2", n)
	}

	appearances, err := c.timelines.ListAppearances(ctx, &datelinev1.ListAppearancesRequest{Subject: "entities/Q57350", OrderBy: "publish_time"})
	if err != nil {
		t.Fatal(err)
	}
	if appearances.GetTotalSize() != 2 || len(appearances.GetAppearances()) != 2 {
		t.Fatalf("appearances of Rahmon: got %v", appearances)
	}
	a := appearances.GetAppearances()[0]
	if a.GetArticle().GetName() != "articles/1" {
		t.Errorf("first appearance: got %v", a)
	}
	quoted := 0
	for _, q := range a.GetQuotations() {
		quoted += len(q.GetMentions())
		for _, m := range q.GetMentions() {
			if from := q.GetSpan().GetStart(); q.GetText()[m.GetSpan().GetStart()-from:m.GetSpan().GetEnd()-from] != m.GetText() {
				t.Errorf("the mention %v does not stand in %v", m, q)
			}
		}
	}
	mentions := 0
	for _, m := range got.GetTags().GetMentions() {
		if m.GetEntity() == "entities/Q57350" {
			mentions++
		}
	}
	if mentions < 2 || quoted != mentions || int(a.GetMentionCount()) != mentions {
		t.Errorf("Rahmon: %d mentions in the article, %d quoted, %d counted", mentions, quoted, a.GetMentionCount())
	}

	related, err := c.timelines.ListRelatedEntities(ctx, &datelinev1.ListRelatedEntitiesRequest{Subject: "entities/Q889"})
	if err != nil {
		t.Fatal(err)
	}
	together := map[string]int64{}
	for _, r := range related.GetEntities() {
		together[r.GetEntity()] = r.GetArticleCount()
	}
	if together["entities/Q57350"] != 2 || together["entities/Q5838"] != 2 || together["entities/Q889"] != 0 {
		t.Errorf("related to Afghanistan: got %v", together)
	}

	found, err := c.entities.SearchEntities(ctx, &datelinev1.SearchEntitiesRequest{Query: "emomali"})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.GetEntities()) == 0 || found.GetEntities()[0].GetName() != "entities/Q57350" || found.GetEntities()[0].GetArticleCount() != 2 {
		t.Errorf("search: got %v", found)
	}

	if _, err := c.articles.DeleteArticle(ctx, &datelinev1.DeleteArticleRequest{Name: "articles/1"}); err != nil {
		t.Fatal(err)
	}
	entity, err := c.entities.GetEntity(ctx, &datelinev1.GetEntityRequest{Name: "entities/Q889"})
	if err != nil {
		t.Fatal(err)
	}
	if entity.GetArticleCount() != 1 || entity.GetDisplayName() != "Afghanistan" || !entity.GetLinked() {
		t.Errorf("after the delete: got %v", entity)
	}
}

// TestEtags: a writer who has not seen the last change does not overwrite it.
func TestEtags(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	first := publish(t, c, border("1", "2025-03-01")).GetArticle()
	second := border("1", "2025-03-01")
	second.Body += " More followed."
	publish(t, c, second)

	stale := border("1", "2025-03-01")
	stale.Etag = first.GetEtag()
	_, err := c.articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: stale})
	wantStatus(t, err, codes.Aborted, "ETAG_MISMATCH")
	_, err = c.articles.DeleteArticle(ctx, &datelinev1.DeleteArticleRequest{Name: "articles/1", Etag: first.GetEtag()})
	wantStatus(t, err, codes.Aborted, "ETAG_MISMATCH")
}

// TestRequestIDs: a repeat answers as the first did, a mix-up is refused.
func TestRequestIDs(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	req := &datelinev1.PublishArticleRequest{Article: border("1", "2025-03-01"), RequestId: "once"}
	for range 2 {
		resp, err := c.articles.PublishArticle(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.GetOutcome() != datelinev1.PublishOutcome_PUBLISH_OUTCOME_CREATED {
			t.Errorf("got %v, want CREATED both times", resp.GetOutcome())
		}
	}
	req.Article = border("2", "2025-03-01")
	_, err := c.articles.PublishArticle(ctx, req)
	wantStatus(t, err, codes.AlreadyExists, "REQUEST_ID_REUSED")
}

func TestValidateOnly(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	resp, err := c.articles.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: border("1", "2025-03-01"), ValidateOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if resp.GetOutcome() != datelinev1.PublishOutcome_PUBLISH_OUTCOME_VALIDATED || len(resp.GetArticle().GetTags().GetEntities()) == 0 {
		t.Errorf("got %v", resp)
	}
	_, err = c.articles.GetArticle(ctx, &datelinev1.GetArticleRequest{Name: "articles/1"})
	wantStatus(t, err, codes.NotFound, "NOT_FOUND")
}

// TestPages: pages join to the whole, and a token of one query is none of
// another.
func TestPages(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	for _, name := range []string{"1", "2", "3", "4", "5"} {
		publish(t, c, border(name, "2025-03-0"+name))
	}
	req := &datelinev1.ListArticlesRequest{PageSize: 2, Filter: `source = "ariananews.af" AND entity = "entities/Q889"`}
	var names, first string
	for {
		resp, err := c.articles.ListArticles(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range resp.GetArticles() {
			names += idOf(a.GetName(), articles)
		}
		if first == "" {
			first = resp.GetNextPageToken()
		}
		if req.PageToken = resp.GetNextPageToken(); req.PageToken == "" {
			break
		}
	}
	if names != "54321" {
		t.Errorf("got articles %s, want 54321", names)
	}
	_, err := c.articles.ListArticles(ctx, &datelinev1.ListArticlesRequest{PageSize: 2, PageToken: first})
	wantStatus(t, err, codes.InvalidArgument, "INVALID_PAGE_TOKEN")
	_, err = c.timelines.ListAppearances(ctx, &datelinev1.ListAppearancesRequest{Subject: "entities/Q889", PageToken: first})
	wantStatus(t, err, codes.InvalidArgument, "INVALID_PAGE_TOKEN")
}

// TestLongPages: a page that a client with gRPC's defaults would refuse is cut in
// two.
func TestLongPages(t *testing.T) {
	p := start(t)
	c, ctx := clientsOf(p), context.Background()
	const n = 6
	for i := range n {
		a := border(strconv.Itoa(i), "2025-03-01")
		a.Body = strings.Repeat("it rained and rained. ", 40_000)
		if _, err := p.store.Put(ctx, store.PutRequest{Article: storeArticle(a), Result: &tagger.Result{}}); err != nil {
			t.Fatal(err)
		}
	}
	req := &datelinev1.ListArticlesRequest{View: datelinev1.ArticleView_ARTICLE_VIEW_FULL}
	seen := 0
	for {
		page, err := c.articles.ListArticles(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		seen += len(page.GetArticles())
		if req.PageToken = page.GetNextPageToken(); req.PageToken == "" {
			break
		}
	}
	if seen != n {
		t.Errorf("got %d articles, want %d", seen, n)
	}
}

// TestOffsetEncodings: in every encoding the offsets cut each mention's text out
// of the caller's own, past curly quotes and an emoji.
func TestOffsetEncodings(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	a := border("1", "2025-03-01")
	cut := map[datelinev1.OffsetEncoding]func(s string, from, to int32) string{
		datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF8: func(s string, from, to int32) string { return s[from:to] },
		datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF16: func(s string, from, to int32) string {
			return string(utf16.Decode(utf16.Encode([]rune(s))[from:to]))
		},
		datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF32: func(s string, from, to int32) string { return string([]rune(s)[from:to]) },
	}
	for enc, cut := range cut {
		resp, err := c.tagging.TagArticle(ctx, &datelinev1.TagArticleRequest{Article: a, OffsetEncoding: enc})
		if err != nil {
			t.Fatal(err)
		}
		if resp.GetTags().GetOffsetEncoding() != enc || len(resp.GetTags().GetMentions()) < 6 {
			t.Errorf("got %v with %d mentions, want %v with 6 and more", resp.GetTags().GetOffsetEncoding(), len(resp.GetTags().GetMentions()), enc)
		}
		for _, m := range resp.GetTags().GetMentions() {
			field := a.GetBody()
			if m.GetSpan().GetField() == datelinev1.ArticleField_ARTICLE_FIELD_TITLE {
				field = a.GetTitle()
			}
			if got := cut(field, m.GetSpan().GetStart(), m.GetSpan().GetEnd()); got != m.GetText() {
				t.Errorf("%v: offsets cut %q, the mention says %q", enc, got, m.GetText())
			}
		}
	}
}

// TestTopicTree walks the taxonomy by the API.
func TestTopicTree(t *testing.T) {
	c, ctx := clientsOf(start(t)), context.Background()
	top, err := c.topics.ListTopics(ctx, &datelinev1.ListTopicsRequest{Parent: "topics/-"})
	if err != nil {
		t.Fatal(err)
	}
	if len(top.GetTopics()) != 17 {
		t.Errorf("got %d top topics, want the 17 of IPTC", len(top.GetTopics()))
	}
	for _, topic := range top.GetTopics() {
		below, err := c.topics.ListTopics(ctx, &datelinev1.ListTopicsRequest{Parent: topic.GetName(), PageSize: 2000})
		if err != nil {
			t.Fatal(err)
		}
		if len(below.GetTopics()) != len(topic.GetChildren()) || len(below.GetTopics()) == 0 {
			t.Errorf("%s: listed %d children, want its own %d", topic.GetName(), len(below.GetTopics()), len(topic.GetChildren()))
		}
	}
	seen, req := 0, &datelinev1.ListTopicsRequest{PageSize: 400, ShowRetired: true}
	for {
		page, err := c.topics.ListTopics(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		seen += len(page.GetTopics())
		if req.PageToken = page.GetNextPageToken(); req.PageToken == "" {
			break
		}
	}
	all, err := c.topics.ListTopics(ctx, &datelinev1.ListTopicsRequest{PageSize: 2000, ShowRetired: true})
	if err != nil || seen != len(all.GetTopics()) {
		t.Errorf("pages hold %d topics, one page holds %d, %v", seen, len(all.GetTopics()), err)
	}
}
