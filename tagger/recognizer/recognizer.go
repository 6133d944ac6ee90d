// Package recognizer finds the names of people, organizations and places by
// their form and context: a linear-chain conditional random field whose scores
// come from a linear model over hashed features and from a small net over word
// vectors, both with gazetteer membership and the statistics of the whole
// document.
//
// The way of a document: words.go describes each word by itself and caches it,
// analysis.go lays the words out with what the document tells about them, sport.go
// whether it reports on sport,
// features.go names the rows of the weight table that speak for a token,
// lanes.go adds those rows; netfeatures.go and net.go do the same for the net;
// decode.go finds the best sequence of tags and how probable each name of it is.
// Package train makes the weights from the very same features.
package recognizer

import (
	"sync"

	"github.com/dateline-news/dateline/tagger/text"
)

// Label is the class the recognizer gives to a span.
type Label uint8

// The labels of spans.
const (
	O Label = iota
	PER
	ORG
	LOC
)

var labelNames = [...]string{"O", "PER", "ORG", "LOC"}

// String is the label as CoNLL files write it.
func (l Label) String() string { return labelNames[l] }

// Input is one document to label.
type Input struct {
	Text      string
	Tokens    []text.Span
	Sentences []text.Sentence
	Member    []Membership // one per token, or nil when there is no gazetteer
}

// Entity is a labelled run of tokens [First, Last) with its calibrated
// probability.
type Entity struct {
	First, Last int
	Label       Label
	Confidence  float32
}

// Model is a trained recognizer, immutable and safe for all goroutines.
type Model struct {
	Params
	version string
	pool    sync.Pool // of *labelling
}

// chunkTokens bounds what is held of a document at once. The statistics of a
// longer document are those of its chunk.
const chunkTokens = 1 << 14

// Label appends to dst the names found in a document, in order. It takes time
// linear in the number of tokens and allocates nothing once its buffers have
// grown.
func (m *Model) Label(dst []Entity, in Input) []Entity {
	l := m.pool.Get().(*labelling)
	defer m.pool.Put(l)
	for first := 0; first < len(in.Sentences); {
		last := chunkEnd(in.Sentences, first)
		dst = l.label(dst, in, in.Sentences[first:last])
		first = last
	}
	return dst
}

// chunkEnd is the end of the chunk of sentences that starts at first.
func chunkEnd(sentences []text.Sentence, first int) int {
	last := first + 1
	for last < len(sentences) && sentences[last].Last-sentences[first].First <= chunkTokens {
		last++
	}
	return last
}

// Version is the content hash of the model.
func (m *Model) Version() string { return m.version }

// labelling is the state of one Label and the buffers and the words that the
// next one reuses.
type labelling struct {
	model    *Model
	analysis Analysis
	rows     []uint32
	netRows  []uint16
	net      netCache
	scores   []emission
	decoder  decoder
}

func (l *labelling) label(dst []Entity, in Input, sentences []text.Sentence) []Entity {
	if l.analysis.Read(in, sentences) {
		l.net.words.used = 0
	}
	for _, s := range l.analysis.Sentences {
		l.scores = l.scores[:0]
		for i := s.First; i < s.Last; i++ {
			l.scores = append(l.scores, l.score(s, i))
		}
		dst = l.decoder.decode(dst, &l.model.Params, l.scores, l.analysis.Base+s.First)
	}
	return dst
}

// score adds the weights of all rows that speak for token i of sentence s.
func (l *labelling) score(s text.Sentence, i int) emission {
	a := &l.analysis
	var sum lanes
	n := 0
	for offset := -window; offset <= window; offset++ {
		if j := i + offset; j >= s.First && j < s.Last {
			w := a.word(j)
			sum.addLanes(w.sums[offset+window])
			n += int(w.counts[offset+window])
		}
	}
	l.rows = a.contextRows(l.rows[:0], s, i)
	for _, r := range l.rows {
		sum.add(l.model.Rows[r])
	}
	e := sum.emission(n+len(l.rows), l.model.Scale)
	if net := l.model.Net; net != nil && a.NetActive(s, i) {
		for y := range e {
			e[y] *= net.Linear
		}
		l.addNet(&e, s, i)
	}
	return e
}

// addNet adds the net's scores of token i of sentence s.
func (l *labelling) addNet(e *emission, s text.Sentence, i int) {
	a, net := &l.analysis, l.model.Net
	var h [NetHidden]float32
	for o := range NetWindow {
		if j := i + o - window; j >= s.First && j < s.Last {
			add(h[:], l.net.wordSums(net, a.word(j))[o*NetHidden:(o+1)*NetHidden])
		}
	}
	l.netRows = a.NetRows(l.netRows[:0], s, i)
	net.addRows(h[:], l.netRows)
	net.scores(e, &h)
}
