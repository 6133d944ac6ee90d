package tagger

import (
	"context"
	"slices"
)

// resolve makes one reading of the text out of the gazetteer's names and the
// recognizer's. Each source offers readings with the probability that one is
// right in the light of the other (evidence.go); of those that overlap, the
// set worth most is kept. A country that a name begins with which is not kept is
// read by itself.
func (t *Tagger) resolve(_ context.Context, d *document) error {
	e := gatherEvidence(t, d, nil)
	d.mentions = fill(choose(e.readings), e.beginnings)
	for i := range d.mentions {
		d.mentions[i].sentence = d.sentenceAt(d.mentions[i].span.Start)
	}
	return nil
}

// threshold is the probability from which a reading is worth keeping: half of
// the F1 that is within reach, after Lipton and others, "Thresholding
// Classifiers to Maximize F1 Score" (2014).
const threshold = 0.42

// choose keeps, of readings that may overlap, those that do not and whose
// worth, probability over threshold, adds up to most: weighted interval
// scheduling, in the order of their ends.
func choose(readings []mention) []mention {
	readings = slices.DeleteFunc(readings, func(m mention) bool { return m.confidence < threshold })
	slices.SortStableFunc(readings, func(a, b mention) int { return a.span.End - b.span.End })
	best := make([]float32, len(readings)+1) // worth of the first i readings
	before := make([]int, len(readings))     // how many of them end before reading i starts
	for i, m := range readings {
		k := i
		for k > 0 && readings[k-1].span.End > m.span.Start {
			k--
		}
		before[i] = k
		best[i+1] = max(best[i], best[k]+m.confidence-threshold)
	}
	kept := make([]mention, 0, len(readings))
	for i := len(readings); i > 0; {
		if best[i] == best[i-1] {
			i--
			continue
		}
		kept = append(kept, readings[i-1])
		i = before[i-1]
	}
	slices.Reverse(kept)
	return kept
}
