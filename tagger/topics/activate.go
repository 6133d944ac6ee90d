package topics

import (
	"cmp"
	"math"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
)

// The features of a text are its words and its pairs of neighbouring words,
// each counted once, in singular form; those of the title count once more, as
// features of their own, and so do the kinds of its entities.

// titleSalt and kindSalt keep features of the title and of entities apart from
// words of the body.
const (
	titleSalt = 0x9AE16A3B2F90404F
	kindSalt  = 0xC3A5C85C97CB3127
)

// pairHash is the feature of two neighbouring words.
func pairHash(first, second uint64) uint64 { return (first*3 ^ second) * fnvPrime }

// featureWalk calls feature with the hash of every feature of a text. Words
// come one by one, so that rules and model share one pass.
type featureWalk struct {
	last uint64 // hash of the word before, 0 none
}

// word takes the next word, its singular hashed, and returns its features.
func (f *featureWalk) word(w *word, singular uint64) (single, pair uint64) {
	if w.gap != joined {
		f.last = 0
	}
	if f.last != 0 {
		pair = pairHash(f.last, singular)
	}
	f.last = singular
	return singular, pair
}

// activation is a model at work on one text.
type activation struct {
	model *Model
	walk  featureWalk
	sum   []int32          // by label
	seen  []bool           // by feature
	found []int32          // features seen
	spans []gazetteer.Span // by index in found: where first; zero for an entity
	last  int              // byte where the word before began
}

func newActivation(m *Model) *activation {
	return &activation{model: m, sum: make([]int32, len(m.labels)), seen: make([]bool, len(m.rows))}
}

func (a *activation) begin() {
	for _, f := range a.found {
		a.seen[f] = false
	}
	a.found, a.spans = a.found[:0], a.spans[:0]
	clear(a.sum)
	a.walk.last = 0
}

// feed takes the next word.
func (a *activation) feed(w *word, singular uint64, title bool) {
	single, pair := a.walk.word(w, singular)
	span := gazetteer.Span{Start: w.start, End: w.end}
	a.add(single, span)
	if pair != 0 {
		a.add(pair, gazetteer.Span{Start: a.last, End: w.end})
	}
	if title {
		a.add(single^titleSalt, span)
	}
	a.last = w.start
}

func (a *activation) feedEntities(entities []Entity) {
	for _, e := range entities {
		if e.Kind != "" {
			a.add(kindHash(e), gazetteer.Span{})
		}
	}
}

func kindHash(e Entity) uint64 { return hash64([]byte(e.Kind)) ^ kindSalt }

func (a *activation) add(hash uint64, span gazetteer.Span) {
	f, ok := a.model.index.get(hash)
	if !ok || a.seen[f] {
		return
	}
	a.seen[f] = true
	a.found = append(a.found, f)
	a.spans = append(a.spans, span)
	for _, c := range a.model.cells[a.model.rows[f]:a.model.rows[f+1]] {
		a.sum[c.label] += int32(c.weight)
	}
}

// logit is the log odds of a label. Features count by the inverse root of
// their number: evidence adds up with length, but more slowly.
func (a *activation) logit(label int) float64 {
	n := float64(max(len(a.found), 1))
	return float64(a.model.bias[label]) + float64(a.sum[label])*float64(a.model.scale)/math.Sqrt(n)
}

// maxModelEvidence is how many words of the model speak for a tag in a result.
const maxModelEvidence = 3

// evidence appends the words that speak most for a label.
func (a *activation) evidence(dst []Evidence, label int) []Evidence {
	from := len(dst)
	perUnit := a.model.scale / float32(math.Sqrt(float64(max(len(a.found), 1))))
	for i, f := range a.found {
		if a.spans[i].Len() == 0 {
			continue
		}
		for _, c := range a.model.cells[a.model.rows[f]:a.model.rows[f+1]] {
			if int(c.label) == label && c.weight > 0 {
				dst = append(dst, Evidence{Span: a.spans[i], Weight: float32(c.weight) * perUnit})
			}
		}
	}
	slices.SortStableFunc(dst[from:], func(x, y Evidence) int { return cmp.Compare(y.Weight, x.Weight) })
	return dst[:min(len(dst), from+maxModelEvidence)]
}
