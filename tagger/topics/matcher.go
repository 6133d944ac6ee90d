package topics

import (
	"math/bits"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// matcher finds every pattern of every rule in one pass over the words of a
// text. Three tables do it:
//
//	words   hash of a word in one of its forms → terms: what rules call a word
//	steps   (node, term) → node: the trie of all phrases, terms on its edges
//	nodes   what ends at a node: patterns, and sides of proximities
//
// so the cost of a word does not grow with the number of rules, only with the
// phrases under way at it.
type matcher struct {
	words    table
	variants [][]variant // by a word's value in words
	prefixes uint64      // bit n: some prefix of n bytes
	start    []int32     // by term: the node of the phrase that it begins, 0 none
	steps    table
	nodes    []node
	nears    []nearPattern
	entities map[string]int32 // "kind:party" → pattern
	patterns int              // how many there are
}

// variant is one term that a folded word may be, given its capitals.
type variant struct {
	term    int32
	letters letterCase
}

// node is a phrase read so far.
type node struct {
	pattern int32   // the pattern that ends here, -1 none
	sides   []int32 // the proximities that this phrase is a side of: index × 2 + side
}

// nearPattern is a proximity in the matcher.
type nearPattern struct {
	pattern int32
	within  int
}

// table is an open-addressed hash table from hashes to small numbers, a quarter
// full at most, so that a miss costs one look. A zero key is an empty slot.
type table struct {
	keys []uint64
	vals []int32
	n    int
}

// newTable has room for n keys.
func newTable(n int) table {
	size := 1 << bits.Len(uint(max(4*n, 64)-1))
	return table{keys: make([]uint64, size), vals: make([]int32, size)}
}

func (t *table) get(key uint64) (int32, bool) {
	mask := uint64(len(t.keys) - 1)
	for i := slotHash(key) & mask; ; i = (i + 1) & mask {
		switch t.keys[i] {
		case 0:
			return 0, false
		case key:
			return t.vals[i], true
		}
	}
}

// put sets the value of a key that is not yet there, and is not 0.
func (t *table) put(key uint64, val int32) {
	if 4*(t.n+1) > len(t.keys) {
		t.grow()
	}
	mask := uint64(len(t.keys) - 1)
	i := slotHash(key) & mask
	for t.keys[i] != 0 {
		i = (i + 1) & mask
	}
	t.keys[i], t.vals[i] = key, val
	t.n++
}

func (t *table) grow() {
	old := *t
	*t = newTable(len(old.keys) / 2)
	for i, key := range old.keys {
		if key != 0 {
			t.put(key, old.vals[i])
		}
	}
}

func slotHash(key uint64) uint64 { return bits.RotateLeft64(key*0x9E3779B97F4A7C15, 32) }

// formHash is the key of a word's bytes in one of its forms.
func formHash(f form, h uint64) uint64 { return h ^ (uint64(f)+1)*0xD6E8FEB86659FD93 }

// stepHash is the key of a step of the trie. Terms are never negative.
func stepHash(n, term int32) uint64 { return uint64(n)<<32 | uint64(term) + 1 }

// matcherBuilder compiles patterns. The same phrase in many rules is one
// pattern, looked for once.
type matcherBuilder struct {
	m     matcher
	terms map[wordPattern]int32
	byKey map[string]int32 // patterns by their canonical form
}

func newMatcherBuilder() *matcherBuilder {
	b := &matcherBuilder{terms: map[wordPattern]int32{}, byKey: map[string]int32{}}
	b.m.entities = map[string]int32{}
	b.m.words, b.m.steps = newTable(0), newTable(0)
	b.m.nodes = []node{{pattern: -1}} // node 0 is none
	return b
}

// add enters a pattern and returns its number.
func (b *matcherBuilder) add(p pattern) int32 {
	key := p.key()
	id, known := b.byKey[key]
	if known {
		return id
	}
	id = int32(b.m.patterns)
	b.m.patterns++
	b.byKey[key] = id
	switch {
	case p.entity != "":
		b.m.entities[p.entity] = id
	case p.near != nil:
		k := int32(len(b.m.nears))
		b.m.nears = append(b.m.nears, nearPattern{id, p.near.within})
		for side, ph := range []phrase{p.near.a, p.near.b} {
			b.each(ph, func(n *node) { n.sides = append(n.sides, 2*k+int32(side)) })
		}
	default:
		b.each(p.phrase, func(n *node) {
			if n.pattern < 0 {
				n.pattern = id
				return
			}
			// Another spelling of a phrase that is a pattern already: both end here.
			k := int32(len(b.m.nears))
			b.m.nears = append(b.m.nears, nearPattern{id, -1})
			n.sides = append(n.sides, 2*k)
		})
	}
	return id
}

// each visits the end node of every run of a phrase.
func (b *matcherBuilder) each(ph phrase, visit func(*node)) {
	for _, run := range ph {
		at := int32(0)
		for _, w := range run {
			at = b.step(at, b.term(w))
		}
		visit(&b.m.nodes[at])
	}
}

// step is the node after a term, made when new. Node 0 stands for the start.
func (b *matcherBuilder) step(at, term int32) int32 {
	if at == 0 {
		if b.m.start[term] == 0 {
			b.m.start[term] = b.newNode()
		}
		return b.m.start[term]
	}
	key := stepHash(at, term)
	next, ok := b.m.steps.get(key)
	if !ok {
		next = b.newNode()
		b.m.steps.put(key, next)
	}
	return next
}

func (b *matcherBuilder) newNode() int32 {
	b.m.nodes = append(b.m.nodes, node{pattern: -1})
	return int32(len(b.m.nodes) - 1)
}

// term is the number of a word of a rule.
func (b *matcherBuilder) term(w wordPattern) int32 {
	if w.form == prefixed {
		b.m.prefixes |= 1 << len(w.reduced)
	}
	if id, ok := b.terms[w]; ok {
		return id
	}
	id := int32(len(b.terms))
	b.terms[w] = id
	b.m.start = append(b.m.start, 0)
	key := formHash(w.form, hash64([]byte(w.reduced)))
	v, ok := b.m.words.get(key)
	if !ok {
		v = int32(len(b.m.variants))
		b.m.variants = append(b.m.variants, nil)
		b.m.words.put(key, v)
	}
	b.m.variants[v] = append(b.m.variants[v], variant{id, w.letters})
	return id
}

// key is the same for patterns that match the same.
func (p pattern) key() string {
	var s strings.Builder
	if p.entity != "" {
		return "@" + p.entity
	}
	if p.near != nil {
		p.near.a.key(&s)
		s.WriteString(".." + string(rune(p.near.within)))
		p.near.b.key(&s)
		return s.String()
	}
	p.phrase.key(&s)
	return s.String()
}

func (ph phrase) key(s *strings.Builder) {
	for _, run := range ph {
		for _, w := range run {
			s.WriteByte('a' + byte(w.form))
			s.WriteByte('a' + byte(w.letters))
			s.WriteString(w.reduced)
			s.WriteByte(' ')
		}
		s.WriteByte('|')
	}
}

// hits are the patterns found in one text.
type hits struct {
	count   []float32        // by pattern, weighed by prominence
	title   []bool           // by pattern: it stands in the title
	first   []gazetteer.Span // by pattern: its most prominent occurrence
	best    []float32        // by pattern: the prominence of that occurrence
	who     []gazetteer.ID   // by pattern: the entity, where one occurred
	touched []int32          // the patterns found, in order of first occurrence
}

func newHits(patterns int) *hits {
	return &hits{count: make([]float32, patterns), title: make([]bool, patterns),
		first: make([]gazetteer.Span, patterns), best: make([]float32, patterns), who: make([]gazetteer.ID, patterns)}
}

// reset empties the hits in time linear in what was found.
func (h *hits) reset() {
	for _, p := range h.touched {
		h.count[p], h.title[p], h.best[p], h.who[p] = 0, false, 0, ""
	}
	h.touched = h.touched[:0]
}

func (h *hits) add(p int32, span gazetteer.Span, weight float32, title bool) {
	if h.count[p] == 0 {
		h.touched = append(h.touched, p)
	}
	h.count[p] += weight
	if weight > h.best[p] {
		h.best[p], h.first[p] = weight, span
	}
	if title {
		h.title[p] = true
	}
}
