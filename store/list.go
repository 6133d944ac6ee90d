package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// List pages through articles.
func (s *Store) List(ctx context.Context, q ListQuery) (Page, error) {
	v, err := s.viewOf(ctx, q.Subject)
	if err != nil {
		return Page{}, err
	}
	defer v.close()
	found, err := v.page(q)
	if err != nil {
		return Page{}, err
	}
	page := Page{Total: found.total, NextToken: found.next}
	for _, p := range found.postings {
		rec, err := v.record(p.article)
		if err != nil {
			return Page{}, err
		}
		page.Records = append(page.Records, rec)
	}
	return page, nil
}

// Walk calls do with every article of a query, all from one snapshot, until it
// returns an error. Paging fields are ignored.
func (s *Store) Walk(ctx context.Context, q ListQuery, do func(*Record) error) error {
	v, err := s.view(ctx)
	if err != nil {
		return err
	}
	defer v.close()
	list, err := v.ordered(q)
	if err != nil {
		return err
	}
	for _, p := range list {
		rec, err := v.record(p.article)
		if err == nil && rec != nil {
			err = do(rec)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// found is one page of postings.
type found struct {
	postings []posting
	total    int
	next     string
}

// page selects one page of a list and counts all of it.
func (v *view) page(q ListQuery) (found, error) {
	size, err := pageSize(q.PageSize)
	if err != nil {
		return found{}, err
	}
	after, err := q.after()
	if err != nil {
		return found{}, err
	}
	if q.plain() {
		return v.newest(q, after, size)
	}
	list, err := v.ordered(q)
	if err != nil {
		return found{}, err
	}
	f := found{total: len(list)}
	if after != nil {
		i, _ := slices.BinarySearchFunc(list, *after, func(p posting, after place) int {
			if q.order(p.place, after) <= 0 {
				return -1
			}
			return 1
		})
		list = list[i:]
	}
	if len(list) > size {
		f.next = q.token(list[size-1].place)
		list = list[:size]
	}
	f.postings = list
	return f, nil
}

// plain reports whether the query wants a subject's articles from the newest
// back, without a filter: what is asked most. Their number stands in memory,
// and no more of the list than the page need be read.
func (q ListQuery) plain() bool {
	f := q.Filter
	return !q.OldestFirst && f.From.IsZero() && f.To.IsZero() && len(f.With) == 0 && f.MinSalience == 0 && !f.AboutOnly
}

// newest is the page of a plain query: blocks are read from the end of the
// list, or from where the page before ended, until there are enough.
func (v *view) newest(q ListQuery, after *place, size int) (found, error) {
	f := found{total: v.articles}
	n, ok := v.number(q.Subject)
	if !ok {
		return f, nil
	}
	to := last
	if after != nil {
		to = *after
	}
	var list []posting
	for blocks := 2 + size/blockSize; ; blocks *= 4 {
		from := v.rows.back(n, to, blocks)
		list = list[:0]
		if err := v.postings(n, from, to, func(part []posting) { list = append(list, part...) }); err != nil {
			return f, err
		}
		if len(list) > size || from == first {
			break
		}
	}
	slices.Reverse(list)
	if len(list) > size {
		f.next = q.token(list[size-1].place)
		list = list[:size]
	}
	f.postings = list
	return f, nil
}

// ordered is all postings of a query in its order.
func (v *view) ordered(q ListQuery) ([]posting, error) {
	lone := q.Subject == Subject{} // then the filter speaks of its With
	sc, err := v.scope(q.Filter, lone)
	if err != nil {
		return nil, err
	}
	var list []posting
	if err := v.matching(q.Subject, &sc, !lone, func(p posting) { list = append(list, p) }); err != nil {
		return nil, err
	}
	if !q.OldestFirst {
		slices.Reverse(list)
		return list, nil
	}
	n := 0 // those without a time come last
	for n < len(list) && list[n].time == undated {
		n++
	}
	return slices.Concat(list[n:], list[:n]), nil
}

// order compares two places as the query lists them.
func (q ListQuery) order(a, b place) int {
	switch {
	case a == b:
		return 0
	case !q.OldestFirst:
		a, b = b, a
	case a.time == undated && b.time != undated:
		return 1
	case b.time == undated && a.time != undated:
		return -1
	}
	if a.before(b) {
		return -1
	}
	return 1
}

func pageSize(n int) (int, error) {
	switch {
	case n == 0:
		return 50, nil
	case n < 0 || n > MaxPage:
		return 0, bad(ErrInvalid, "page_size", fmt.Sprint(n), fmt.Sprintf("1 to %d", MaxPage))
	}
	return n, nil
}

// token holds the time and number of an article. The page goes on behind that
// place, so that pages neither repeat nor skip an article while others come and
// go.
func (q ListQuery) token(p place) string {
	return pageToken(q.hash(), uint64(p.time), p.article)
}

// after is the place behind which a page goes on; nil for the first.
func (q ListQuery) after() (*place, error) {
	if q.PageToken == "" {
		return nil, nil
	}
	time, article, err := readPageToken(q.PageToken, q.hash())
	if err != nil {
		return nil, err
	}
	return &place{int64(time), article}, nil
}

// hash is of all that a page's token is bound to.
func (q ListQuery) hash() uint64 {
	f := q.Filter
	return xxhash.Sum64String(fmt.Sprintf("%v %v %d %d %q %g %t", q.Subject, q.OldestFirst, microsOf(f.From), microsOf(f.To),
		f.With, f.MinSalience, f.AboutOnly))
}
