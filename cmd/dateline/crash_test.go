package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestCrash kills the server in the middle of a stream of publishes, three
// times on one archive. After each restart every acknowledged article is
// there, whole, with its places on the timelines, and no article is half there.
func TestCrash(t *testing.T) {
	folder := t.TempDir()
	acked := &ledger{}
	for round := range 3 {
		publishUntilKilled(t, folder, acked, round)
		checkSurvivors(t, folder, acked)
	}
}

// ledger lists the names of acknowledged articles.
type ledger struct {
	mu    sync.Mutex
	names []string
}

func (l *ledger) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = append(l.names, name)
}

func (l *ledger) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.names)
}

// crashArticle is the i-th article of a round. All name one country, so that
// its timeline counts them all, and each names a person of its own.
func crashArticle(round, i int) *datelinev1.Article {
	at := time.Date(2026, 1, 1+i%90, i%24, 0, 0, 0, time.UTC)
	return &datelinev1.Article{
		Name:        fmt.Sprintf("articles/%d-%d", round, i),
		Title:       fmt.Sprintf("Delegation %d visits Tajikistan", i),
		Body:        fmt.Sprintf("A delegation led by Ivan Petrovich%d came to Dushanbe in Tajikistan on its visit no. %d.", i, i),
		PublishTime: timestamppb.New(at),
		Source:      "wire.example",
	}
}

// publishUntilKilled publishes through three unary callers and one batch
// stream, and kills the server once a hundred more articles are acknowledged.
func publishUntilKilled(t *testing.T, folder string, acked *ledger, round int) {
	t.Helper()
	p, conn := startAndDial(t, folder)
	articles := datelinev1.NewArticleServiceClient(conn)
	goal := acked.len() + 100
	var wg sync.WaitGroup
	for k := range 3 {
		wg.Go(func() {
			for i := k; ; i += 4 {
				a := crashArticle(round, i)
				if _, err := articles.PublishArticle(context.Background(), &datelinev1.PublishArticleRequest{Article: a}); err != nil {
					return // killed
				}
				acked.add(a.Name)
			}
		})
	}
	wg.Go(func() { streamUntilKilled(t, articles, acked, round) })
	for deadline := time.Now().Add(time.Minute); acked.len() < goal; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Error("the server acknowledges too little: killing it now")
			break
		}
	}
	if err := p.kill(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
}

func streamUntilKilled(t *testing.T, articles datelinev1.ArticleServiceClient, acked *ledger, round int) {
	stream, err := articles.BatchPublishArticles(context.Background())
	if err != nil {
		t.Error(err)
		return
	}
	go func() {
		for i := 3; ; i += 4 {
			a := crashArticle(round, i)
			req := &datelinev1.PublishArticleRequest{Article: a}
			if stream.Send(&datelinev1.BatchPublishArticlesRequest{CorrelationId: a.Name, Request: req}) != nil {
				return // killed
			}
		}
	}()
	for {
		answer, err := stream.Recv()
		if err != nil {
			return // killed
		}
		if answer.GetError() != nil {
			t.Errorf("%s: %s", answer.CorrelationId, answer.GetError().Message)
			return
		}
		acked.add(answer.CorrelationId)
	}
}

// checkSurvivors restarts the server on what the kill has left.
func checkSurvivors(t *testing.T, folder string, acked *ledger) {
	t.Helper()
	p, conn := startAndDial(t, folder)
	defer func() {
		if err := p.stop(); err != nil {
			t.Errorf("graceful stop: %v", err)
		}
	}()
	stored := exportAll(t, conn)
	for _, name := range acked.names {
		if stored[name] == nil {
			t.Errorf("%s was acknowledged and is lost", name)
		}
	}
	checkTimelines(t, conn, stored)
	report, err := datelinev1.NewAdminServiceClient(conn).VerifyArchive(context.Background(), &datelinev1.VerifyArchiveRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if report.ProblemCount > 0 {
		t.Errorf("indexes do not match the records: %d problems, %q", report.ProblemCount, report.Problems)
	}
}

// checkTimelines compares what the timelines count and list with the tags of
// the stored articles: for each entity the same articles.
func checkTimelines(t *testing.T, conn *grpc.ClientConn, stored map[string]*datelinev1.Article) {
	t.Helper()
	bearers := map[string]map[string]bool{} // by entity, the articles that mention it
	for name, a := range stored {
		if a.Body == "" || len(a.GetTags().GetEntities()) == 0 {
			t.Errorf("%s is stored without text or tags: %v", name, a)
		}
		for _, e := range a.GetTags().GetEntities() {
			if bearers[e.Entity] == nil {
				bearers[e.Entity] = map[string]bool{}
			}
			bearers[e.Entity][name] = true
		}
	}
	timelines := datelinev1.NewTimelineServiceClient(conn)
	for entity, want := range bearers {
		got := appearancesOf(t, timelines, entity)
		for name := range want {
			if !got[name] {
				t.Errorf("%s mentions %s and is missing from its appearances", name, entity)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d appearances, want %d", entity, len(got), len(want))
		}
		if len(want) < 2 {
			continue // one call less for each of many
		}
		answer, err := timelines.QueryTimeline(context.Background(), &datelinev1.QueryTimelineRequest{Subjects: []string{entity}})
		if err != nil {
			t.Fatal(err)
		}
		if n := answer.Timelines[0].ArticleCount; n != int64(len(want)) {
			t.Errorf("%s: the timeline counts %d articles, want %d", entity, n, len(want))
		}
	}
}

func appearancesOf(t *testing.T, timelines datelinev1.TimelineServiceClient, entity string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	req := &datelinev1.ListAppearancesRequest{Subject: entity, PageSize: maxPage}
	for {
		page, err := timelines.ListAppearances(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Appearances {
			names[a.Article.Name] = true
		}
		if req.PageToken = page.NextPageToken; req.PageToken == "" {
			return names
		}
	}
}

// exportAll reads every stored article, by name.
func exportAll(t *testing.T, conn *grpc.ClientConn) map[string]*datelinev1.Article {
	t.Helper()
	stream, err := datelinev1.NewArticleServiceClient(conn).ExportArticles(context.Background(), &datelinev1.ExportArticlesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*datelinev1.Article{}
	for {
		answer, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all[answer.Article.Name] = answer.Article
	}
}

// startAndDial starts a server in a process of its own and connects to it.
func startAndDial(t *testing.T, folder string) (*process, *grpc.ClientConn) {
	t.Helper()
	p, err := startServer("", folder, "--log", "none")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.kill() }) // of a server that has ended: nothing
	conn, err := connect(p.addr, false, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return p, conn
}
