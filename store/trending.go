package store

import (
	"context"
	"fmt"
	"math"
	"time"
)

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
	return v.trends(q, limit, now, past.counts, articlesNow, articlesPast), nil
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
func (v *view) window(from, to time.Time) (each *counter, articles int, err error) {
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
func (v *view) trends(q TrendingQuery, limit int, now *counter, past []uint32, articlesNow, articlesPast int) []Trend {
	m := &v.s.mem
	m.mu.RLock()
	defer m.mu.RUnlock()
	expected := func(n uint32) float64 {
		return (float64(past[n]) + 0.5) / (float64(articlesPast) + 1) * float64(articlesNow)
	}
	top := leaders{most: limit}
	for lo, counts := range now.stretches() {
		for i, k := range counts {
			n := lo + uint32(i)
			if k == 0 {
				continue
			}
			score := surprise(float64(k), expected(n), float64(articlesNow))
			if score > 0 && m.isOf(n, q.Kind, q.Type) {
				top.add(scored{n, int(k), score})
			}
		}
	}
	return convert(top.sorted(), func(r scored) Trend {
		return Trend{SubjectInfo: m.info(r.subject), Count: r.count, Expected: expected(r.subject), Score: r.score}
	})
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
