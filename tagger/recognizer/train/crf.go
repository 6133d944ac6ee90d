package train

import (
	"math"
	"math/rand/v2"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

const (
	tags   = recognizer.TagCount
	stride = 8 // weights of a row lie on one 32-byte line, the last unused
)

// sentence is a sentence to learn from: for each token the rows of the weight
// table that speak for it, and its tag.
type sentence struct {
	rows   []uint32
	ends   []uint32 // of each token's rows
	tags   []uint8
	weight float32
}

func (s *sentence) token(i int) []uint32 {
	if i == 0 {
		return s.rows[:s.ends[0]]
	}
	return s.rows[s.ends[i-1]:s.ends[i]]
}

// crf is a linear-chain conditional random field in training: AdaGrad (Duchi,
// Hazan, Singer 2011) on the log likelihood, one sentence at a time.
type crf struct {
	*chain
	weights []float32 // RowCount × stride
	squares []float32 // sums of squared gradients
	scores  [][tags]float32
}

func newCRF(rate float64) *crf {
	return &crf{
		chain:   newChain(rate),
		weights: make([]float32, recognizer.RowCount*stride),
		squares: make([]float32, recognizer.RowCount*stride),
	}
}

// epoch learns from all sentences once, in a random order, and returns the
// mean loss of a token, in nats.
func (c *crf) epoch(data []sentence, random *rand.Rand) float64 {
	var loss, tokens float64
	for _, k := range random.Perm(len(data)) {
		s := &data[k]
		loss += c.infer(s)
		c.learn(s)
		tokens += float64(len(s.tags))
	}
	return loss / tokens
}

// infer scores a sentence, runs the chain over it and returns the loss.
func (c *crf) infer(s *sentence) float64 {
	c.scores = c.scores[:0]
	for i := range s.tags {
		c.scores = append(c.scores, c.score(s.token(i)))
	}
	return c.chain.infer(c.scores, s.tags)
}

func (c *crf) score(rows []uint32) (sum [tags]float32) {
	for _, r := range rows {
		w := c.weights[int(r)*stride : int(r)*stride+tags]
		for y := range sum {
			sum[y] += w[y]
		}
	}
	return sum
}

// negligible is a gradient too small to be worth the memory traffic.
const negligible = 1e-3

// learn moves the weights along the gradient of the sentence just inferred.
func (c *crf) learn(s *sentence) {
	for i := range s.tags {
		var g [tags]float32
		busy := false
		for y := range g {
			g[y] = float32(c.gradient[i][y]) * s.weight
			busy = busy || g[y] > negligible || g[y] < -negligible
		}
		if busy {
			c.move(s.token(i), &g)
		}
	}
	c.learnTransitions(s.tags, s.weight)
}

func (c *crf) move(rows []uint32, g *[tags]float32) {
	for _, r := range rows {
		w := c.weights[int(r)*stride : int(r)*stride+tags]
		q := c.squares[int(r)*stride : int(r)*stride+tags]
		for y, v := range g {
			if v > negligible || v < -negligible {
				q[y] += v * v
				w[y] += c.rate * v / float32(math.Sqrt(float64(q[y])+1e-2))
			}
		}
	}
}

// addShare adds a share of another's weights and transitions.
func (c *crf) addShare(o *crf, share float32) {
	for i, w := range o.weights {
		c.weights[i] += share * w
	}
	for x := range o.transitions {
		for y, w := range o.transitions[x] {
			c.transitions[x][y] += float64(share) * w
		}
	}
}

// params quantizes the weights to bytes.
func (c *crf) params(lexicon *recognizer.Lexicon) recognizer.Params {
	p := recognizer.Params{
		Rows:        make([]uint64, recognizer.RowCount),
		Calibration: recognizer.Uncalibrated(),
		Lexicon:     lexicon,
		Scale:       c.unit(),
	}
	for x := range p.Transitions {
		for y, v := range c.transitions[x] {
			p.Transitions[x][y] = float32(v)
		}
	}
	for r := range p.Rows {
		var q [tags]int8
		for y := range q {
			v := math.RoundToEven(float64(c.weights[r*stride+y] / p.Scale))
			q[y] = int8(min(max(v, -127), 127))
		}
		p.Rows[r] = recognizer.Row(q)
	}
	return p
}

// maxWeight is the largest weight that quantizing keeps, in nats; larger ones
// are rare and cut.
const maxWeight = 3

func (c *crf) unit() float32 {
	var top float32
	for _, w := range c.weights {
		top = max(top, w, -w)
	}
	return max(min(top, maxWeight), 1e-3) / 127
}
