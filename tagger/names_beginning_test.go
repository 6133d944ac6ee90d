package tagger

import (
	"context"
	"strings"
	"testing"
)

// TestBeginnings reads the country that a name of the gazetteer begins with
// where the name is not read, and nothing twice where it is.
func TestBeginnings(t *testing.T) {
	tagger := embeddedTagger(t)
	for text, want := range map[string]string{
		"The Israeli military said on Tuesday.":        "Israeli",
		"The Scottish government said on Tuesday.":     "Scottish",
		"The British parliament voted on Tuesday.":     "British|parliament",
		"Talks on the Korean peninsula went on.":       "Korean",
		"The Russian Academy of Sciences said so.":     "Russian Academy of Sciences",
		"The French Foreign Ministry said so.":         "French|Foreign Ministry",
		"Leaders of South Africa met in Johannesburg.": "South Africa|Johannesburg",
	} {
		r, err := tagger.Tag(context.Background(), Article{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range r.Mentions {
			got = append(got, text[m.Span.Start:m.Span.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s\n got %v\nwant %s", text, got, want)
		}
	}
}

func TestFill(t *testing.T) {
	at := func(start, end int, confidence float32) mention {
		m := mention{confidence: confidence}
		m.span.Start, m.span.End = start, end
		return m
	}
	kept := fill([]mention{at(5, 10, 0.9), at(20, 30, 0.9)},
		[]mention{at(0, 5, 0.9), at(4, 6, 0.9), at(10, 12, 0.3), at(12, 20, 0.5), at(25, 26, 0.9), at(29, 40, 0.9), at(30, 40, 0.9)})
	var got []int
	for _, m := range kept {
		got = append(got, m.span.Start, m.span.End)
	}
	want := []int{0, 5, 5, 10, 12, 20, 20, 30, 30, 40}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
