package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// mentioned reports whether an article as it is stored mentions an entity.
func mentioned(t *testing.T, c clients, name, entity string) bool {
	t.Helper()
	a, err := c.articles.GetArticle(context.Background(), &datelinev1.GetArticleRequest{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range a.GetTags().GetEntities() {
		if e.GetEntity() == entity {
			return true
		}
	}
	return false
}

// runJob makes a retag job and watches it to its end.
func runJob(t *testing.T, p *program, job *datelinev1.RetagJob) *datelinev1.RetagJob {
	t.Helper()
	jobs, ctx := datelinev1.NewRetagServiceClient(p.conn), context.Background()
	made, err := jobs.CreateRetagJob(ctx, &datelinev1.CreateRetagJobRequest{RetagJob: job})
	if err != nil {
		t.Fatal(err)
	}
	watch, err := jobs.WatchRetagJob(ctx, &datelinev1.WatchRetagJobRequest{Name: made.GetName()})
	if err != nil {
		t.Fatal(err)
	}
	for last := made; ; {
		got, err := watch.Recv()
		if errors.Is(err, io.EOF) {
			if last.GetState() != datelinev1.RetagState_RETAG_STATE_SUCCEEDED {
				t.Fatalf("the job ended as %v", last)
			}
			return last
		}
		if err != nil {
			t.Fatal(err)
		}
		last = got
	}
}

// TestRetag: an edit of the gazetteer reaches stored articles by a job, after a
// dry run has said what it will do.
func TestRetag(t *testing.T) {
	p := start(t)
	c, ctx := clientsOf(p), context.Background()
	for _, name := range []string{"1", "2", "3"} {
		a := border(name, "2025-03-0"+name)
		a.Body += " The Wakhan Water Board met, too."
		publish(t, c, a)
	}
	if _, err := datelinev1.NewGazetteerServiceClient(p.conn).CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{
		GazetteerEntryId: "dl:wwb",
		GazetteerEntry:   &datelinev1.GazetteerEntry{Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "igo", DisplayName: "Wakhan Water Board"},
	}); err != nil {
		t.Fatal(err)
	}
	dry := runJob(t, p, &datelinev1.RetagJob{DryRun: true})
	if dry.GetProgress().GetDoneCount() != 3 || dry.GetSummary().GetEntitiesGained() < 3 || mentioned(t, c, "articles/1", "entities/dl:wwb") {
		t.Errorf("dry run: got %v", dry)
	}
	done := runJob(t, p, &datelinev1.RetagJob{Subject: "entities/Q889", OnlyOutdated: true})
	if done.GetProgress().GetChangedCount() != 3 || !mentioned(t, c, "articles/1", "entities/dl:wwb") {
		t.Errorf("run: got %v", done)
	}
	again := runJob(t, p, &datelinev1.RetagJob{})
	if again.GetProgress().GetChangedCount() != 0 {
		t.Errorf("the second run changed something: %v", again)
	}
	jobs := datelinev1.NewRetagServiceClient(p.conn)
	list, err := jobs.ListRetagJobs(ctx, &datelinev1.ListRetagJobsRequest{})
	if err != nil || len(list.GetRetagJobs()) != 3 {
		t.Errorf("got %v, %v, want 3 jobs", list, err)
	}
	_, err = jobs.ResumeRetagJob(ctx, &datelinev1.ResumeRetagJobRequest{Name: again.GetName()})
	wantStatus(t, err, codes.FailedPrecondition, "WRONG_STATE")
}

// TestCorrections: a rejected entity stays away, also after a retag, until the
// decision is taken back.
func TestCorrections(t *testing.T) {
	p := start(t)
	c, ctx := clientsOf(p), context.Background()
	publish(t, c, border("1", "2025-03-01"))
	editors := datelinev1.NewCorrectionServiceClient(p.conn)
	made, err := editors.CreateCorrection(ctx, &datelinev1.CreateCorrectionRequest{Correction: &datelinev1.Correction{
		Kind: datelinev1.CorrectionKind_CORRECTION_KIND_REJECT, Article: "articles/1", Entity: "entities/Q5838", Author: "ed",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if mentioned(t, c, "articles/1", "entities/Q5838") {
		t.Error("Kabul is still there")
	}
	runJob(t, p, &datelinev1.RetagJob{Force: true})
	if mentioned(t, c, "articles/1", "entities/Q5838") {
		t.Error("the retag brought Kabul back")
	}
	list, err := editors.ListCorrections(ctx, &datelinev1.ListCorrectionsRequest{Article: "articles/1"})
	if err != nil || len(list.GetCorrections()) != 1 || list.GetCorrections()[0].GetAuthor() != "ed" {
		t.Errorf("got %v, %v", list, err)
	}
	if _, err := editors.DeleteCorrection(ctx, &datelinev1.DeleteCorrectionRequest{Name: made.GetName()}); err != nil {
		t.Fatal(err)
	}
	if !mentioned(t, c, "articles/1", "entities/Q5838") {
		t.Error("Kabul did not come back")
	}

	_, err = editors.CreateCorrection(ctx, &datelinev1.CreateCorrectionRequest{Correction: &datelinev1.Correction{
		Kind: datelinev1.CorrectionKind_CORRECTION_KIND_PIN, Article: "articles/1", Entity: "entities/Q5838", DisplayName: "Kabul",
		Type: datelinev1.EntityType_ENTITY_TYPE_PLACE,
		Span: &datelinev1.Span{Field: datelinev1.ArticleField_ARTICLE_FIELD_BODY, Start: 1, End: 5},
	}})
	if v := wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST"); len(v) != 1 || v[0].GetField() != "correction.span" {
		t.Errorf("a span inside of a quote mark: got %v", v)
	}
}

// TestWatch: a watcher who comes back with its token misses nothing and sees
// nothing twice.
func TestWatch(t *testing.T) {
	p := start(t)
	c, ctx := clientsOf(p), context.Background()
	publish(t, c, border("0", "2025-03-01"))
	req := &datelinev1.WatchAppearancesRequest{Subjects: []string{"entities/Q889"}}
	begun, err := watchOnce(ctx, c, req)
	if err != nil || begun.GetAppearance() != nil {
		t.Fatalf("the first response: got %v, %v, want but a token", begun, err)
	}
	req.ResumeToken = begun.GetResumeToken()
	var seen []string
	for _, name := range []string{"1", "2"} { // published while nobody watches
		publish(t, c, border(name, "2025-03-02"))
	}
	for range 2 {
		got, err := watchOnce(ctx, c, req)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, got.GetAppearance().GetArticle().GetName())
		req.ResumeToken = got.GetResumeToken()
		if got.GetChange() != datelinev1.AppearanceChange_APPEARANCE_CHANGE_APPEARED || got.GetAppearance().GetMentionCount() == 0 {
			t.Errorf("got %v", got)
		}
	}
	if strings.Join(seen, " ") != "articles/1 articles/2" {
		t.Errorf("saw %v, want articles/1 and articles/2", seen)
	}
	_, err = watchOnce(ctx, c, &datelinev1.WatchAppearancesRequest{Subjects: []string{"entities/Q889"}, ResumeToken: "nonsense"})
	if code := statusOf(err).Code(); code != codes.InvalidArgument {
		t.Errorf("a token that is none: got %v", err)
	}
}

// watchOnce watches until the first response.
func watchOnce(ctx context.Context, c clients, req *datelinev1.WatchAppearancesRequest) (*datelinev1.WatchAppearancesResponse, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.timelines.WatchAppearances(ctx, req)
	if err != nil {
		return nil, err
	}
	return stream.Recv()
}

// TestExportLines: every article comes once, over gRPC and as lines of JSON.
func TestExportLines(t *testing.T) {
	p := start(t)
	c := clientsOf(p)
	for _, name := range []string{"1", "2", "3"} {
		publish(t, c, border(name, "2025-03-0"+name))
	}
	web := httptest.NewServer(p.Handler())
	defer http.DefaultClient.CloseIdleConnections()
	defer web.Close()
	resp, err := http.Post(web.URL+v1+"ArticleService/ExportArticles", "application/json", strings.NewReader(`{"startTime":"2025-03-02T00:00:00Z"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var names []string
	for lines := json.NewDecoder(resp.Body); ; {
		var line struct{ Article struct{ Name, Body string } }
		if err := lines.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		names = append(names, line.Article.Name)
		if line.Article.Body != border("", "2025-03-01").GetBody() {
			t.Errorf("%s has the body %q", line.Article.Name, line.Article.Body)
		}
	}
	if strings.Join(names, " ") != "articles/2 articles/3" {
		t.Errorf("got %v, want articles/2 and articles/3", names)
	}
}

// TestBackup: what the stream carries restores to an archive that verifies.
func TestBackup(t *testing.T) {
	p := start(t)
	c, ctx := clientsOf(p), context.Background()
	publish(t, c, border("1", "2025-03-01"))
	admin := datelinev1.NewAdminServiceClient(p.conn)
	stream, err := admin.BackupArchive(ctx, &datelinev1.BackupArchiveRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var backup bytes.Buffer
	for {
		resp, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		backup.Write(resp.GetData())
	}
	report, err := store.Restore(ctx, store.Options{Dir: t.TempDir()}, &backup)
	if err != nil || report.Articles != 1 || report.Count != 0 {
		t.Errorf("restored: got %+v, %v, want one article without problems", report, err)
	}
	verified, err := admin.VerifyArchive(ctx, &datelinev1.VerifyArchiveRequest{})
	if err != nil || verified.GetArticleCount() != 1 || verified.GetProblemCount() != 0 {
		t.Errorf("verified: got %v, %v", verified, err)
	}
	info, err := admin.GetServerInfo(ctx, &datelinev1.GetServerInfoRequest{})
	if err != nil || info.GetArticleCount() != 1 || info.GetVersion() != "test" {
		t.Errorf("info: got %v, %v", info, err)
	}
}
