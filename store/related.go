package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
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
	together *counter
	each     []uint32 // by subject
}

// companions counts. The caller holds the lock of the walk, also for as long
// as it reads the counts.
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
		c.articles, c.each = v.s.mem.articles, v.s.mem.counts
		return c, nil
	}
	c.each = v.tally(func(add func(uint32)) {
		err = v.matching(Subject{}, &sc, false, func(p posting) {
			c.articles++
			add(p.article)
		})
	}).counts
	return c, err
}

// scored is a subject on its way into a ranking.
type scored struct {
	subject uint32
	count   int
	score   float64
}

func (a scored) compare(b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), b.count-a.count, cmp.Compare(a.subject, b.subject))
}

// rank keeps the first so many of the subjects that together lists.
func (c companions) rank(v *view, q RelatedQuery, limit int) []RelatedSubject {
	m := &v.s.mem
	m.mu.RLock()
	defer m.mu.RUnlock()
	self, _ := m.number(q.Subject)
	top := leaders{most: limit}
	best := c.ceilings(q)
	for lo, counts := range c.together.stretches() {
		for i, k := range counts {
			n := lo + uint32(i)
			if k == 0 || n == self || top.full() && best(int(k)) < top.bar.score {
				continue
			}
			if m.isOf(n, q.Kind, q.Type) {
				top.add(scored{n, int(k), c.score(q, int(k), int(c.each[n]))})
			}
		}
	}
	return convert(top.sorted(), func(r scored) RelatedSubject {
		each := int(c.each[r.subject])
		return RelatedSubject{
			SubjectInfo: m.info(r.subject), Together: r.count,
			PMI: pmi(r.count, c.own, each, c.articles), Significance: significance(r.count, c.own, each, c.articles),
		}
	})
}

// ceilings is the best score that a subject can have that stands in k articles
// of the query's: that of one which stands in no others. Most subjects stay
// below what is already found, and need no logarithms.
func (c companions) ceilings(q RelatedQuery) func(k int) float64 {
	var known [64]float64
	for k := range known {
		known[k] = c.score(q, k, k)
	}
	return func(k int) float64 {
		if k < len(known) {
			return known[k]
		}
		return math.Inf(1)
	}
}

// score is what a query ranks a subject by that stands in k of its articles
// and in each of all.
func (c companions) score(q RelatedQuery, k, each int) float64 {
	switch q.Order {
	case ByCount:
		return float64(k)
	case ByPMI:
		return pmi(k, c.own, each, c.articles)
	}
	return significance(k, c.own, each, c.articles)
}

// leaders keeps the first so many of a stream of scored subjects.
type leaders struct {
	most int
	list []scored // unsorted, up to twice as many
	bar  scored   // the last of the first, once there are so many
	cut  bool
}

func (l *leaders) full() bool { return l.cut }

func (l *leaders) add(s scored) {
	if l.cut && s.compare(l.bar) > 0 {
		return // of many with one score, the first numbers are kept
	}
	l.list = append(l.list, s)
	if len(l.list) >= 2*l.most+64 {
		l.list = l.sorted()
		l.bar, l.cut = l.list[len(l.list)-1], true
	}
}

func (l *leaders) sorted() []scored {
	slices.SortFunc(l.list, scored.compare)
	return l.list[:min(len(l.list), l.most)]
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
