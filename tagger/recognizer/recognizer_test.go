package recognizer_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

func defaultModel(t testing.TB) *recognizer.Model {
	t.Helper()
	m, err := recognizer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// names writes what is found in a text as "LABEL name".
func names(in recognizer.Input, found []recognizer.Entity) []string {
	var s []string
	for _, e := range found {
		span := text.Span{Start: in.Tokens[e.First].Start, End: in.Tokens[e.Last-1].End}
		s = append(s, fmt.Sprint(e.Label, " ", span.Of(in.Text)))
	}
	return s
}

func TestLabel(t *testing.T) {
	m := defaultModel(t)
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "The farmers waited for rain.", nil},
		{"dateline", "KABUL, May 3 (Reuters) - Two people were hurt.", []string{"LOC KABUL", "ORG Reuters"}},
		{"title outside", "President Emomali Rahmon spoke.", []string{"PER Emomali Rahmon"}},
		{"unknown person", "Analyst Natalia Kharitonova said so.", []string{"PER Natalia Kharitonova"}},
		{"possessive", "Germany's economy and Microsoft's shares fell.", []string{"LOC Germany", "ORG Microsoft"}},
		{"ends the text", "He moved to Dushanbe", []string{"LOC Dushanbe"}},
		{"list", "They went to Iran, Iraq and Turkey.", []string{"LOC Iran", "LOC Iraq", "LOC Turkey"}},
		{"two sentences", "Talks in Sudan failed.\nTalks in Kenya did not.", []string{"LOC Sudan", "LOC Kenya"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := split(t, tt.text)
			if diff := cmp.Diff(tt.want, names(in, m.Label(nil, in))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestConfidence: it is a probability, and a plain name has more of it than
// half.
func TestConfidence(t *testing.T) {
	in := split(t, story)
	found := defaultModel(t).Label(nil, in)
	if len(found) < 8 {
		t.Fatalf("found %d names, want at least 8: %v", len(found), names(in, found))
	}
	sure := 0
	for _, e := range found {
		if !(e.Confidence > 0 && e.Confidence < 1) {
			t.Errorf("confidence %g of %v, want one between 0 and 1", e.Confidence, e)
		}
		if e.Confidence > 0.5 {
			sure++
		}
	}
	if sure < 8 {
		t.Errorf("%d names are likelier than not, want at least 8", sure)
	}
}

// TestLabelTwice: the words and buffers that one document leaves behind change
// nothing for the next.
func TestLabelTwice(t *testing.T) {
	m := defaultModel(t)
	in := split(t, story)
	want := names(in, m.Label(nil, in))
	other := split(t, strings.ToUpper(story)+" Amazon River people met Amazon in Rahmon.")
	for range 3 {
		m.Label(nil, other)
		if diff := cmp.Diff(want, names(in, m.Label(nil, in))); diff != "" {
			t.Fatalf("-first +later:\n%s", diff)
		}
	}
}

// TestLongDocument: names stand at the right tokens beyond the first chunk.
func TestLongDocument(t *testing.T) {
	m := defaultModel(t)
	in := split(t, strings.Repeat("The rain fell on the fields.\n", 4000)+"He moved to Dushanbe.")
	if diff := cmp.Diff([]string{"LOC Dushanbe"}, names(in, m.Label(nil, in))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLabelAllocatesNothing takes the best of many runs: the race detector
// makes a pool lose its buffers at times.
func TestLabelAllocatesNothing(t *testing.T) {
	m := defaultModel(t)
	in := split(t, story)
	found := m.Label(nil, in)
	least := 1e9
	for range 20 {
		least = min(least, testing.AllocsPerRun(1, func() { found = m.Label(found[:0], in) }))
	}
	if least > 0 {
		t.Errorf("%g allocations for a document, want none", least)
	}
}

// TestEmpty: no sentences and no tokens are no names.
func TestEmpty(t *testing.T) {
	if found := defaultModel(t).Label(nil, recognizer.Input{}); found != nil {
		t.Errorf("found %v in nothing", found)
	}
}

func TestEncode(t *testing.T) {
	m := defaultModel(t)
	packed, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := recognizer.Decode(packed)
	if err != nil {
		t.Fatal(err)
	}
	if again.Version() != m.Version() {
		t.Errorf("version %s after writing and reading, want %s", again.Version(), m.Version())
	}
	in := split(t, story)
	if diff := cmp.Diff(m.Label(nil, in), again.Label(nil, in)); diff != "" {
		t.Errorf("-before +after writing and reading:\n%s", diff)
	}
}

// FuzzLabel: every name lies within one sentence, in order, with a label.
func FuzzLabel(f *testing.F) {
	f.Add(story)
	f.Add("ÉTATS-UNIS İstanbul ﬁ \xff\xfe 東京 ١٢٣")
	f.Add("A.\n\nB.\n" + strings.Repeat("O'", 200))
	m := defaultModel(f)
	splitter, err := text.NewSplitter()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("texts are UTF-8 by the time they get here")
		}
		in := recognizer.Input{Text: s}
		in.Tokens, in.Sentences = splitter.Split(s)
		end, k := 0, 0
		for _, e := range m.Label(nil, in) {
			for k < len(in.Sentences) && in.Sentences[k].Last <= e.First {
				k++
			}
			if e.First < end || e.Last <= e.First || e.Last > in.Sentences[k].Last || e.Label == recognizer.O {
				t.Fatalf("%+v after token %d in sentence %+v", e, end, in.Sentences[k])
			}
			end = e.Last
		}
	})
}
