package train

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer"
)

// verdict is a name that the model found, with its probability and whether it
// is right.
type verdict struct {
	label       recognizer.Label
	probability float64
	right       bool
}

// verdicts labels every other document, from the one numbered first.
func (j *job) verdicts(m *recognizer.Model, dev []devSet, first int) []verdict {
	var all []verdict
	for _, d := range dev {
		for k := first; k < len(d.documents); k += 2 {
			document := &d.documents[k]
			find(m, j.gazetteer, document, func(sentence int, n conll.Name, e recognizer.Entity) {
				right := slices.Contains(document.Sentences[sentence].Names, n)
				all = append(all, verdict{e.Label, float64(e.Confidence), right})
			})
		}
	}
	return all
}

// temperatures are those tried for the model's probabilities.
var temperatures = []float32{1, 1.5, 2, 3}

// calibrate fits the confidence of names on one half of the dev documents and
// reports on the other.
func (j *job) calibrate(p recognizer.Params, dev []devSet) recognizer.Params {
	best := math.Inf(1)
	chosen := recognizer.Uncalibrated()
	for _, t := range temperatures {
		p.Calibration = recognizer.Uncalibrated()
		p.Calibration.Temperature = t
		all := j.verdicts(recognizer.New(p), dev, 0)
		var loss float64
		for l := recognizer.PER; l <= recognizer.LOC; l++ {
			var k recognizer.LabelCalibration
			k, part := fitPlatt(all, l)
			loss += part
			p.Calibration.Labels[l] = k
		}
		if loss < best {
			best, chosen = loss, p.Calibration
		}
	}
	p.Calibration = chosen
	return p
}

// fitPlatt fits slope and shift for one label by Newton's method on the log
// loss, with a small pull to slope 1, and returns the loss.
func fitPlatt(all []verdict, l recognizer.Label) (recognizer.LabelCalibration, float64) {
	slope, shift, loss := 1.0, 0.0, 0.0
	for range 30 {
		loss = 0
		ga, gb, haa, hab, hbb := slope-1, shift, 1.0, 0.0, 1.0
		for _, v := range all {
			if v.label != l {
				continue
			}
			x := recognizer.LogOdds(v.probability)
			q := 1 / (1 + math.Exp(-slope*x-shift))
			y := 0.0
			if v.right {
				y = 1
				loss -= math.Log(max(q, 1e-12))
			} else {
				loss -= math.Log(max(1-q, 1e-12))
			}
			w := q * (1 - q)
			ga, gb = ga+(q-y)*x, gb+q-y
			haa, hab, hbb = haa+w*x*x, hab+w*x, hbb+w
		}
		det := haa*hbb - hab*hab
		slope -= (hbb*ga - hab*gb) / det
		shift -= (haa*gb - hab*ga) / det
	}
	return recognizer.LabelCalibration{Slope: float32(slope), Shift: float32(shift)}, loss
}

// Reliability is how confidence and truth agree, in ten bins of confidence.
type Reliability [10]struct {
	Names, Right int
	Confidence   float64 // sum
}

// Add counts a name.
func (r *Reliability) Add(confidence float64, right bool) {
	b := &r[min(int(confidence*10), 9)]
	b.Names++
	b.Confidence += confidence
	if right {
		b.Right++
	}
}

// Error is the expected calibration error: the mean distance of confidence
// and truth, weighted by the names of each bin.
func (r *Reliability) Error() float64 {
	var sum, names float64
	for _, b := range r {
		sum += math.Abs(b.Confidence - float64(b.Right))
		names += float64(b.Names)
	}
	return sum / max(names, 1)
}

// Write prints a line for each bin and the error.
func (r *Reliability) Write(w io.Writer) error {
	for i, b := range r {
		if b.Names == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "confidence %.1f-%.1f %6d names, mean %.3f, right %.3f\n", float64(i)/10, float64(i+1)/10,
			b.Names, b.Confidence/float64(b.Names), float64(b.Right)/float64(b.Names)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "expected calibration error %.4f\n", r.Error())
	return err
}
