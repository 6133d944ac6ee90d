package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-news/dateline/tagger"
)

// view answers questions from one moment of the archive. close it when done.
type view struct {
	s        *Store
	ctx      context.Context
	revision Revision
	rows     snapshot
	fixes    *corrections
	clock    *clock
	articles int // in which the subject stands that the view was opened for
	counters []*counter
}

// view opens the newest revision.
func (s *Store) view(ctx context.Context) (*view, error) {
	s.mem.mu.RLock()
	defer s.mem.mu.RUnlock()
	return s.viewLocked(ctx)
}

// viewOf is view with the number of articles in which a subject stands.
func (s *Store) viewOf(ctx context.Context, sub Subject) (*view, error) {
	s.mem.mu.RLock()
	defer s.mem.mu.RUnlock()
	v, err := s.viewLocked(ctx)
	if n, ok := s.mem.number(sub); ok && err == nil {
		v.articles = int(s.mem.counts[n])
	}
	return v, err
}

// viewLocked is view for a caller that holds a lock of memory, and whose
// questions to memory are thus of the same revision.
func (s *Store) viewLocked(ctx context.Context) (*view, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.closing.RLock()
	defer s.closing.RUnlock()
	if s.closed {
		return nil, ErrClosed
	}
	s.reading.Lock()
	defer s.reading.Unlock()
	v := &view{s: s, ctx: ctx, revision: s.mem.revision, fixes: s.mem.fixes, clock: s.mem.clock}
	v.rows = s.engine.at(v.revision)
	s.readers[v.revision]++
	s.open.Add(1)
	return v, nil
}

func (v *view) close() {
	v.rows.discard()
	for _, c := range v.counters {
		c.reset()
		v.s.counters.Put(c)
	}
	v.s.reading.Lock()
	if v.s.readers[v.revision]--; v.s.readers[v.revision] == 0 {
		delete(v.s.readers, v.revision)
	}
	v.s.reading.Unlock()
	v.s.open.Done()
}

// oldest is the oldest revision that somebody still reads, else the newest.
func (s *Store) oldest() Revision {
	s.reading.Lock()
	defer s.reading.Unlock()
	r := s.mem.revision
	for old := range s.readers {
		r = min(r, old)
	}
	return r
}

// manyRows is how many rows a reader puts up with before it asks for a fold.
const manyRows = 4 * foldAt

// postings calls do with the subject's postings from one place to before
// another, in order, some at a time. The slice is valid only during the call.
func (v *view) postings(subject uint32, from, to place, do func([]posting)) error {
	rows, err := v.rows.loose(subject, from, to)
	if err != nil {
		return err
	}
	if len(rows) > manyRows {
		select {
		case v.s.hints <- subject:
		default:
		}
	}
	err = v.rows.blocks(subject, rows, from, to, func(_ []byte, _ bool, list []posting) bool {
		if list = within(list, from, to); len(list) > 0 {
			do(list)
		}
		return v.ctx.Err() == nil
	})
	if err != nil {
		return err
	}
	return v.ctx.Err()
}

// within cuts a sorted list to a range.
func within(list []posting, from, to place) []posting {
	cut := func(p place) int {
		i, _ := slices.BinarySearchFunc(list, p, func(a posting, p place) int {
			if a.before(p) {
				return -1
			}
			return 1
		})
		return i
	}
	return list[cut(from):max(cut(to), cut(from))]
}

// articles is a set of article numbers.
type articles []uint64

func (a articles) has(n uint32) bool {
	return int(n>>6) < len(a) && a[n>>6]&(1<<(n&63)) != 0
}

func (a *articles) add(n uint32) {
	for int(n>>6) >= len(*a) {
		*a = append(*a, make([]uint64, len(*a)+1024)...)
	}
	(*a)[n>>6] |= 1 << (n & 63)
}

// clear takes a number out, and those near it.
func (a articles) clear(n uint32) { a[n>>6] = 0 }

// scope is a Filter resolved against the archive.
type scope struct {
	from, to    place
	with        []uint32   // subjects that must stand in the article too
	sets        []articles // the articles of each of with
	minSalience uint16
	aboutOnly   bool
	none        bool // a subject of with stands in no article
}

// scope resolves a filter. bindWith is set where the filter's own conditions
// speak of the subjects of With.
func (v *view) scope(f Filter, bindWith bool) (scope, error) {
	sc := scope{from: first, to: last, minSalience: quantize(f.MinSalience), aboutOnly: f.AboutOnly}
	if !(f.MinSalience >= 0 && f.MinSalience <= 1) { // NaN too
		return sc, bad(ErrInvalid, "filter.salience", fmt.Sprint(f.MinSalience), "0 to 1")
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		return sc, bad(ErrBadRange, "end_time", f.To.Format(time.RFC3339), "no earlier than start_time "+f.From.Format(time.RFC3339))
	}
	if !f.From.IsZero() {
		sc.from = place{time: ceilMicros(f.From)}
	}
	if !f.To.IsZero() {
		sc.to = place{time: ceilMicros(f.To)}
		sc.from.time = max(sc.from.time, undated+1) // a bounded range has no place for articles without a time
	}
	for _, sub := range f.With {
		if err := v.require(&sc, sub, bindWith); err != nil {
			return sc, err
		}
	}
	return sc, nil
}

func ceilMicros(t time.Time) int64 { return t.Add(time.Microsecond - 1).UnixMicro() }

// require adds a subject that must stand in the article too.
func (v *view) require(sc *scope, sub Subject, bind bool) error {
	n, ok := v.number(sub)
	if !ok {
		sc.none = true
		return nil
	}
	set := articles{}
	err := v.postings(n, sc.from, sc.to, func(list []posting) {
		for _, p := range list {
			if !bind || sub.Kind != Entity || sc.binds(p) {
				set.add(p.article)
			}
		}
	})
	sc.with, sc.sets = append(sc.with, n), append(sc.sets, set)
	return err
}

func (v *view) number(sub Subject) (uint32, bool) {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	return v.s.mem.number(sub)
}

// binds reports whether a posting of the subject asked about passes.
func (sc *scope) binds(p posting) bool {
	return p.salience >= sc.minSalience && (!sc.aboutOnly || p.flags&about != 0)
}

// shares reports whether the subjects of With stand in the article.
func (sc *scope) shares(article uint32) bool {
	for _, set := range sc.sets {
		if !set.has(article) {
			return false
		}
	}
	return !sc.none
}

// matching is postings of a subject that pass a scope; bind says whether the
// scope's conditions on salience speak of this subject.
func (v *view) matching(sub Subject, sc *scope, bind bool, do func(posting)) error {
	n, ok := v.number(sub)
	if !ok || sc.none {
		return nil
	}
	return v.postings(n, sc.from, sc.to, func(list []posting) {
		for _, p := range list {
			if (!bind || sc.binds(p)) && sc.shares(p.article) {
				do(p)
			}
		}
	})
}

// head reads an article's head; nil when the view has no such article.
func (v *view) head(article uint32) (*head, error) {
	b, err := v.rows.get(headTable.of32(article))
	if err != nil || b == nil {
		return nil, err
	}
	return decodeHead(b)
}

// record reads an article whole.
func (v *view) record(article uint32) (*Record, error) {
	h, err := v.head(article)
	if err != nil || h == nil {
		return nil, err
	}
	r, err := v.raw(article, h)
	if err != nil {
		return nil, err
	}
	r.Result = v.fixes.apply(h.name, r.Result)
	r.Corrections = v.fixes.of(h.name)
	return r, nil
}

// raw reads an article as it was tagged, before corrections.
func (v *view) raw(article uint32, h *head) (*Record, error) {
	return v.s.raw(v.rows.get, article, h)
}

// raw reads an article through any reader of rows.
func (s *Store) raw(get func([]byte) ([]byte, error), article uint32, h *head) (*Record, error) {
	text, err := s.unpacked(get, articleTable.of32(article))
	if err != nil {
		return nil, err
	}
	a, err := decodeArticle(text)
	if err != nil {
		return nil, err
	}
	a.Name, a.PublishTime = h.name, timeOf(h.time)
	tags, err := s.unpacked(get, tagsTable.of32(article))
	if err != nil {
		return nil, err
	}
	result, err := decodeTags(tags, h.versions)
	if err != nil {
		return nil, err
	}
	return recordOf(a, result, h), nil
}

func (s *Store) unpacked(get func([]byte) ([]byte, error), key []byte) ([]byte, error) {
	b, err := get(key)
	if err != nil {
		return nil, err
	}
	return s.codec.unpack(b)
}

// recordOf joins an article, its result and its head.
func recordOf(a Article, r *tagger.Result, h *head) *Record {
	return &Record{Article: a, Result: r, Revision: h.revision, Story: h.story, Created: timeOf(h.created), Updated: timeOf(h.updated)}
}

// named finds the number of the article that bears a name.
func (v *view) named(name string) (uint32, error) {
	b, err := v.rows.get(nameTable.ofString(name))
	if err != nil {
		return 0, err
	}
	if b == nil {
		return 0, bad(ErrNotFound, "article.name", name, "the name of a stored article")
	}
	return binary.BigEndian.Uint32(b), nil
}

// info describes a subject from memory.
func (v *view) info(n uint32) SubjectInfo {
	v.s.mem.mu.RLock()
	defer v.s.mem.mu.RUnlock()
	return v.s.mem.info(n)
}
