package recognizer

import "math"

// Transitions are the scores of going from one tag to the next, in nats;
// the scores of impossible steps are forbidden.
type Transitions [tagCount][tagCount]float32

const forbidden = -1e4

// surely is the margin, in nats, by which O must lead at a token for the
// sentence to be cut there: no name reaches over it, and what follows does not
// depend on what came before.
const surely = 9

// decoder finds the best tags of sentences. Its buffers serve one after
// another.
type decoder struct {
	back  [][tagCount]tag
	tags  []tag
	alpha [][tagCount]float64
	beta  [][tagCount]float64
	local [][tagCount]float64
	norms []float64 // what each alpha was divided by
}

// decode appends the names of a sentence whose first token is number base of
// its document. The sentence is cut at tokens that are surely O: between them
// lie the only stretches worth a search.
func (d *decoder) decode(dst []Entity, p *Params, scores []emission, base int) []Entity {
	for i := 0; i < len(scores); {
		if scores[i].surelyO() {
			i++
			continue
		}
		j := i + 1
		for j < len(scores) && !scores[j].surelyO() {
			j++
		}
		dst = d.decodeStretch(dst, p, scores[i:j], base+i)
		i = j
	}
	return dst
}

func (e *emission) surelyO() bool {
	best := e[1]
	for _, s := range e[2:] {
		best = max(best, s)
	}
	return e[tagO]-best > surely
}

// decodeStretch appends the names between two Os.
func (d *decoder) decodeStretch(dst []Entity, p *Params, scores []emission, base int) []Entity {
	d.viterbi(&p.Transitions, scores)
	known := false
	for i := 0; i < len(scores); {
		if d.tags[i] == tagO {
			i++
			continue
		}
		if !known {
			d.forwardBackward(p, scores)
			known = true
		}
		j := i + 1
		for j < len(scores) && isInside(d.tags[j]) {
			j++
		}
		e := Entity{First: base + i, Last: base + j, Label: labelOf(d.tags[i])}
		e.Confidence = p.Calibration.confidence(e.Label, d.probability(p, i, j))
		dst = append(dst, e)
		i = j
	}
	return dst
}

// viterbi sets tags to the best sequence.
func (d *decoder) viterbi(t *Transitions, scores []emission) {
	n := len(scores)
	d.back = grow(d.back, n)
	d.tags = grow(d.tags, n)
	best := scores[0]
	for y := range best {
		best[y] += t[tagO][y]
	}
	for i := 1; i < n; i++ {
		next := scores[i]
		for y := range next {
			from, top := tag(0), best[0]+t[0][y]
			for x := 1; x < tagCount; x++ {
				if v := best[x] + t[x][y]; v > top {
					from, top = tag(x), v
				}
			}
			next[y] += top
			d.back[i][y] = from
		}
		best = next
	}
	y, top := tag(0), best[0]+t[0][tagO]
	for x := 1; x < tagCount; x++ {
		if v := best[x] + t[x][tagO]; v > top {
			y, top = tag(x), v
		}
	}
	for i := n - 1; i >= 0; i-- {
		d.tags[i] = y
		y = d.back[i][y]
	}
}

// forwardBackward sets alpha and beta to the sums over all sequences before
// and after each token, scaled so that none overflows, and local to what each
// tag is worth at its token. Scores are divided by the model's temperature.
func (d *decoder) forwardBackward(p *Params, scores []emission) {
	n := len(scores)
	d.alpha, d.beta, d.local = grow(d.alpha, n), grow(d.beta, n), grow(d.local, n)
	d.norms = grow(d.norms, n)
	step := &p.steps
	cool := 1 / float64(p.Calibration.Temperature)
	for i := range scores {
		top := scores[i][0]
		for _, s := range scores[i][1:] {
			top = max(top, s)
		}
		for y, s := range scores[i] {
			d.local[i][y] = math.Exp(float64(s-top) * cool)
		}
	}
	d.forward(step)
	d.backward(step)
}

func (d *decoder) forward(step *steps) {
	for i := range d.local {
		var sum float64
		for y := range d.alpha[i] {
			v := step[tagO][y]
			if i > 0 {
				v = 0
				for x := range tagCount {
					v += d.alpha[i-1][x] * step[x][y]
				}
			}
			v *= d.local[i][y]
			d.alpha[i][y] = v
			sum += v
		}
		d.norms[i] = sum
		scale(&d.alpha[i], sum)
	}
}

func (d *decoder) backward(step *steps) {
	n := len(d.local)
	for i := n - 1; i >= 0; i-- {
		var sum float64
		for x := range d.beta[i] {
			v := step[x][tagO]
			if i < n-1 {
				v = 0
				for y := range tagCount {
					v += step[x][y] * d.local[i+1][y] * d.beta[i+1][y]
				}
			}
			d.beta[i][x] = v
			sum += v
		}
		scale(&d.beta[i], sum)
	}
}

func scale(v *[tagCount]float64, by float64) {
	for i := range v {
		v[i] /= by
	}
}

// probability is that of the name that tags give to the tokens from i to j,
// exactly: its first token begins it, and the token after does not go on.
func (d *decoder) probability(p *Params, i, j int) float64 {
	path := d.alpha[i][d.tags[i]]
	for k := i + 1; k < j; k++ {
		path *= p.steps[d.tags[k-1]][d.tags[k]] * d.local[k][d.tags[k]] / d.norms[k]
	}
	var all float64
	for y := range tagCount {
		all += d.alpha[j-1][y] * d.beta[j-1][y]
	}
	last := d.tags[j-1]
	return min(path*d.beta[j-1][last]*d.stops(p, j, last)/all, 1)
}

// stops is the probability that a name whose last token so far is j-1 ends
// there.
func (d *decoder) stops(p *Params, j int, last tag) float64 {
	if j == len(d.local) {
		return 1
	}
	var all, ends float64
	for y := range tagCount {
		v := p.steps[last][y] * d.local[j][y] * d.beta[j][y]
		all += v
		if !isInside(tag(y)) {
			ends += v
		}
	}
	return ends / all
}

// grow makes s n long, without keeping what it held.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
