package recognizer

import "math"

// Params are what training finds.
type Params struct {
	Rows        []uint64 // RowCount rows of the weight table, see lanes.go
	Scale       float32  // of one unit of a weight, in nats
	Transitions Transitions
	Calibration Calibration
	Lexicon     *Lexicon
	Net         *Net // nil for a linear model alone

	steps steps
}

// steps are the exponentials of transitions, at the model's temperature.
type steps [tagCount][tagCount]float64

// Row packs seven weights, in units of Scale, into a row.
func Row(weights [TagCount]int8) uint64 {
	row := uint64(zeroRow)
	for t, w := range weights {
		row &^= 0xFF << (8 * t)
		row |= uint64(int(w)+zeroByte) << (8 * t)
	}
	return row
}

// Calibration turns the probabilities of the model into those that hold on
// text it has not seen.
type Calibration struct {
	Temperature float32             // divides all scores; at least 0.1
	Labels      [4]LabelCalibration // by Label; that of O is unused
}

// LabelCalibration maps the log odds x of a name to Slope·x + Shift (Platt
// scaling).
type LabelCalibration struct{ Slope, Shift float32 }

// Uncalibrated leaves probabilities as the model gives them.
func Uncalibrated() Calibration {
	c := Calibration{Temperature: 1}
	for i := range c.Labels {
		c.Labels[i].Slope = 1
	}
	return c
}

// maxOdds bounds log odds, so that no name is ever certain.
const maxOdds = 7

// LogOdds of a probability, within ±7.
func LogOdds(p float64) float64 {
	return min(max(math.Log(p/(1-p)), -maxOdds), maxOdds)
}

func (c *Calibration) confidence(l Label, p float64) float32 {
	k := c.Labels[l]
	x := float64(k.Slope)*LogOdds(p) + float64(k.Shift)
	return float32(1 / (1 + math.Exp(-min(max(x, -maxOdds), maxOdds))))
}

// Forbid sets the scores of impossible transitions.
func (t *Transitions) Forbid() {
	for x := range t {
		for y := range t[x] {
			if !follows(tag(x), tag(y)) {
				t[x][y] = forbidden
			}
		}
	}
}

// New makes a model of parameters, which must not change any more.
func New(p Params) *Model {
	p.Transitions.Forbid()
	return newModel(p, p.hash())
}

func newModel(p Params, version string) *Model {
	for x := range p.steps {
		for y := range p.steps[x] {
			p.steps[x][y] = math.Exp(float64(p.Transitions[x][y] / p.Calibration.Temperature))
		}
	}
	m := &Model{Params: p, version: version}
	m.pool.New = func() any {
		l := &labelling{model: m}
		l.analysis.params = &m.Params
		l.analysis.vocabulary = newVocabulary()
		return l
	}
	return m
}
