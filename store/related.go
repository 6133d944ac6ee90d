package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// Related ranks what shares articles with a subject. Counts are exact: every
// article of the subject, and of the filter, is looked at.
func (s *Store) Related(ctx context.Context, q RelatedQuery) ([]RelatedSubject, error) {
	limit, err := limitOf(q.Limit)
	if err != nil {
		return nil, err
	}
	if q.Order > ByPMI {
		return nil, bad(ErrInvalid, "order", fmt.Sprint(q.Order), "significance, count or PMI")
	}
	if q.Kind == All {
		q.Kind = Entity
	}
	// The walk over what memory holds must be of the view's revision.
	s.mem.walk.RLock()
	defer s.mem.walk.RUnlock()
	v, err := s.viewLocked(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	if _, ok := v.number(q.Subject); !ok {
		return nil, noSubject(q.Subject)
	}
	c, err := v.companions(q)
	if err != nil {
		return nil, err
	}
	return c.rank(v, q, limit), nil
}

func limitOf(n int) (int, error) {
	switch {
	case n == 0:
		return 50, nil
	case n < 0 || n > MaxPage:
		return 0, bad(ErrInvalid, "limit", fmt.Sprint(n), fmt.Sprintf("1 to %d", MaxPage))
	}
	return n, nil
}

// companions counts, of the articles that pass a filter, those of a subject
// and, for every other, those it stands in, with the subject and in all.
type companions struct {
	articles int // that pass the filter
	own      int // in which the subject stands
	together []uint32
	each     []uint32
}

func (v *view) companions(q RelatedQuery) (companions, error) {
	var c companions
	sc, err := v.scope(q.Filter, false)
	if err != nil {
		return c, err
	}
	c.together = v.tally(func(add func(uint32)) {
		err = v.matching(q.Subject, &sc, true, func(p posting) {
			c.own++
			add(p.article)
		})
	})
	if err != nil {
		return c, err
	}
	if q.Filter.From.IsZero() && q.Filter.To.IsZero() && len(q.Filter.With) == 0 {
		c.articles, c.each = v.everything()
		return c, nil
	}
	c.each = v.tally(func(add func(uint32)) {
		err = v.matching(Subject{}, &sc, false, func(p posting) {
			c.articles++
			add(p.article)
		})
	})
	return c, err
}

// tally counts for every subject the articles, out of those that feed adds,
// in which it stands. The caller holds the lock of the walk.
func (v *view) tally(feed func(add func(article uint32))) []uint32 {
	v.s.mem.mu.RLock()
	counts := make([]uint32, len(v.s.mem.subjects))
	v.s.mem.mu.RUnlock()
	forward := &v.s.mem.forward
	feed(func(article uint32) {
		for _, n := range forward.list(article) {
			counts[n]++
		}
	})
	return counts
}

// everything counts the articles of the archive and of every subject.
func (v *view) everything() (int, []uint32) {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	counts := make([]uint32, len(v.s.mem.subjects))
	for n, s := range v.s.mem.subjects {
		counts[n] = uint32(s.articles)
	}
	return v.s.mem.articles, counts
}

func (c companions) rank(v *view, q RelatedQuery, limit int) []RelatedSubject {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	var list []RelatedSubject
	for n, k := range c.together {
		s := v.s.mem.subjects[n]
		if k == 0 || s.Subject == q.Subject || s.Kind != q.Kind || !ofType(s, q.Type) {
			continue
		}
		r := RelatedSubject{SubjectInfo: SubjectInfo{Subject: s.Subject}, Together: int(k)}
		r.PMI = pmi(int(k), c.own, int(c.each[n]), c.articles)
		r.Significance = significance(int(k), c.own, int(c.each[n]), c.articles)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b RelatedSubject) int {
		return cmp.Or(cmp.Compare(q.score(b), q.score(a)), b.Together-a.Together, cmp.Compare(a.ID, b.ID))
	})
	list = list[:min(len(list), limit)]
	for i := range list {
		list[i].SubjectInfo = v.s.mem.subjects[v.s.mem.numbers[list[i].Subject]].info()
	}
	return list
}

func ofType(s *subject, t gazetteer.Type) bool { return t == gazetteer.NoType || s.class == t }

func (q RelatedQuery) score(r RelatedSubject) float64 {
	switch q.Order {
	case ByCount:
		return float64(r.Together)
	case ByPMI:
		return r.PMI
	}
	return r.Significance
}

// pmi is the pointwise mutual information of two subjects, in bits: how many
// times more often they share an article than if they did not care for each
// other (Church and Hanks, "Word association norms", 1990).
func pmi(together, a, b, all int) float64 {
	return math.Log2(float64(together) * float64(all) / (float64(a) * float64(b)))
}

// significance is the log-likelihood ratio G² of the two-by-two table of
// articles with and without each of two subjects (Dunning, "Accurate methods
// for the statistics of surprise and coincidence", 1993), negative where they
// meet less often than by chance. Beyond 10.8 chance is below one in a
// thousand.
func significance(together, a, b, all int) float64 {
	table := [4]int{together, a - together, b - together, all - a - b + together}
	rows, cols := [2]int{a, all - a}, [2]int{b, all - b}
	g := 0.0
	for i, n := range table {
		expected := float64(rows[i/2]) * float64(cols[i%2]) / float64(all)
		if n > 0 && expected > 0 {
			g += 2 * float64(n) * math.Log(float64(n)/expected)
		}
	}
	if float64(together)*float64(all) < float64(a)*float64(b) {
		return -g
	}
	return g
}

// Trending ranks subjects by how far their share of the articles of a window
// exceeds that of the windows before it.
func (s *Store) Trending(ctx context.Context, q TrendingQuery) ([]Trend, error) {
	limit, err := limitOf(q.Limit)
	if err != nil {
		return nil, err
	}
	if q, err = q.withDefaults(); err != nil {
		return nil, err
	}
	s.mem.walk.RLock()
	defer s.mem.walk.RUnlock()
	v, err := s.viewLocked(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	if q.End.IsZero() {
		newest, ok := v.clock.newest()
		if !ok {
			return nil, nil
		}
		q.End = timeOf(newest).Add(time.Microsecond)
	}
	begin := q.End.Add(-q.Window)
	now, articlesNow, err := v.window(begin, q.End)
	if err != nil {
		return nil, err
	}
	past, articlesPast, err := v.window(begin.Add(-time.Duration(q.Baseline)*q.Window), begin)
	if err != nil {
		return nil, err
	}
	return v.trends(q, limit, now, past, articlesNow, articlesPast), nil
}

func (q TrendingQuery) withDefaults() (TrendingQuery, error) {
	if q.Kind == All {
		q.Kind = Entity
	}
	if q.Window == 0 {
		q.Window = 24 * time.Hour
	}
	if q.Baseline == 0 {
		q.Baseline = 28
	}
	const year = 366 * 24 * time.Hour
	if q.Window < 0 || q.Window > year {
		return q, bad(ErrInvalid, "window", q.Window.String(), "more than nothing, at most a year")
	}
	if q.Baseline < 0 || q.Baseline > 1000 {
		return q, bad(ErrInvalid, "baseline_windows", fmt.Sprint(q.Baseline), "1 to 1000")
	}
	return q, nil
}

// window counts the articles of every subject in a stretch of time.
func (v *view) window(from, to time.Time) (each []uint32, articles int, err error) {
	sc, err := v.scope(Filter{From: from, To: to}, false)
	if err != nil {
		return nil, 0, err
	}
	each = v.tally(func(add func(uint32)) {
		err = v.matching(Subject{}, &sc, false, func(p posting) {
			articles++
			add(p.article)
		})
	})
	return each, articles, err
}

// trends compares each subject's share of the window with that of its past.
// Half an article is added to the past, so that what is new is expected now
// and then; the score is the signed root of G², about as many standard
// deviations.
func (v *view) trends(q TrendingQuery, limit int, now, past []uint32, articlesNow, articlesPast int) []Trend {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	var list []Trend
	for n, k := range now {
		s := v.s.mem.subjects[n]
		if k == 0 || s.Kind != q.Kind || !ofType(s, q.Type) {
			continue
		}
		t := Trend{SubjectInfo: SubjectInfo{Subject: s.Subject}, Count: int(k)}
		t.Expected = (float64(past[n]) + 0.5) / (float64(articlesPast) + 1) * float64(articlesNow)
		if t.Score = surprise(float64(k), t.Expected, float64(articlesNow)); t.Score > 0 {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Count-a.Count, cmp.Compare(a.ID, b.ID))
	})
	list = list[:min(len(list), limit)]
	for i := range list {
		list[i].SubjectInfo = v.s.mem.subjects[v.s.mem.numbers[list[i].Subject]].info()
	}
	return list
}

// surprise is the signed root of the log-likelihood ratio of k out of n where
// e were expected.
func surprise(k, e, n float64) float64 {
	e = min(e, n)
	g := k * math.Log(k/e)
	if n > k && n > e {
		g += (n - k) * math.Log((n-k)/(n-e))
	}
	return math.Copysign(math.Sqrt(max(2*g, 0)), k-e)
}
