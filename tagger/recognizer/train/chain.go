package train

import (
	"math"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

// chain is what a conditional random field knows of the order of tags, and
// the buffers in which it infers.
type chain struct {
	rate        float32 // of AdaGrad
	transitions [tags][tags]float64
	transSquare [tags][tags]float64
	steps       [tags][tags]float64 // exponentials of transitions, 0 where forbidden

	local, alpha, beta, gradient [][tags]float64
	scale                        []float64
}

func newChain(rate float64) *chain {
	c := &chain{rate: float32(rate)}
	for x := range c.steps {
		for y := range c.steps[x] {
			if recognizer.Follows(uint8(x), uint8(y)) {
				c.steps[x][y] = 1
			}
		}
	}
	return c
}

// infer runs forward and backward over the scores of a sequence, sets gradient
// to that of the log likelihood by each tag's score, and returns the loss.
func (c *chain) infer(scores [][tags]float32, gold []uint8) (loss float64) {
	n := len(scores)
	for len(c.local) < n {
		c.local = append(c.local, [tags]float64{})
		c.alpha = append(c.alpha, [tags]float64{})
		c.beta = append(c.beta, [tags]float64{})
		c.gradient = append(c.gradient, [tags]float64{})
		c.scale = append(c.scale, 0)
	}
	for i, s := range scores {
		top := s[0]
		for _, v := range s[1:] {
			top = max(top, v)
		}
		loss -= float64(s[gold[i]] - top)
		for y, v := range s {
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
		c.gradient[i][gold[i]]++
		loss -= c.transitions[tagBefore(gold, i)][gold[i]]
	}
	return loss
}

// tagBefore is the tag before token i; a sequence starts as if after an O.
func tagBefore(gold []uint8, i int) uint8 {
	if i == 0 {
		return 0
	}
	return gold[i-1]
}

func (c *chain) forward(n int) (logZ float64) {
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

func (c *chain) backward(n int) {
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

// learnTransitions moves the transitions along the gradient of the sequence
// just inferred.
func (c *chain) learnTransitions(gold []uint8, weight float32) {
	var g [tags][tags]float64
	for i := range gold {
		g[tagBefore(gold, i)][gold[i]]++
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
			v *= float64(weight)
			if !recognizer.Follows(uint8(x), uint8(y)) || math.Abs(v) < negligible {
				continue
			}
			c.transSquare[x][y] += v * v
			c.transitions[x][y] += float64(c.rate) * v / math.Sqrt(c.transSquare[x][y]+1e-2)
			c.steps[x][y] = math.Exp(c.transitions[x][y])
		}
	}
}
