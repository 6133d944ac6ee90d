package train

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

const (
	hidden    = recognizer.NetHidden
	netIn     = recognizer.NetWindow * recognizer.WordDim
	affixDims = 2 * recognizer.AffixDim
)

// netToken is a token as the net is trained on it.
type netToken struct {
	active bool
	words  [recognizer.NetWindow]recognizer.NetWord
	rows   []uint16
}

// netSentence is a sentence that the net learns from.
type netSentence struct {
	tokens []netToken
	tags   []uint8
	weight float32
}

// param is a matrix that Adam (Kingma, Ba 2015) moves.
type param struct {
	w, g, m, v []float32
}

// newParam makes a matrix of n random weights.
func newParam(n int, scale float32, random *rand.Rand) *param {
	p := &param{make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)}
	for i := range p.w {
		p.w[i] = float32(random.NormFloat64()) * scale
	}
	return p
}

// step moves the weights along the gradient, the t-th time, and clears it.
func (p *param) step(rate float32, t int) {
	const b1, b2, eps = 0.9, 0.999, 1e-8
	c1 := 1 / (1 - float32(math.Pow(b1, float64(t))))
	c2 := 1 / (1 - float32(math.Pow(b2, float64(t))))
	for i, g := range p.g {
		if g == 0 && p.m[i] == 0 {
			continue
		}
		m := b1*p.m[i] + (1-b1)*g
		v := b2*p.v[i] + (1-b2)*g*g
		p.m[i], p.v[i] = m, v
		p.w[i] -= rate * m * c1 / (float32(math.Sqrt(float64(v*c2))) + eps)
		p.g[i] = 0
	}
}

// net is the feed-forward net in training.
type net struct {
	vectors                                *recognizer.Vectors
	words, rows, out, prefix, suffix, bias *param
	chain                                  *chain
	steps                                  int
	random                                 *rand.Rand

	x, h, mask, dh, dx []float32 // of the tokens of a batch
}

func newNet(v *recognizer.Vectors, random *rand.Rand) *net {
	n := &net{vectors: v, random: random, chain: newChain(0.1)}
	n.words = newParam(netIn*hidden, float32(1/math.Sqrt(5*10)), random)
	n.rows = newParam(recognizer.NetRowCount*hidden, 0.1, random)
	n.out = newParam(hidden*tags, float32(1/math.Sqrt(hidden)), random)
	n.prefix = newParam(recognizer.AffixRows*recognizer.AffixDim, 0.1, random)
	n.suffix = newParam(recognizer.AffixRows*recognizer.AffixDim, 0.1, random)
	n.bias = newParam(tags, 0, random)
	return n
}

// How the net learns: sentences a step, and the shares of words' vectors and of
// hidden values that are left out by chance.
const (
	netBatch   = 32
	wordDrop   = 0.1
	hiddenDrop = 0.3
)

func (n *net) params() []*param {
	return []*param{n.words, n.rows, n.out, n.prefix, n.suffix, n.bias}
}

// epoch learns from all sentences once and returns the mean loss of a token.
func (n *net) epoch(data []netSentence, rate func(done float64) float32) float64 {
	order := n.random.Perm(len(data))
	var loss, tokens float64
	for at := 0; at < len(order); at += netBatch {
		batch := order[at:min(at+netBatch, len(order))]
		l, k := n.learn(data, batch, rate(float64(at)/float64(len(order))))
		loss += l
		tokens += k
	}
	return loss / tokens
}

// learn takes one step on a batch of sentences.
func (n *net) learn(data []netSentence, batch []int, rate float32) (loss, count float64) {
	var tokens []*netToken
	for _, k := range batch {
		for i := range data[k].tokens {
			if t := &data[k].tokens[i]; t.active {
				tokens = append(tokens, t)
			}
		}
	}
	if len(tokens) == 0 {
		return 0, 0
	}
	n.forward(tokens)
	g := make([]float32, len(tokens)*tags)
	at := 0
	for _, k := range batch {
		loss += n.sentence(&data[k], &at, g)
	}
	count = float64(at)
	n.backward(tokens, g)
	n.steps++
	for _, p := range n.params() {
		p.step(rate, n.steps)
	}
	return loss, count
}

// sentence sets the gradients of a sentence, whose hidden values begin at row
// at, and moves at to its end.
func (n *net) sentence(s *netSentence, at *int, g []float32) (loss float64) {
	for i := 0; i < len(s.tokens); {
		if !s.tokens[i].active {
			i++
			continue
		}
		j := i
		for j < len(s.tokens) && s.tokens[j].active {
			j++
		}
		loss += n.stretch(s, i, j, *at, g)
		*at += j - i
		i = j
	}
	return loss
}

// stretch runs the chain over the active tokens i to j, whose hidden values
// begin at row at, and sets the gradients of the loss by their scores.
func (n *net) stretch(s *netSentence, i, j, at int, g []float32) float64 {
	c := n.chain
	scores := make([][tags]float32, j-i)
	for k := range scores {
		scores[k] = n.score(at + k)
	}
	gold := slices.Clone(s.tags[i:j])
	if !recognizer.Follows(0, gold[0]) {
		gold[0]-- // a name that began before the stretch begins in it
	}
	loss := c.infer(scores, gold)
	for k := range scores {
		for y := range tags {
			g[(at+k)*tags+y] = -float32(c.gradient[k][y]) * s.weight
		}
	}
	c.learnTransitions(gold, s.weight)
	return loss
}

// score is the tags' scores of the token whose hidden values are in row k.
func (n *net) score(k int) (y [tags]float32) {
	copy(y[:], n.bias.w)
	for d, h := range n.h[k*hidden : (k+1)*hidden] {
		if h != 0 {
			for t := range y {
				y[t] += h * n.out.w[d*tags+t]
			}
		}
	}
	return y
}

// forward sets h to the hidden layer of the tokens.
func (n *net) forward(tokens []*netToken) {
	c := len(tokens)
	n.x = zeroed(n.x, c*netIn)
	n.h = zeroed(n.h, c*hidden)
	for k, t := range tokens {
		for o, w := range t.words {
			if w.Known {
				at := k*netIn + o*recognizer.WordDim
				n.readWord(n.x[at:at+recognizer.WordDim], w)
			}
		}
		h := n.h[k*hidden : (k+1)*hidden]
		for _, r := range t.rows {
			for d, v := range n.rows.w[int(r)*hidden : int(r+1)*hidden] {
				h[d] += v
			}
		}
	}
	gemm(blas.NoTrans, blas.NoTrans, c, hidden, netIn, n.x, netIn, n.words.w, hidden, n.h)
	n.activate()
}

// readWord lays out a word, now and then without its vector, so that the net
// learns to do without.
func (n *net) readWord(x []float32, w recognizer.NetWord) {
	if w.Vector != 0 && n.random.Float32() >= wordDrop {
		n.vectors.Read(x, w.Vector)
	}
	const d = recognizer.AffixDim
	copy(x[recognizer.VectorDim:], n.prefix.w[int(w.Prefix)*d:int(w.Prefix+1)*d])
	copy(x[recognizer.VectorDim+d:], n.suffix.w[int(w.Suffix)*d:int(w.Suffix+1)*d])
}

// activate rectifies the hidden layer and drops a part of it by chance; mask
// remembers what the gradient is to be multiplied with.
func (n *net) activate() {
	n.mask = zeroed(n.mask, len(n.h))
	for i, v := range n.h {
		if dropped := n.random.Float32() < hiddenDrop; v > 0 && !dropped {
			n.mask[i] = 1 / (1 - hiddenDrop)
			n.h[i] = v * n.mask[i]
		} else {
			n.h[i] = 0
		}
	}
}

// backward adds to the gradients of all parameters, g being those of the loss
// by the scores.
func (n *net) backward(tokens []*netToken, g []float32) {
	c := len(tokens)
	n.dh = zeroed(n.dh, c*hidden)
	gemm(blas.NoTrans, blas.Trans, c, hidden, tags, g, tags, n.out.w, tags, n.dh)
	gemm(blas.Trans, blas.NoTrans, hidden, tags, c, n.h, hidden, g, tags, n.out.g)
	for i, v := range g {
		n.bias.g[i%tags] += v
	}
	for i := range n.dh {
		n.dh[i] *= n.mask[i]
	}
	gemm(blas.Trans, blas.NoTrans, netIn, hidden, c, n.x, netIn, n.dh, hidden, n.words.g)
	n.affixGradients(tokens)
	for k, t := range tokens {
		dh := n.dh[k*hidden : (k+1)*hidden]
		for _, r := range t.rows {
			row := n.rows.g[int(r)*hidden : int(r+1)*hidden]
			for d, v := range dh {
				row[d] += v
			}
		}
	}
}

// affixGradients carries the gradient of the hidden layer on to the tables of
// beginnings and endings.
func (n *net) affixGradients(tokens []*netToken) {
	c := len(tokens)
	n.dx = zeroed(n.dx, c*affixDims)
	for o := range recognizer.NetWindow {
		layer := n.words.w[(o*recognizer.WordDim+recognizer.VectorDim)*hidden:]
		clear(n.dx)
		gemm(blas.NoTrans, blas.Trans, c, affixDims, hidden, n.dh, hidden, layer, hidden, n.dx)
		for k, t := range tokens {
			if !t.words[o].Known {
				continue
			}
			const d = recognizer.AffixDim
			dx := n.dx[k*affixDims : (k+1)*affixDims]
			p := n.prefix.g[int(t.words[o].Prefix)*d:][:d]
			s := n.suffix.g[int(t.words[o].Suffix)*d:][:d]
			for i := range p {
				p[i] += dx[i]
				s[i] += dx[d+i]
			}
		}
	}
}

// gemm adds the product of a and b, transposed or not, to c.
func gemm(ta, tb blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32) {
	gonum.Implementation{}.Sgemm(ta, tb, m, n, k, 1, a, lda, b, ldb, 1, c, n)
}

func zeroed(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// join puts the net beside a linear model; own is its share of the scores.
func (n *net) join(p recognizer.Params, own float64) recognizer.Params {
	linear := 1 - own
	scaled := func(w []float32) []float32 {
		out := make([]float32, len(w))
		for i, v := range w {
			out[i] = v * float32(own)
		}
		return out
	}
	p.Net = &recognizer.Net{
		Vectors: &recognizer.Vectors{Codebook: slices.Clone(n.vectors.Codebook), Codes: n.vectors.Codes},
		Prefix:  slices.Clone(n.prefix.w), Suffix: slices.Clone(n.suffix.w),
		Words: slices.Clone(n.words.w), Rows: slices.Clone(n.rows.w),
		Out: scaled(n.out.w), Linear: float32(linear),
	}
	for y, v := range n.bias.w {
		p.Net.Bias[y] = v * float32(own)
	}
	for x := range p.Transitions {
		for y := range p.Transitions[x] {
			p.Transitions[x][y] = float32(linear)*p.Transitions[x][y] + float32(own*n.chain.transitions[x][y])
		}
	}
	p.Net.Round()
	return p
}
