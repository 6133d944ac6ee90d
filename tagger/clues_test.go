package tagger

import (
	"flag"
	"math"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/conll"
)

var fit = flag.String("fit", "", "CoNLL `FILES`, parted by commas, to fit the weights of the clues on")

// observation is the clues of one reading and whether it was right.
type observation struct {
	clues clues
	right float64
}

// TestFitClues prints the weights that a logistic regression gives the clues,
// drawn to those in use: the proposal from which the tables of clues.go are
// rounded.
//
//	go test ./tagger -run FitClues -v -fit a.dev.conll,b.dev.conll
func TestFitClues(t *testing.T) {
	if *fit == "" {
		t.Skip("no -fit files")
	}
	tagger := newTestTagger(t)
	var names, found []observation
	for _, file := range strings.Split(*fit, ",") {
		documents, err := conll.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range documents {
			observeClues(t, tagger, doc, func(m *mention, o observation) {
				if m.reason == ByRecognizer {
					found = append(found, o)
				} else {
					names = append(names, o)
				}
			})
		}
	}
	t.Logf("nameWeights, %d readings: %.2f", len(names), regress(names, nameWeights))
	t.Logf("foundWeights, %d readings: %.2f", len(found), regress(found, foundWeights))
}

// observeClues gives every reading of a document to see. Demonyms are left
// out, since no corpus marks them.
func observeClues(t *testing.T, tagger *Tagger, doc conll.Document, see func(*mention, observation)) {
	t.Helper()
	raw, names := doc.RawNames("PER", "ORG", "LOC")
	d := newDocument(Article{Body: raw})
	for _, s := range tagger.pipeline {
		if s.name == "resolve" {
			break
		}
		if err := s.run(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	gold := goldReadings(names)
	gatherEvidence(tagger, d, func(m *mention, c *clues) {
		if m.typ != DemonymMention {
			see(m, observation{*c, truth(gold[goldReading{m.span, m.typ}])})
		}
	})
}

// goldReading is a name of a corpus.
type goldReading struct {
	span gazetteer.Span
	typ  MentionType
}

func goldReadings(names []conll.Name) map[goldReading]bool {
	types := map[string]MentionType{"PER": PersonMention, "ORG": OrganizationMention, "LOC": PlaceMention}
	gold := make(map[goldReading]bool)
	for _, n := range names {
		gold[goldReading{gazetteer.Span{Start: n.First, End: n.Last}, types[n.Type]}] = true
	}
	return gold
}

// regress fits a logistic regression by AdaGrad, with a Gaussian prior around
// the weights it starts from.
func regress(data []observation, start clues) clues {
	const epochs, prior, rate = 300, 2.0, 0.5
	w := start
	var squares clues
	for range epochs {
		var gradient clues
		for _, o := range data {
			miss := o.right - float64(w.probability(&o.clues))
			for i := range gradient {
				gradient[i] += miss * o.clues[i]
			}
		}
		for i := range w {
			g := gradient[i] - prior*(w[i]-start[i])
			squares[i] += g * g
			w[i] += rate * g / (math.Sqrt(squares[i]) + 1e-9)
		}
	}
	return w
}

// TestRegress recovers the weights that made the data.
func TestRegress(t *testing.T) {
	truth := clues{bias: -0.5, eminent: 2}
	var data []observation
	for i := range 4000 {
		o := observation{clues: clues{bias: 1, eminent: float64(i % 2)}}
		// Of each hundred readings alike as many are right as their probability says.
		if float32(i/2%100) < 100*truth.probability(&o.clues) {
			o.right = 1
		}
		data = append(data, o)
	}
	got := regress(data, clues{})
	for _, c := range []clue{bias, eminent} {
		if math.Abs(got[c]-truth[c]) > 0.1 {
			t.Errorf("clue %d: got %.2f, want %.2f", c, got[c], truth[c])
		}
	}
}
