package tagger

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger/text"
)

// TestChoose compares what is kept of random readings with the best of all
// their subsets.
func TestChoose(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		readings := make([]mention, random.IntN(9))
		for i := range readings {
			start := random.IntN(12)
			readings[i].span = text.Span{Start: start, End: start + 1 + random.IntN(5)}
			readings[i].confidence = random.Float32()
		}
		want := bestSubset(readings)
		kept := choose(append([]mention(nil), readings...))
		for i := 1; i < len(kept); i++ {
			if kept[i].span.Start < kept[i-1].span.End {
				t.Fatalf("%v overlaps %v", kept[i].span, kept[i-1].span)
			}
		}
		if got := worth(kept); got < want-1e-4 {
			t.Fatalf("kept %v worth %v of %v, of which the best are worth %v", kept, got, readings, want)
		}
	}
}

func worth(readings []mention) (sum float32) {
	for _, m := range readings {
		sum += m.confidence - threshold
	}
	return sum
}

// bestSubset is the worth of the best readings that do not overlap.
func bestSubset(readings []mention) (best float32) {
	for set := range 1 << len(readings) {
		var chosen []mention
		fits := true
		for i, m := range readings {
			if set>>i&1 == 0 {
				continue
			}
			for _, c := range chosen {
				fits = fits && !c.span.Overlaps(m.span)
			}
			chosen = append(chosen, m)
		}
		if fits {
			best = max(best, worth(chosen))
		}
	}
	return best
}

// TestReadings shows how the two sources settle typical quarrels: each text
// with the names that must come out of it.
func TestReadings(t *testing.T) {
	tagger := newTestTagger(t)
	for _, c := range []struct{ text, want string }{
		{"The actor Jordan Peele and Paris Hilton met President Natalia Orlova in Jordan.", "PERSON Jordan Peele; PERSON Paris Hilton; PERSON Natalia Orlova; PLACE Jordan"},
		{"The Tajik-Afghan border and the US-China trade war.", "DEMONYM Tajik; DEMONYM Afghan; PLACE US; PLACE China"},
		{"The Hague-based court heard Nigeria's Boko Haram.", "PLACE Nigeria; ORGANIZATION Boko Haram"}, // an adjective, as demonyms are
		{"She works at the Aberdeen Grammar School in Scotland.", "ORGANIZATION Aberdeen Grammar School; PLACE Scotland"},
		{"WHO WANTS PEACE IN SUDAN?", "PLACE SUDAN"},
		{"Write to info@kabul.af or see www.iran.ir/Tehran today.", ""},
		{"President Emomali Rahmon’s visit to Khost province.", "PERSON Emomali Rahmon; PLACE Khost"},
	} {
		d := tagged(t, tagger, c.text)
		var got []string
		for i := range d.mentions {
			got = append(got, typeNames[d.mentions[i].typ]+" "+d.of(&d.mentions[i]))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, s, c.want)
		}
	}
}
