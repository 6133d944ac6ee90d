package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// Info tells what the archive knows of a subject; ErrNotFound when it stands
// in no article.
func (s *Store) Info(ctx context.Context, sub Subject) (SubjectInfo, error) {
	v, err := s.view(ctx)
	if err != nil {
		return SubjectInfo{}, err
	}
	defer v.close()
	n, ok := v.number(sub)
	if !ok {
		return SubjectInfo{}, noSubject(sub)
	}
	info := v.info(n)
	if info.Articles == 0 {
		return SubjectInfo{}, noSubject(sub)
	}
	return info, v.seen(n, &info)
}

func noSubject(sub Subject) error {
	return bad(ErrNotFound, "subject", sub.ID, "an entity or a topic that stands in some article")
}

// seen finds when a subject was first and last seen.
func (v *view) seen(n uint32, info *SubjectInfo) error {
	return v.postings(n, place{time: undated + 1}, last, func(list []posting) {
		if info.FirstSeen.IsZero() {
			info.FirstSeen = timeOf(list[0].time)
		}
		info.LastSeen = timeOf(list[len(list)-1].time)
	})
}

// nameOf is a subject's name, its id where it has none.
func (v *view) nameOf(sub Subject) string {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	n, ok := v.s.mem.number(sub)
	if ok {
		if d := v.s.mem.read(n); len(d.name) > 0 {
			return string(d.name)
		}
	}
	return sub.ID
}

// ranked is a subject with the number of articles it ranks by.
type ranked struct {
	subject  uint32
	articles int
}

// compare puts what has more articles first.
func (r ranked) compare(o ranked) int {
	if r.articles != o.articles {
		return o.articles - r.articles
	}
	return int(r.subject) - int(o.subject)
}

// Search finds subjects by the beginning of a name, without when they were
// seen.
func (s *Store) Search(ctx context.Context, q SearchQuery) (SearchPage, error) {
	size, err := pageSize(q.PageSize)
	if err != nil {
		return SearchPage{}, err
	}
	if q.Kind == All {
		q.Kind = Entity
	}
	after, err := q.after()
	if err != nil {
		return SearchPage{}, err
	}
	if err := ctx.Err(); err != nil {
		return SearchPage{}, err
	}
	s.mem.mu.RLock()
	defer s.mem.mu.RUnlock()
	top := s.mem.search(q, after, size+1)
	var page SearchPage
	if len(top) > size {
		page.NextToken = q.token(top[size-1])
		top = top[:size]
	}
	for _, r := range top {
		page.Subjects = append(page.Subjects, s.mem.info(r.subject))
	}
	return page, nil
}

// search is the first n subjects of a query behind one of them.
func (m *memory) search(q SearchQuery, after *ranked, n int) []ranked {
	top := best{most: n}
	seen := articles{}
	for _, list := range m.names.find(q.Prefix) {
		for _, e := range list {
			r := ranked{e.subject, int(m.counts[e.subject])}
			if r.articles == 0 || !top.wants(r) || after != nil && after.compare(r) >= 0 || seen.has(e.subject) {
				continue
			}
			if m.isOf(e.subject, q.Kind, q.Type) {
				seen.add(e.subject)
				top.add(r)
			}
		}
	}
	return top.sorted()
}

// best keeps the first so many of a stream of ranked subjects.
type best struct {
	most int
	list []ranked // unsorted, up to twice as many
	bar  *ranked  // nothing behind it can be among the first
}

func (b *best) wants(r ranked) bool { return b.bar == nil || r.compare(*b.bar) < 0 }

func (b *best) add(r ranked) {
	b.list = append(b.list, r)
	if len(b.list) >= 2*b.most+64 {
		b.list = b.sorted()
		bar := b.list[len(b.list)-1]
		b.bar = &bar
	}
}

func (b *best) sorted() []ranked {
	slices.SortFunc(b.list, ranked.compare)
	return b.list[:min(len(b.list), b.most)]
}

// token holds the articles and the number of a subject, the rank behind which
// the page goes on.
func (q SearchQuery) token(r ranked) string {
	return pageToken(q.hash(), uint64(r.articles), r.subject)
}

func (q SearchQuery) after() (*ranked, error) {
	if q.PageToken == "" {
		return nil, nil
	}
	articles, subject, err := readPageToken(q.PageToken, q.hash())
	if err != nil {
		return nil, err
	}
	return &ranked{subject, int(articles)}, nil
}

func (q SearchQuery) hash() uint64 {
	return xxhash.Sum64String(fmt.Sprintf("search %q %d %d", q.Prefix, q.Kind, q.Type))
}
