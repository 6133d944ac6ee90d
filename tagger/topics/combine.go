package topics

import (
	"encoding/json"
	"io"
	"math"
)

// combiner turns what rules and model say of a candidate into one calibrated
// probability: logistic regressions for level-1 topics and for those below,
// with an offset for each level-1 topic.
type combiner struct {
	Short  logistic `json:"short"` // level 1, of texts below shortWords
	Top    logistic `json:"top"`   // level 1, of longer texts
	Narrow logistic `json:"narrow"`
}

// shortWords parts headlines and single sentences, where the model says more
// than the rules, from articles.
const shortWords = 60

// top is the regression for level-1 topics of a text of so many words.
func (k *combiner) top(words int) *logistic {
	if words < shortWords {
		return &k.Short
	}
	return &k.Top
}

// logistic is a logistic regression over a vector of features.
type logistic struct {
	Bias    float64          `json:"bias"`
	Weights vector           `json:"weights"`
	Offset  map[Code]float64 `json:"offset"` // by level-1 topic
}

func (l *logistic) probability(v *vector, top Code) float64 {
	z := l.Bias + l.Offset[top]
	for i, w := range l.Weights {
		z += w * v[i]
	}
	return sigmoid(z)
}

// example is one candidate with its truth, for fitting.
type example struct {
	vector vector
	top    Code
	truth  float64
}

// fit learns a logistic regression by full-batch gradient descent with L2
// shrinkage. The problem is convex and small: a few thousand examples.
func fit(examples []example, shrink, shrinkOffset float64) logistic {
	l := logistic{Offset: map[Code]float64{}}
	var squares vector
	squareBias := 1e-8
	squareOffset := map[Code]float64{}
	for range 800 {
		var grad vector
		var gradBias float64
		gradOffset := map[Code]float64{}
		for i := range examples {
			e := &examples[i]
			d := l.probability(&e.vector, e.top) - e.truth
			gradBias += d
			gradOffset[e.top] += d
			for k := range grad {
				grad[k] += d * e.vector[k]
			}
		}
		// AdaGrad steps bring features of unlike scale to the same pace.
		const rate = 0.5
		squareBias += gradBias * gradBias
		l.Bias -= rate * gradBias / math.Sqrt(squareBias)
		for k := range grad {
			g := grad[k] + shrink*l.Weights[k]
			squares[k] += g*g + 1e-8
			l.Weights[k] -= rate * g / math.Sqrt(squares[k])
		}
		for top, g := range gradOffset {
			g += shrinkOffset * l.Offset[top]
			squareOffset[top] += g*g + 1e-8
			l.Offset[top] -= rate * g / math.Sqrt(squareOffset[top])
		}
	}
	return l
}

// WriteCombiner writes what Fit learned, as JSON that a reviewer can read.
func (c *Classifier) WriteCombiner(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(c.combiner.rounded())
}

// rounded cuts the weights to three digits: more would be noise in a diff.
func (k combiner) rounded() combiner {
	k.Short.round()
	k.Top.round()
	k.Narrow.round()
	return k
}

func (l *logistic) round() {
	l.Bias = round3(l.Bias)
	for i := range l.Weights {
		l.Weights[i] = round3(l.Weights[i])
	}
	offset := map[Code]float64{}
	for code, o := range l.Offset {
		offset[code] = round3(o)
	}
	l.Offset = offset
}

func round3(x float64) float64 { return math.Round(x*1000) / 1000 }
