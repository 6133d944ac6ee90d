package store

import (
	"encoding/binary"
	"time"
)

// batch is the changes that will become one revision. The writer alone makes
// one; reads see the changes staged before them. What memory is to hold is
// staged too and applied when the rows are on disk.
type batch struct {
	s        *Store
	base     snapshot
	revision Revision // that it will have
	now      int64    // microseconds since 1970 UTC
	rows     map[string]change
	bytes    int
	meta     meta

	fresh   map[Subject]uint32  // numbers given out in this batch
	learned map[uint32]*subject // new and changed subjects
	swaps   []swapped
	changes uint32       // entries of the log so far
	fixes   *corrections // nil: as before
	folded  []uint32     // subjects all of whose rows went into blocks
	loose   map[uint32]uint32
	jobs    map[uint64]*job
	after   []func() // to be called when the rows are on disk
}

// swapped is an article's old and new head; either may be nil.
type swapped struct {
	article  uint32
	old, now *head
}

func (s *Store) newBatch() *batch {
	return &batch{
		s: s, base: s.engine.at(s.mem.revision), revision: s.mem.revision + 1, now: s.opts.Now().UnixMicro(),
		rows: map[string]change{}, meta: s.meta, fresh: map[Subject]uint32{}, learned: map[uint32]*subject{}, loose: map[uint32]uint32{}, jobs: map[uint64]*job{},
	}
}

func (b *batch) get(key []byte) ([]byte, error) {
	if c, ok := b.rows[string(key)]; ok {
		return c.value, nil
	}
	return b.base.get(key)
}

func (b *batch) set(key, value []byte) { b.expire(key, value, 0) }

func (b *batch) expire(key, value []byte, ttl time.Duration) {
	b.bytes += len(key) + len(value)
	b.rows[string(key)] = change{value, ttl}
}

func (b *batch) del(key []byte) {
	b.bytes += len(key)
	b.rows[string(key)] = change{}
}

// then has a function called when the batch is on disk, before readers see it.
func (b *batch) then(do func()) { b.after = append(b.after, do) }

// find is the number and the head of the article that bears a name; nil when
// there is none.
func (b *batch) find(name string) (uint32, *head, error) {
	v, err := b.get(nameTable.ofString(name))
	if err != nil || v == nil {
		return 0, nil, err
	}
	article := binary.BigEndian.Uint32(v)
	h, err := b.head(article)
	return article, h, err
}

func (b *batch) head(article uint32) (*head, error) {
	v, err := b.get(headTable.of32(article))
	if err != nil || v == nil {
		return nil, err
	}
	return decodeHead(v)
}

// stand gives each subject its number and takes over what is new about it.
func (b *batch) stand(list []named) []standing {
	out := make([]standing, len(list))
	for i, n := range list {
		out[i] = n.standing
		out[i].subject = b.subject(n.subject)
	}
	return out
}

func (b *batch) subject(n subject) uint32 {
	number, known := b.s.mem.number(n.Subject)
	if !known {
		number, known = b.fresh[n.Subject]
	}
	if !known {
		number = b.meta.nextSubject
		b.meta.nextSubject++
		b.fresh[n.Subject] = number
		n.forms = n.forms[:min(len(n.forms), maxForms)]
		b.learn(number, &n)
		return number
	}
	staged, ok := b.learned[number]
	if !ok {
		if b.s.mem.knows(number, &n) {
			return number
		}
		staged = b.s.mem.subject(number)
	}
	now := *staged
	if now.learn(n) {
		b.learn(number, &now)
	}
	return number
}

// kindOf is the kind of a subject as of this batch.
func (b *batch) kindOf(number uint32) SubjectKind {
	if int(number) < b.s.mem.len() {
		return b.s.mem.kinds[number]
	}
	return b.learned[number].Kind
}

// foldsOf is how often a subject was folded before this batch.
func (b *batch) foldsOf(number uint32) uint32 {
	if int(number) < b.s.mem.len() {
		return b.s.mem.folds[number]
	}
	return 0
}

func (b *batch) learn(number uint32, s *subject) {
	b.learned[number] = s
	b.set(subjectTable.of32(number), encodeSubject(s))
}

// swap replaces an article's head and postings. Either head may be nil.
func (b *batch) swap(article uint32, old, now *head) {
	had := map[uint32]posting{}
	if old != nil {
		for _, st := range old.stands {
			had[st.subject] = old.posting(article, st)
		}
	}
	if now != nil {
		for _, st := range now.stands {
			p := now.posting(article, st)
			if was, ok := had[st.subject]; ok && was.place == p.place {
				delete(had, st.subject)
				if was == p {
					continue
				}
			}
			b.post(st.subject, p)
		}
		b.set(headTable.of32(article), encodeHead(now))
	} else {
		b.del(headTable.of32(article))
	}
	for subject, p := range had {
		b.unpost(subject, p.place)
	}
	b.swaps = append(b.swaps, swapped{article, old, now})
}

func (b *batch) post(subject uint32, p posting) {
	b.set(postingKey(subject, b.foldsOf(subject), p.place), p.row())
	b.loose[subject]++
}

// unpost removes a posting, by a tombstone where it may lie in a block.
func (b *batch) unpost(subject uint32, at place) {
	if b.foldsOf(subject) > 0 {
		b.post(subject, posting{place: at, flags: removed})
	} else {
		b.del(postingKey(subject, 0, at))
	}
}

// keepChanges is how long watchers can go back.
const keepChanges = 7 * 24 * time.Hour

// log enters a change for watchers.
func (b *batch) log(c logged) {
	b.expire(changeKey(b.revision, b.changes), encodeChange(c), keepChanges)
	b.changes++
}

// relatedOf lists the entities and topics of a head.
func (b *batch) relatedOf(h *head) []uint32 {
	if h == nil {
		return nil
	}
	var list []uint32
	for _, st := range h.stands {
		if b.kindOf(st.subject).related() {
			list = append(list, st.subject)
		}
	}
	return list
}

// commit writes the batch and, once it is on disk, shows it to readers.
func (b *batch) commit() error {
	defer b.base.discard()
	if len(b.rows) == 0 {
		return nil
	}
	b.set(metaTable.all(), encodeMeta(b.meta))
	if err := b.s.engine.commit(b.rows, b.revision); err != nil {
		return err
	}
	b.publish()
	return nil
}

// publish brings memory up to the revision that is now on disk.
func (b *batch) publish() {
	m := &b.s.mem
	clock, names := b.retimed(), b.renamed()
	m.walk.Lock()
	defer m.walk.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	b.s.meta = b.meta
	if names != nil {
		m.names.base, m.names.fresh = names, nil
	}
	b.publishSubjects(m)
	for _, w := range b.swaps {
		m.swap(w.article, w.old, w.now)
	}
	for n, rows := range b.loose {
		if m.loose[n] += rows; m.loose[n] >= foldAt && m.loose[n]-rows < foldAt {
			b.s.folding = append(b.s.folding, n)
		}
	}
	for _, n := range b.folded {
		m.loose[n] = 0
		m.folds[n]++
	}
	if b.fixes != nil {
		m.fixes = b.fixes
	}
	for _, do := range b.after {
		do()
	}
	m.clock = clock
	m.revision = b.revision
}

// retimed is the clock with the articles of this batch.
func (b *batch) retimed() *clock {
	var more, less []int64
	for _, w := range b.swaps {
		if w.old != nil && w.old.time != undated {
			less = append(less, w.old.time)
		}
		if w.now != nil && w.now.time != undated {
			more = append(more, w.now.time)
		}
	}
	return b.s.mem.clock.changed(more, less)
}

func (b *batch) publishSubjects(m *memory) {
	for range len(b.fresh) {
		n := uint32(m.len())
		m.addSubject(b.learned[n])
		delete(b.learned, n)
	}
	for n, s := range b.learned {
		m.changeSubject(n, s)
	}
}

// renamed is the base of the names with what has collected beside it, nil when
// that is little yet.
func (b *batch) renamed() []nameEntry {
	if len(b.s.mem.names.fresh) < maxFresh {
		return nil
	}
	return b.s.mem.names.merged()
}
