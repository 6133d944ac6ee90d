package store

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

var (
	benchArticles = flag.Int("bench.articles", 10_000, "articles of the synthetic archive")
	benchDir      = flag.String("bench.dir", "", "where the synthetic archive is kept; it is not made again when it is there")
	benchSync     = flag.Duration("bench.sync", 0, "how much longer each sync to disk takes, as on a slower one")
	benchRate     = flag.Int("bench.rate", 100, "articles published a second while queries are measured")
)

// synthetic draws articles of about 2 kB with 12 entities by Zipf's law out of
// a growing crowd, as names in news do, 2 topics, a country, a source and a
// section, over three years: 20 postings each.
type synthetic struct {
	rand     *rand.Rand
	entities *rand.Zipf
	words    *rand.Zipf
}

func newSynthetic(seed uint64) *synthetic {
	r := rand.New(rand.NewPCG(seed, 9))
	return &synthetic{r, rand.NewZipf(r, 1.07, 4, 2_000_000), rand.NewZipf(r, 1.1, 2, 30_000)}
}

func (g *synthetic) article(name string, n, of int) PutRequest {
	r := PutRequest{Article: Article{Name: name, Section: fmt.Sprint("section ", g.rand.IntN(12))}, Result: &tagger.Result{}}
	r.Article.Source = fmt.Sprintf("outlet%d.example", g.rand.IntN(400))
	r.Article.PublishTime = modelStart.Add(time.Duration(float64(n) / float64(of) * float64(3*365*24*time.Hour))).Truncate(time.Second)
	var body strings.Builder
	for i := range 12 {
		start := body.Len()
		id := g.entities.Uint64()
		form := fmt.Sprintf("Name%d Family%d", id, id)
		body.WriteString(form)
		r.Result.Mentions = append(r.Result.Mentions, tagger.Mention{Field: tagger.Body, Span: gazetteer.Span{Start: start, End: body.Len()}, Entity: len(r.Result.Entities)})
		for range 22 {
			fmt.Fprintf(&body, " w%d", g.words.Uint64())
		}
		r.Result.Sentences = append(r.Result.Sentences, tagger.Sentence{Field: tagger.Body, Span: gazetteer.Span{Start: start, End: body.Len()}})
		body.WriteString(". ")
		r.Result.Entities = append(r.Result.Entities, tagger.Entity{ID: gazetteer.ID(fmt.Sprint("Q", id)), Name: form, Type: gazetteer.Person, Linked: true, Salience: 1 / float32(i+1)})
	}
	r.Article.Body = body.String()
	for range 2 {
		r.Result.Topics = append(r.Result.Topics, tagger.Topic{Code: pick(g.rand, modelTopics), Score: 0.8})
	}
	r.Result.Countries = []tagger.Focus{{Country: string([]byte{'A' + byte(g.rand.IntN(14)), 'A' + byte(g.rand.IntN(14))}), Score: 0.9}}
	return r
}

// fill stores n articles with some publishers at once.
func fill(b *testing.B, s *Store, n, publishers int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for p := range publishers {
		wg.Go(func() {
			g := newSynthetic(uint64(p))
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if _, err := s.Put(context.Background(), g.article(fmt.Sprint("article-", i), i, n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkPublish measures articles per second with a sync to disk for each
// batch, for one and for many publishers, and with -bench.sync 5ms what a
// slower disk would make of it.
func BenchmarkPublish(b *testing.B) {
	for _, publishers := range []int{1, 8, 64} {
		b.Run(fmt.Sprint(publishers), func(b *testing.B) {
			s := openTest(b, Options{Dir: b.TempDir()})
			s.engine.disk = func() (disk, error) { // asked once before each commit
				time.Sleep(*benchSync)
				return s.engine.probe.look()
			}
			b.ResetTimer()
			fill(b, s, b.N, publishers)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkLoad measures articles per second into a new archive by all cores,
// tags given, until it can be opened; making the articles up is in it.
func BenchmarkLoad(b *testing.B) {
	l, err := NewLoader(Options{Dir: filepath.Join(b.TempDir(), "archive")})
	if err != nil {
		b.Fatal(err)
	}
	publishers := runtime.GOMAXPROCS(0)
	var next atomic.Int64
	var wg sync.WaitGroup
	for p := range publishers {
		wg.Go(func() {
			g := newSynthetic(uint64(p))
			for i := int(next.Add(1)) - 1; i < b.N; i = int(next.Add(1)) - 1 {
				if _, err := l.Add(g.article(fmt.Sprint("article-", i), i, b.N)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	added := b.Elapsed()
	if err := l.Finish(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(100*(1-added.Seconds()/b.Elapsed().Seconds()), "%finishing")
}

// BenchmarkArchive measures the questions of an analyst while articles are
// being published. At a million articles:
//
//	go test ./store -run '^$' -bench Archive -bench.articles 1000000 -benchtime 3s -timeout 2h
func BenchmarkArchive(b *testing.B) {
	s := benchArchive(b)
	stop := publishSlowly(b, s)
	defer stop()
	// The process's own memory, and pages of files that the system can drop.
	defer func() { b.Log("at the end: ", procLines("/proc/self/status", "VmHWM", "RssAnon", "RssFile")) }()
	top, rare, median := ranks(s)
	b.Logf("most frequent entity in %d articles, rare one in %d, median one in %d", s.mem.counts[top], s.mem.counts[rare], s.mem.counts[median])
	ctx := context.Background()
	end := modelStart.AddDate(3, 0, 0)
	year := Filter{From: end.AddDate(-1, 0, 0), To: end}
	for _, sub := range []struct {
		name string
		of   Subject
	}{{"top", s.mem.info(top).Subject}, {"rare", s.mem.info(rare).Subject}, {"median", s.mem.info(median).Subject}} {
		measure(b, "timeline/"+sub.name, func() error {
			_, err := s.Timeline(ctx, TimelineQuery{Subjects: []Subject{sub.of}, Filter: year})
			return err
		})
		measure(b, "appearances/"+sub.name, func() error {
			_, err := s.Appearances(ctx, ListQuery{Subject: sub.of})
			return err
		})
		measure(b, "related/"+sub.name, func() error {
			_, err := s.Related(ctx, RelatedQuery{Subject: sub.of})
			return err
		})
	}
	for _, prefix := range []string{"n", "name12"} {
		measure(b, "search/"+prefix, func() error {
			_, err := s.Search(ctx, SearchQuery{Prefix: prefix})
			return err
		})
	}
	measure(b, "trending", func() error {
		_, err := s.Trending(ctx, TrendingQuery{End: end})
		return err
	})
}

// benchArchive opens the synthetic archive, made first unless it is there.
func benchArchive(b *testing.B) *Store {
	o := Options{Dir: *benchDir}
	if o.Dir == "" {
		o.Dir = b.TempDir()
	}
	if _, err := os.Stat(filepath.Join(o.Dir, "MANIFEST")); err != nil {
		began := time.Now()
		s := openTest(b, Options{Dir: o.Dir, NoSync: true})
		fill(b, s, *benchArticles, 4)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.Logf("%d articles stored at %.0f a second; %s", *benchArticles, float64(*benchArticles)/time.Since(began).Seconds(),
			procLines("/proc/self/io", "write_bytes"))
	}
	began := time.Now()
	s := openTest(b, o)
	took := time.Since(began).Round(time.Millisecond)
	st := s.Stats()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.Logf("opened in %v: %d articles, %d subjects; %.0f bytes of disk an article, %d MB of heap", took, st.Articles, st.Subjects,
		float64(st.DiskBytes)/float64(st.Articles), m.HeapAlloc>>20)
	return s
}

// publishSlowly publishes at a steady rate until it is stopped.
func publishSlowly(b *testing.B, s *Store) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		g := newSynthetic(99)
		tick := time.NewTicker(time.Second / time.Duration(*benchRate))
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-tick.C:
				if _, err := s.Put(context.Background(), g.article(fmt.Sprint("later-", i), 1, 1)); err != nil {
					b.Error(err)
				}
			case <-done:
				return
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// ranks are the numbers of the entity that most articles name, of the first in
// no more than fifty and of the one in the middle of all.
func ranks(s *Store) (top, rare, median uint32) {
	s.mem.mu.RLock()
	defer s.mem.mu.RUnlock()
	var list []ranked
	for n, kind := range s.mem.kinds {
		if kind == Entity && s.mem.counts[n] > 0 {
			list = append(list, ranked{uint32(n), int(s.mem.counts[n])})
		}
	}
	slices.SortFunc(list, ranked.compare)
	i := slices.IndexFunc(list, func(r ranked) bool { return r.articles <= 50 })
	return list[0].subject, list[i].subject, list[len(list)/2].subject
}

// measure reports the median and the 99th percentile beside the mean.
func measure(b *testing.B, name string, ask func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		var took []time.Duration
		for b.Loop() {
			began := time.Now()
			if err := ask(); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/p99")
	})
}

// procLines is what the system says of this process in lines of a file that
// begin so.
func procLines(file string, begin ...string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return "unknown"
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if slices.ContainsFunc(begin, func(b string) bool { return strings.HasPrefix(line, b) }) {
			found = append(found, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(found, ", ")
}
