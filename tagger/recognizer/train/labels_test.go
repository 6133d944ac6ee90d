package train_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

func TestLabelArticles(t *testing.T) {
	const articles = `{"id": "a", "text": "Paris Agreement: Paris and St. John's agree.\nNothing here.\nThe U.S.-China talks"}`
	const labels = "a#0\tParis@2=LOC|St. John 's=LOC\na#1\t-\na#2\tU.S.=LOC|China=LOC\n"
	got, err := train.LabelArticles(strings.NewReader(articles), strings.NewReader(labels))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range got {
		for _, s := range d.Sentences {
			for _, n := range s.Names {
				names = append(names, n.Type+" "+strings.Join(s.Words[n.First:n.Last], " "))
			}
		}
	}
	if diff := cmp.Diff([]string{"LOC Paris", "LOC St. John 's", "LOC U.S.", "LOC China"}, names); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(got) != 1 || len(got[0].Sentences) != 3 {
		t.Errorf("got %d documents, want one of three sentences", len(got))
	}
}

func TestLabel(t *testing.T) {
	const corpus = "Kim O\nmet O\nXi O\n\nRain O\n"
	got, err := train.Label(strings.NewReader(corpus), strings.NewReader("0\tKim=PER|Xi=PER\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []conll.Document{{Sentences: []conll.Sentence{{
		Words: []string{"Kim", "met", "Xi"},
		Names: []conll.Name{{First: 0, Last: 1, Type: "PER"}, {First: 2, Last: 3, Type: "PER"}},
	}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLabelRefuses(t *testing.T) {
	for _, tt := range []struct{ labels, want string }{
		{"7\t-\n", `line 1: got "7\t-", want the id of a sentence`},
		{"0\tKim=MAN\n", `line 1: got "Kim=MAN", want NAME=PER`},
		{"0\tXi=PER|Kim=PER\n", `line 1: got "Kim=PER", which does not follow`},
	} {
		_, err := train.Label(strings.NewReader("Kim O\nmet O\nXi O\n"), strings.NewReader(tt.labels))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: got error %v, want one with %q", tt.labels, err, tt.want)
		}
	}
}
