package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// benchArticle is the i-th of a stream of different articles of about 120
// words: some of the sentences, shuffled.
func benchArticle(sentences []string, i int) *datelinev1.Article {
	rnd := rand.New(rand.NewPCG(1, uint64(i)))
	var body strings.Builder
	for _, k := range rnd.Perm(len(sentences))[:6] {
		body.WriteString(sentences[k] + " ")
	}
	at := time.Date(2025, 1, 1, 0, i%(365*24*60), 0, 0, time.UTC)
	return &datelinev1.Article{
		Name:        fmt.Sprintf("articles/bench-%d", i),
		Title:       fmt.Sprintf("Report no. %d from Central Asia", i),
		Body:        body.String(),
		PublishTime: timestamppb.New(at),
		Source:      "wire.example",
	}
}

// demoSentences are the sentences of the demo's articles.
func demoSentences(b *testing.B) []string {
	b.Helper()
	var all []string
	for l, err := range lines(bytes.NewReader(demoArticles)) {
		if err != nil {
			b.Fatal(err)
		}
		req, err := parsePublishRequest(l.text)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, strings.SplitAfter(req.Text, ". ")...)
	}
	return all
}

// BenchmarkTagLines tags the demo's articles as JSON lines, on all cores: the
// whole of `dateline tag --format jsonl` but starting up.
func BenchmarkTagLines(b *testing.B) {
	t, err := newTagger(dataFiles{}, 0, false)
	if err != nil {
		b.Fatal(err)
	}
	c := tagCommand{tagger: t}
	in := bytes.Repeat(demoArticles, 10)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.tagLines(context.Background(), bytes.NewReader(in), io.Discard, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*bytes.Count(in, []byte("\n")))/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkPublish publishes over gRPC to a server that syncs every article
// to disk before it answers, from one client and from many at once.
func BenchmarkPublish(b *testing.B) {
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			conn := startService(b, serviceOptions{})
			articles := datelinev1.NewArticleServiceClient(conn)
			sentences := demoSentences(b)
			var next atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			var g errgroup.Group
			for range clients {
				g.Go(func() error {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						req := &datelinev1.PublishArticleRequest{Article: benchArticle(sentences, int(i))}
						if _, err := articles.PublishArticle(context.Background(), req); err != nil {
							return err
						}
					}
					return nil
				})
			}
			if err := g.Wait(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
