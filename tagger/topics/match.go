package topics

import (
	"cmp"

	"github.com/dateline-news/dateline/gazetteer"
)

// Prominence is how much an occurrence counts: news says what it is about in
// its title and first sentences.
const (
	inTitle = 3
	inLead  = 1.8
	inBody  = 1
	inTail  = 0.6

	leadWords = 50  // of the body
	tailWords = 400 // of the body, where the tail begins
)

// maxOpen is how many phrases may be under way at one word; the longest ones
// begun are dropped beyond it. Real text stays below ten.
const maxOpen = 32

// open is a phrase under way.
type open struct {
	node  int32
	start int // byte where it began
}

// seen is the last occurrence of one side of a proximity.
type seen struct {
	word     int // index of its last word, 0 none: words are counted from 1
	sentence int
	span     gazetteer.Span
}

// matching is one pass of a matcher over a text, with its scratch.
type matching struct {
	*matcher
	hits     *hits
	sides    []seen
	touched  []int32 // sides to forget afterwards
	now      []open  // phrases that end at the word before
	next     []open
	terms    []int32 // of the current word
	singular uint64  // its singular, hashed
	stemBuf  [maxWord]byte

	body      int // byte where the body starts
	uncased   bool
	word      int // counted from 1
	bodyWords int
	sentence  int
}

func newMatching(m *matcher) *matching {
	return &matching{matcher: m, hits: newHits(m.patterns), sides: make([]seen, 2*len(m.nears))}
}

// begin makes ready for a text.
func (m *matching) begin(text string, body int) {
	m.hits.reset()
	for _, s := range m.touched {
		m.sides[s] = seen{}
	}
	m.touched, m.now = m.touched[:0], m.now[:0]
	m.body, m.word, m.bodyWords, m.sentence = body, 0, 0, 0
	m.uncased = !hasCapital(text)
}

// hasCapital reports whether a text has an ASCII capital.
func hasCapital(text string) bool {
	for i := range len(text) {
		if c := text[i]; 'A' <= c && c <= 'Z' {
			return true
		}
	}
	return false
}

// feed takes the next word of the text.
func (m *matching) feed(w *word) {
	m.word++
	if w.start >= m.body {
		m.bodyWords++
	}
	if w.gap == sentence {
		m.sentence++
	}
	if w.gap != joined {
		m.now = m.now[:0]
	}
	m.lookUp(w)
	m.next = m.next[:0]
	for _, o := range m.now {
		for _, t := range m.terms {
			if n, ok := m.steps.get(stepHash(o.node, t)); ok {
				m.reach(open{n, o.start}, w)
			}
		}
	}
	for _, t := range m.terms {
		if n := m.start[t]; n != 0 {
			m.reach(open{n, w.start}, w)
		}
	}
	m.now, m.next = m.next, m.now
}

// lookUp sets m.terms to what rules call the word.
func (m *matching) lookUp(w *word) {
	m.terms = m.terms[:0]
	m.form(exact, hash64(w.folded), w)
	if m.prefixes != 0 {
		m.lookUpPrefixes(w)
	}
	buf := append(m.stemBuf[:0], w.folded...)
	m.singular = hash64(singular(buf))
	m.form(anyNumber, m.singular, w)
	buf = append(buf[:0], w.folded...)
	m.form(inflected, hash64(stem(buf)), w)
}

func (m *matching) lookUpPrefixes(w *word) {
	h := uint64(fnvOffset)
	for i, c := range w.folded {
		h = (h ^ uint64(c)) * fnvPrime
		if m.prefixes>>(i+1)&1 != 0 {
			m.form(prefixed, h, w)
		}
	}
}

func (m *matching) form(f form, hash uint64, w *word) {
	v, ok := m.words.get(formHash(f, hash))
	if !ok {
		return
	}
	for _, variant := range m.variants[v] {
		if w.letters >= variant.letters || m.uncased && variant.letters == initial {
			m.terms = append(m.terms, variant.term)
		}
	}
}

// reach notes what ends at a node with the word w, and keeps the node open.
func (m *matching) reach(o open, w *word) {
	if len(m.next) < maxOpen {
		m.next = append(m.next, o)
	}
	n := &m.nodes[o.node]
	span := gazetteer.Span{Start: o.start, End: w.end}
	if n.pattern >= 0 {
		m.hit(n.pattern, span)
	}
	for _, side := range n.sides {
		m.reachSide(side, span)
	}
}

// reachSide notes one side of a proximity, and the proximity if the other side
// is near.
func (m *matching) reachSide(side int32, span gazetteer.Span) {
	near := m.nears[side/2]
	if near.within < 0 {
		m.hit(near.pattern, span)
		return
	}
	if m.sides[side].word == 0 {
		m.touched = append(m.touched, side)
	}
	m.sides[side] = seen{m.word, m.sentence, span}
	other := m.sides[side^1]
	if other.word != 0 && other.sentence == m.sentence && m.word-other.word <= near.within && !other.span.Overlaps(span) {
		m.hit(near.pattern, gazetteer.Span{Start: other.span.Start, End: span.End})
	}
}

func (m *matching) hit(p int32, span gazetteer.Span) {
	title := span.Start < m.body
	m.hits.add(p, span, m.prominence(title), title)
}

func (m *matching) prominence(title bool) float32 {
	switch {
	case title:
		return inTitle
	case m.bodyWords <= leadWords:
		return inLead
	case m.bodyWords <= tailWords:
		return inBody
	default:
		return inTail
	}
}

// feedEntities notes the patterns that the article's entities match: each counts
// by its salience, as much as a name in the lead when it is what the article
// is about.
func (m *matching) feedEntities(entities []Entity) {
	if len(m.entities) == 0 {
		return
	}
	for _, e := range entities {
		m.entity("id:", string(e.ID), e)
		m.entity("kind:", string(e.Kind), e)
		m.entity("country:", e.Country, e)
		m.entity("type:", typeNames[e.Type], e)
	}
}

var typeNames = map[gazetteer.Type]string{gazetteer.Person: "person", gazetteer.Organization: "organization", gazetteer.Place: "place"}

func (m *matching) entity(key, value string, e Entity) {
	if p, ok := m.matcher.entities[key+value]; ok && value != "" {
		m.hits.add(p, gazetteer.Span{}, max(0.2, 2*e.Salience), false)
		m.hits.who[p] = cmp.Or(m.hits.who[p], e.ID)
	}
}
