package benchmark

import (
	"context"
	"flag"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/dateline-news/dateline/store"
)

var (
	archiveDir  = flag.String("archive", "", "folder of the archive that is compared, see docs/archive.md")
	postgresDSN = flag.String("postgres", "host=/tmp/pg port=54329 user=postgres dbname=postgres", "where PostgreSQL is")
)

const tables = `
DROP TABLE IF EXISTS mentions, articles, entities;
CREATE UNLOGGED TABLE articles (id integer, published timestamptz);
CREATE UNLOGGED TABLE entities (id integer, name text);
CREATE UNLOGGED TABLE mentions (entity integer, published timestamptz, article integer, mentions integer, story integer, salience real, about boolean);`

// The indexes give both questions what they need without a visit to the table.
const indexes = `
ALTER TABLE articles ADD PRIMARY KEY (id);
ALTER TABLE entities ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON entities (name);
CREATE INDEX ON articles (published);
CREATE INDEX ON mentions (entity, published) INCLUDE (article, mentions, story);
CREATE INDEX ON mentions (article) INCLUDE (entity);`

const timelineSQL = `
SELECT d, coalesce(articles, 0), coalesce(mentions, 0), coalesce(stories, 0), every
FROM (SELECT date_trunc('day', published, 'UTC') d, count(*) every
      FROM articles WHERE published >= $2 AND published < $3 GROUP BY 1) a
LEFT JOIN (SELECT date_trunc('day', published, 'UTC') d, count(*) articles, sum(mentions) mentions, count(DISTINCT story) stories
      FROM mentions WHERE entity = $1 AND published >= $2 AND published < $3 GROUP BY 1) m USING (d)
ORDER BY d`

const relatedSQL = `
SELECT e.name, r.together
FROM (SELECT o.entity, count(*) together
      FROM mentions m JOIN mentions o USING (article)
      WHERE m.entity = $1 AND o.entity <> $1 GROUP BY 1 ORDER BY together DESC LIMIT 50) r
JOIN entities e ON e.id = r.entity ORDER BY r.together DESC`

// BenchmarkPostgres asks an archive and PostgreSQL, into which its mentions
// are copied first, the same questions and holds the answers against each
// other.
func BenchmarkPostgres(b *testing.B) {
	if *archiveDir == "" {
		b.Skip("-archive names the archive to compare")
	}
	ctx := context.Background()
	db, err := pgx.Connect(ctx, *postgresDSN)
	if err != nil {
		b.Skip("no PostgreSQL:", err)
	}
	defer db.Close(ctx)
	s, err := store.Open(store.Options{Dir: *archiveDir})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	began := time.Now()
	numbers := fillPostgres(b, db, s)
	b.Logf("%d articles copied and indexed in %v", s.Stats().Articles, time.Since(began).Round(time.Second))
	page, err := s.Search(ctx, store.SearchQuery{PageSize: 1000})
	if err != nil {
		b.Fatal(err)
	}
	rare, err := firstOfFew(ctx, s, 50)
	if err != nil {
		b.Fatal(err)
	}
	end := time.Date(2029, 2, 20, 0, 0, 0, 0, time.UTC) // of the synthetic archive
	year := store.Filter{From: end.AddDate(-1, 0, 0), To: end}
	for _, of := range []struct {
		name string
		info store.SubjectInfo
	}{{"most-frequent", page.Subjects[0]}, {"hundredth", page.Subjects[99]}, {"thousandth", page.Subjects[len(page.Subjects)-1]}, {"rare", rare}} {
		sub, number := of.info.Subject, numbers[of.info.ID]
		b.Logf("%s: %s in %d articles", of.name, of.info.Name, of.info.Articles)
		compare(b, "timeline/"+of.name, func() ([]int, error) { return dayCounts(ctx, s, sub, year) },
			func() ([]int, error) { return dayCountsSQL(ctx, db, number, year) })
		compare(b, "related/"+of.name, func() ([]int, error) { return together(ctx, s, sub) },
			func() ([]int, error) { return togetherSQL(ctx, db, number) })
	}
}

// firstOfFew is the entity in most articles of those in no more than so many.
func firstOfFew(ctx context.Context, s *store.Store, most int) (store.SubjectInfo, error) {
	q := store.SearchQuery{PageSize: 1000}
	for {
		page, err := s.Search(ctx, q)
		if err != nil {
			return store.SubjectInfo{}, err
		}
		for _, info := range page.Subjects {
			if info.Articles <= most {
				return info, nil
			}
		}
		q.PageToken = page.NextToken
	}
}

// compare measures both and refuses different answers.
func compare(b *testing.B, name string, dateline, postgres func() ([]int, error)) {
	ours, errA := dateline()
	theirs, errB := postgres()
	if errA != nil || errB != nil || !slices.Equal(ours, theirs) || len(ours) == 0 {
		b.Fatalf("%s: different answers: %v, %v\n%v\n%v", name, errA, errB, ours, theirs)
	}
	for _, side := range []struct {
		name string
		ask  func() ([]int, error)
	}{{"dateline", dateline}, {"postgres", postgres}} {
		b.Run(name+"/"+side.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				if _, err := side.ask(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/p99")
		})
	}
}

// dayCounts is articles, mentions, stories and all articles of each day on
// which there was any.
func dayCounts(ctx context.Context, s *store.Store, sub store.Subject, f store.Filter) ([]int, error) {
	lines, err := s.Timeline(ctx, store.TimelineQuery{Subjects: []store.Subject{sub}, Filter: f})
	if err != nil {
		return nil, err
	}
	var out []int
	for _, d := range lines[0].Buckets {
		if d.All > 0 {
			out = append(out, d.Articles, d.Mentions, d.Stories, d.All)
		}
	}
	return out, nil
}

func dayCountsSQL(ctx context.Context, db *pgx.Conn, number int, f store.Filter) ([]int, error) {
	rows, err := db.Query(ctx, timelineSQL, number, f.From, f.To)
	if err != nil {
		return nil, err
	}
	var out []int
	var day time.Time
	var n [4]int
	_, err = pgx.ForEachRow(rows, []any{&day, &n[0], &n[1], &n[2], &n[3]}, func() error {
		out = append(out, n[:]...)
		return nil
	})
	return out, err
}

// together is in how many articles each of the first fifty related entities
// stands with one.
func together(ctx context.Context, s *store.Store, sub store.Subject) ([]int, error) {
	list, err := s.Related(ctx, store.RelatedQuery{Subject: sub, Order: store.ByCount})
	var out []int
	for _, r := range list {
		out = append(out, r.Together)
	}
	return out, err
}

func togetherSQL(ctx context.Context, db *pgx.Conn, number int) ([]int, error) {
	rows, err := db.Query(ctx, relatedSQL, number)
	if err != nil {
		return nil, err
	}
	var out []int
	var name string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&name, &n}, func() error {
		out = append(out, n)
		return nil
	})
	return out, err
}

// fillPostgres copies an archive and returns the numbers of its entities.
func fillPostgres(b *testing.B, db *pgx.Conn, s *store.Store) map[string]int {
	ctx := context.Background()
	c := &copier{b: b, db: db, numbers: map[string]int{}}
	_, err := db.Exec(ctx, tables)
	if err == nil {
		err = s.Walk(ctx, store.ListQuery{OldestFirst: true}, c.article)
	}
	c.flush()
	if err == nil {
		_, err = db.Exec(ctx, indexes)
	}
	if err == nil {
		_, err = db.Exec(ctx, "VACUUM ANALYZE")
	}
	if err != nil {
		b.Fatal(err)
	}
	return c.numbers
}

// copier gathers rows and copies them some thousands at a time.
type copier struct {
	b                            *testing.B
	db                           *pgx.Conn
	numbers                      map[string]int
	count                        int
	articles, entities, mentions [][]any
}

func (c *copier) article(r *store.Record) error {
	number := c.count
	c.count++
	c.articles = append(c.articles, []any{number, r.PublishTime})
	mentions := make([]int, len(r.Result.Entities))
	for _, m := range r.Result.Mentions {
		mentions[m.Entity]++
	}
	seen := map[int]bool{} // an entity may come twice; both count one article
	for i, e := range r.Result.Entities {
		n, ok := c.numbers[string(e.ID)]
		if !ok {
			n = len(c.numbers)
			c.numbers[string(e.ID)] = n
			c.entities = append(c.entities, []any{n, e.Name})
		}
		if !seen[n] {
			c.mentions = append(c.mentions, []any{n, r.PublishTime, number, mentions[i], int(r.Story), e.Salience, e.About})
		}
		seen[n] = true
	}
	if len(c.mentions) > 100_000 {
		c.flush()
	}
	return nil
}

func (c *copier) flush() {
	for _, t := range []struct {
		name    string
		columns []string
		rows    *[][]any
	}{
		{"articles", []string{"id", "published"}, &c.articles}, {"entities", []string{"id", "name"}, &c.entities},
		{"mentions", []string{"entity", "published", "article", "mentions", "story", "salience", "about"}, &c.mentions},
	} {
		if _, err := c.db.CopyFrom(context.Background(), pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(*t.rows)); err != nil {
			c.b.Fatal(err)
		}
		*t.rows = (*t.rows)[:0]
	}
}
