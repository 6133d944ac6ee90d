package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestRetagCrash kills the server three times in the middle of one retag job.
// The job goes on after each restart, and in the end every article is tagged
// anew, once, with all indexes to match.
func TestRetagCrash(t *testing.T) {
	const articles = 400
	folder := t.TempDir()
	job := beginRetag(t, folder, articles)
	for done := int64(0); done < 3*articles/4; {
		done = killRetagAfter(t, folder, job, done+articles/5)
	}
	p, conn := startAndDial(t, folder)
	last := followRetag(t, datelinev1.NewRetagServiceClient(conn), job, articles+1)
	progress := last.GetProgress()
	if last.GetState() != datelinev1.RetagState_RETAG_STATE_SUCCEEDED || progress.GetDoneCount() != articles || progress.GetChangedCount() != articles {
		t.Errorf("got %v, want a job that is done and changed %d articles", last, articles)
	}
	stored := exportAll(t, conn)
	if n := len(appearancesOf(t, datelinev1.NewTimelineServiceClient(conn), "entities/dl:wwb")); n != articles || len(stored) != articles {
		t.Errorf("got %d articles, %d of them with the new entity, want %d", len(stored), n, articles)
	}
	checkTimelines(t, conn, stored)
	report, err := datelinev1.NewAdminServiceClient(conn).VerifyArchive(context.Background(), &datelinev1.VerifyArchiveRequest{})
	if err != nil || report.GetProblemCount() > 0 {
		t.Errorf("indexes do not match the records: %v, %v", report, err)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// beginRetag fills an archive, teaches the gazetteer what all its articles
// name, starts a slow job and kills the server.
func beginRetag(t *testing.T, folder string, articles int) (job string) {
	t.Helper()
	ctx := context.Background()
	p, conn := startAndDial(t, folder)
	client := datelinev1.NewArticleServiceClient(conn)
	for i := range articles {
		a := &datelinev1.Article{
			Name:        fmt.Sprintf("articles/%d", i),
			Title:       "Water runs low",
			Body:        fmt.Sprintf("The Wakhan Water Board met in Tajikistan on its day no. %d.", i),
			PublishTime: timestamppb.New(time.Date(2026, 1, 1+i%90, 0, 0, 0, 0, time.UTC)),
		}
		if _, err := client.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: a}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := datelinev1.NewGazetteerServiceClient(conn).CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{
		GazetteerEntryId: "dl:wwb",
		GazetteerEntry:   &datelinev1.GazetteerEntry{Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "igo", DisplayName: "Wakhan Water Board"},
	})
	if err != nil {
		t.Fatal(err)
	}
	made, err := datelinev1.NewRetagServiceClient(conn).CreateRetagJob(ctx, &datelinev1.CreateRetagJobRequest{RetagJob: &datelinev1.RetagJob{MaxRate: 200}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.kill(); err != nil {
		t.Fatal(err)
	}
	return made.Name
}

// killRetagAfter restarts the server and kills it once the job has seen so
// many articles; it returns how many it has.
func killRetagAfter(t *testing.T, folder, job string, seen int64) int64 {
	t.Helper()
	p, conn := startAndDial(t, folder)
	last := followRetag(t, datelinev1.NewRetagServiceClient(conn), job, seen)
	if err := p.kill(); err != nil {
		t.Fatal(err)
	}
	return last.GetProgress().GetDoneCount()
}

// followRetag watches a job until it has seen so many articles, or ends.
func followRetag(t *testing.T, service datelinev1.RetagServiceClient, name string, seen int64) (job *datelinev1.RetagJob) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	stream, err := service.WatchRetagJob(ctx, &datelinev1.WatchRetagJobRequest{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	for job.GetProgress().GetDoneCount() < seen {
		next, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("after %v: %v", job, err)
		}
		job = next
	}
	return job
}
