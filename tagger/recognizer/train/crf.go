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
	rate        float32
	weights     []float32 // RowCount × stride
	squares     []float32 // sums of squared gradients
	transitions [tags][tags]float64
	transSquare [tags][tags]float64
	steps       [tags][tags]float64 // exponentials of transitions, 0 where forbidden

	local, alpha, beta, gradient [][tags]float64
	scale                        []float64
}

func newCRF(rate float64) *crf {
	c := &crf{
		rate:    float32(rate),
		weights: make([]float32, recognizer.RowCount*stride),
		squares: make([]float32, recognizer.RowCount*stride),
	}
	c.exponentiate()
	return c
}

func (c *crf) exponentiate() {
	for x := range c.steps {
		for y := range c.steps[x] {
			if recognizer.Follows(uint8(x), uint8(y)) {
				c.steps[x][y] = math.Exp(c.transitions[x][y])
			}
		}
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

// infer runs forward and backward over a sentence, sets gradient to that of
// the log likelihood by each tag's score, and returns the loss.
func (c *crf) infer(s *sentence) (loss float64) {
	n := len(s.tags)
	for len(c.local) < n {
		c.local = append(c.local, [tags]float64{})
		c.alpha = append(c.alpha, [tags]float64{})
		c.beta = append(c.beta, [tags]float64{})
		c.gradient = append(c.gradient, [tags]float64{})
		c.scale = append(c.scale, 0)
	}
	for i := range n {
		scores := c.score(s.token(i))
		top := scores[0]
		for _, v := range scores[1:] {
			top = max(top, v)
		}
		loss -= float64(scores[s.tags[i]] - top)
		for y, v := range scores {
			c.local[i][y] = math.Exp(float64(v - top))
		}
	}
	loss += c.forward(n)
	c.backward(n)
	for i := range n {
		var sum float64
		for y := range tags {
			c.gradient[i][y] = c.alpha[i][y] * c.beta[i][y]
			sum += c.gradient[i][y]
		}
		for y := range tags {
			c.gradient[i][y] /= -sum
		}
		c.gradient[i][s.tags[i]]++
		loss -= c.transitions[c.before(s, i)][s.tags[i]]
	}
	return loss
}

// before is the tag before token i; a sentence starts as if after an O.
func (c *crf) before(s *sentence, i int) uint8 {
	if i == 0 {
		return 0
	}
	return s.tags[i-1]
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

func (c *crf) forward(n int) (logZ float64) {
	for i := range n {
		var sum float64
		for y := range tags {
			v := c.steps[0][y]
			if i > 0 {
				v = 0
				for x := range tags {
					v += c.alpha[i-1][x] * c.steps[x][y]
				}
			}
			c.alpha[i][y] = v * c.local[i][y]
			sum += c.alpha[i][y]
		}
		c.scale[i] = sum
		logZ += math.Log(sum)
		for y := range tags {
			c.alpha[i][y] /= sum
		}
	}
	return logZ
}

func (c *crf) backward(n int) {
	for x := range tags {
		c.beta[n-1][x] = 1
	}
	for i := n - 2; i >= 0; i-- {
		for x := range tags {
			var v float64
			for y := range tags {
				v += c.steps[x][y] * c.local[i+1][y] * c.beta[i+1][y]
			}
			c.beta[i][x] = v / c.scale[i+1]
		}
	}
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
	c.learnTransitions(s)
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

func (c *crf) learnTransitions(s *sentence) {
	var g [tags][tags]float64
	for i := range s.tags {
		g[c.before(s, i)][s.tags[i]]++
		for x := range tags {
			from := 0.0
			if i > 0 {
				from = c.alpha[i-1][x]
			} else if x == 0 {
				from = 1
			}
			for y := range tags {
				g[x][y] -= from * c.steps[x][y] * c.local[i][y] * c.beta[i][y] / c.scale[i]
			}
		}
	}
	for x := range g {
		for y, v := range g[x] {
			v *= float64(s.weight)
			if !recognizer.Follows(uint8(x), uint8(y)) || math.Abs(v) < negligible {
				continue
			}
			c.transSquare[x][y] += v * v
			c.transitions[x][y] += float64(c.rate) * v / math.Sqrt(c.transSquare[x][y]+1e-2)
			c.steps[x][y] = math.Exp(c.transitions[x][y])
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
