package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// The archive that BenchmarkTimeline asks: a year of articles, each with 8 of
// 20 thousand entities. How often an entity is named follows Zipf's law, as
// names in news do.
const (
	benchArticles = 100_000
	benchEntities = 20_000
	benchMentions = 8 // entities of an article, each mentioned once
)

var benchYear = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// BenchmarkTimeline asks over gRPC for the timeline by day of a year, and for
// the first page of appearances, of the entity named most often and of one in
// the middle.
func BenchmarkTimeline(b *testing.B) {
	folder := b.TempDir()
	middle := fillArchive(b, folder)
	timelines := datelinev1.NewTimelineServiceClient(startService(b, serviceOptions{Data: folder}))
	for _, subject := range []struct{ name, id string }{{"head", benchEntity(0)}, {"median", middle}} {
		query := &datelinev1.QueryTimelineRequest{
			Subjects:  []string{"entities/" + subject.id},
			StartTime: timestamppb.New(benchYear), EndTime: timestamppb.New(benchYear.AddDate(1, 0, 0)),
		}
		b.Run("days/"+subject.name, func(b *testing.B) {
			measureCalls(b, func() error { _, err := timelines.QueryTimeline(context.Background(), query); return err })
		})
		page := &datelinev1.ListAppearancesRequest{Subject: query.Subjects[0]}
		b.Run("appearances/"+subject.name, func(b *testing.B) {
			measureCalls(b, func() error { _, err := timelines.ListAppearances(context.Background(), page); return err })
		})
	}
}

// measureCalls reports the median and the 99th percentile beside the mean.
func measureCalls(b *testing.B, call func() error) {
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		if err := call(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
}

func benchEntity(i uint64) string { return fmt.Sprintf("nil:place:town %d", i) }

// fillArchive stores the articles, tagged beforehand, and names the entity in
// the middle of the ranks by number of articles.
func fillArchive(b *testing.B, folder string) (middle string) {
	b.Helper()
	s, err := store.Open(store.Options{Dir: folder, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(rnd, 1.1, 4, benchEntities-1)
	counts := make([]int, benchEntities)
	var g errgroup.Group
	g.SetLimit(64) // concurrent writers share commits
	for i := range benchArticles {
		req := taggedArticle(i, zipf, counts)
		g.Go(func() error { _, err := s.Put(context.Background(), req); return err })
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	ranked := slices.DeleteFunc(slices.Clone(counts), func(n int) bool { return n == 0 })
	slices.Sort(ranked)
	return benchEntity(uint64(slices.Index(counts, ranked[len(ranked)/2])))
}

// taggedArticle is the i-th article with its tags, as if it had been tagged.
func taggedArticle(i int, zipf *rand.Zipf, counts []int) store.PutRequest {
	req := store.PutRequest{Result: &tagger.Result{}, Article: store.Article{Name: fmt.Sprintf("bench-%d", i)}}
	req.Article.Title = fmt.Sprintf("Report no. %d", i)
	req.Article.Source = "wire.example"
	req.Article.PublishTime = benchYear.Add(time.Duration(i) * 365 * 24 * time.Hour / benchArticles)
	seen := map[uint64]bool{}
	for len(seen) < benchMentions {
		if k := zipf.Uint64(); !seen[k] {
			seen[k] = true
			counts[k]++
			addSentence(&req.Article, req.Result, k)
		}
	}
	return req
}

// addSentence puts a sentence about an entity behind an article, with its tags.
func addSentence(a *store.Article, r *tagger.Result, k uint64) {
	name := fmt.Sprintf("Town %d", k)
	start := len(a.Body)
	a.Body += name + " was quiet on that day. "
	r.Mentions = append(r.Mentions, tagger.Mention{
		Field: tagger.Body, Span: gazetteer.Span{Start: start, End: start + len(name)},
		Type: tagger.PlaceMention, Entity: len(r.Entities), Confidence: 0.9,
	})
	r.Entities = append(r.Entities, tagger.Entity{
		ID: gazetteer.ID(benchEntity(k)), Name: name, Type: gazetteer.Place, Confidence: 0.9, Salience: 0.1,
	})
	r.Sentences = append(r.Sentences, tagger.Sentence{
		Field: tagger.Body, Span: gazetteer.Span{Start: start, End: len(a.Body) - 1},
	})
}
