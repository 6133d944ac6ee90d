package store

import (
	"slices"
	"sync"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// memory is what an open archive holds beside the rows, all of it rebuilt from
// them when it is opened: about 80 bytes an article and 150 a subject. The
// writer alone changes it, together with the revision, under both locks; so
// whoever holds one of them and reads the revision sees rows and memory of the
// same moment.
type memory struct {
	mu       sync.RWMutex // subjects, names, clock; held for microseconds
	revision Revision
	roster   // subjects
	names    nameIndex
	clock    *clock
	fixes    *corrections // immutable
	articles int

	walk    sync.RWMutex // forward; held while a question walks it
	forward forward
}

// subject is a Subject and what is known of it.
type subject struct {
	Subject
	name    string
	class   gazetteer.Type
	fine    gazetteer.Kind
	country string
	point   *gazetteer.Point
	linked  bool
	forms   []string
}

// maxForms bounds the surface forms kept of one subject.
const maxForms = 32

// learn takes over what a newer article says of the subject, and reports
// whether anything was new. Names that no gazetteer knows are spelt differently
// from article to article, so the first spelling stays.
func (s *subject) learn(n subject) bool {
	changed := false
	if n.linked && (s.name != n.name || s.class != n.class || s.fine != n.fine || s.country != n.country || !s.linked) {
		s.name, s.class, s.fine, s.country, s.point, s.linked = n.name, n.class, n.fine, n.country, n.point, true
		changed = true
	}
	for _, f := range n.forms {
		if len(s.forms) < maxForms && f != s.name && !slices.Contains(s.forms, f) {
			s.forms = append(slices.Clip(s.forms), f)
			changed = true
		}
	}
	return changed
}

// reset makes memory that of an empty archive.
func (m *memory) reset() {
	m.numbers = map[uint64]uint32{}
	m.fixes = newCorrections(nil)
	m.clock = newClock(nil)
}

// addSubject enters a subject under the next number.
func (m *memory) addSubject(s *subject) {
	n := m.add(s)
	if s.Kind.related() {
		m.names.addAll(s, n)
	}
}

// changeSubject takes over what was learned of a subject.
func (m *memory) changeSubject(n uint32, now *subject) {
	if old := m.subject(n); now.Kind.related() {
		if old.name != now.name {
			m.names.add(now.name, n)
		}
		for _, f := range now.forms[len(old.forms):] {
			m.names.add(f, n)
		}
	}
	m.replace(n, now)
}

// swap takes an article's old standings out and puts its new ones in. Either
// head may be nil.
func (m *memory) swap(article uint32, old, now *head) {
	if old != nil {
		m.count(old, -1)
	}
	if now != nil {
		m.count(now, +1)
	}
	m.forward.set(article, m.relatedOf(now))
}

func (m *memory) count(h *head, sign int) {
	m.articles += sign
	for _, st := range h.stands {
		m.counts[st.subject] += uint32(sign)
		m.mentions[st.subject] += uint32(sign) * st.mentions
	}
}

// relatedOf lists the entities and topics that stand in an article.
func (m *memory) relatedOf(h *head) []uint32 {
	if h == nil {
		return nil
	}
	var list []uint32
	for _, st := range h.stands {
		if m.related(st.subject) {
			list = append(list, st.subject)
		}
	}
	return list
}

// head is all of an article that indexes are made of.
type head struct {
	name             string
	time             int64 // microseconds since 1970 UTC, or undated
	story            uint32
	revision         Revision
	created, updated int64
	content, tags    uint64 // hashes of what was given and of what was found
	versions         tagger.Versions
	stands           []standing
}

func (h *head) place(article uint32) place { return place{h.time, article} }

// posting is a standing as its posting repeats it.
func (h *head) posting(article uint32, st standing) posting {
	return posting{place: h.place(article), story: h.story, mentions: st.mentions, salience: st.salience, flags: st.flags}
}

// microsOf is a publish time as keys hold it.
func microsOf(t time.Time) int64 {
	if t.IsZero() {
		return undated
	}
	return t.UnixMicro()
}

func timeOf(micros int64) time.Time {
	if micros == undated {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// forward leads from an article to the entities and topics in it, in four
// bytes each and five more an article.
type forward struct {
	at     []uint32   // by article: chunk and offset of its list, 0 for none
	chunks [][]uint32 // lists: length, subjects
}

// A chunk has room for 2^16 words; 2^16 chunks are 16 GiB, more than memory.
const chunkBits = 16

func (f *forward) set(article uint32, list []uint32) {
	for int(article) >= len(f.at) {
		f.at = append(f.at, 0)
	}
	if old := f.list(article); len(list) > 0 && len(old) >= len(list) {
		copy(old, list)
		f.word(f.at[article])[0] = uint32(len(list))
		return
	}
	f.at[article] = 0
	if len(list) > 0 {
		f.at[article] = f.store(list)
	}
}

func (f *forward) store(list []uint32) uint32 {
	n := len(f.chunks)
	if n == 0 || len(f.chunks[n-1])+len(list)+1 > 1<<chunkBits {
		f.chunks = append(f.chunks, append(make([]uint32, 0, 1<<chunkBits), 0)) // position 0 means none
		n++
	}
	c := &f.chunks[n-1]
	pos := uint32(n-1)<<chunkBits | uint32(len(*c))
	*c = append(append(*c, uint32(len(list))), list...)
	return pos
}

func (f *forward) word(pos uint32) []uint32 { return f.chunks[pos>>chunkBits][pos&(1<<chunkBits-1):] }

// list is the article's subjects; the caller must not keep it.
func (f *forward) list(article uint32) []uint32 {
	if int(article) >= len(f.at) || f.at[article] == 0 {
		return nil
	}
	w := f.word(f.at[article])
	return w[1 : 1+w[0]]
}
