package conll_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger/conll"
)

func TestRead(t *testing.T) {
	const file = `-DOCSTART-	O

Kim	NNP	B-PER
Jong	NNP	I-PER
met	VBD	O
Xi	NNP	B-PER

NATO	I-ORG
Iran	I-LOC
Iraq	B-LOC

-DOCSTART-	O

Rain	O
`
	got, err := conll.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []conll.Document{
		{Sentences: []conll.Sentence{
			{Words: []string{"Kim", "Jong", "met", "Xi"}, Names: []conll.Name{{0, 2, "PER"}, {3, 4, "PER"}}},
			{Words: []string{"NATO", "Iran", "Iraq"}, Names: []conll.Name{{0, 1, "ORG"}, {1, 2, "LOC"}, {2, 3, "LOC"}}},
		}},
		{Sentences: []conll.Sentence{{Words: []string{"Rain"}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadWithoutDocuments(t *testing.T) {
	got, err := conll.Read(strings.NewReader("a O\n\nb O\n"))
	if err != nil || len(got) != 2 {
		t.Errorf("got %d documents and error %v, want one for each of 2 sentences", len(got), err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"Kim\tB-PER\nword\n", `line 2: got "word", want a word and a tag`},
		{"Kim\tX-PER\n", `line 1: got tag "X-PER", want O, B-TYPE or I-TYPE`},
		{"Kim\tB-\n", `line 1: got tag "B-", want O, B-TYPE or I-TYPE`},
	} {
		if _, err := conll.Read(strings.NewReader(tt.file)); err == nil || err.Error() != tt.want {
			t.Errorf("%q: got error %v, want %s", tt.file, err, tt.want)
		}
	}
}

func TestRaw(t *testing.T) {
	for _, tt := range []struct{ words, want string }{
		{"He , too , left .", "He, too, left."},
		{`He said " no " and ( then ) left`, `He said "no" and (then) left`},
		{"Russia 's Al - Zaman isn n't here - yet", "Russia's Al-Zaman isnn't here-yet"},
		{"KABUL , May 3 ( AP ) - Rain", "KABUL, May 3 (AP) - Rain"},
	} {
		words := strings.Fields(tt.words)
		d := conll.Document{Sentences: []conll.Sentence{{Words: words}}}
		got, places := d.Raw()
		if got != tt.want+"\n" {
			t.Errorf("%s: got %q, want %q", tt.words, got, tt.want)
		}
		for i, p := range places {
			if got[p.Start:p.End] != words[i] {
				t.Errorf("%s: word %d is at %q", tt.words, i, got[p.Start:p.End])
			}
		}
	}
}

// TestScore compares with what conlleval.pl prints for the same tags: 3 gold
// phrases, 4 found, 1 right: precision 25.00, recall 33.33, FB1 28.57.
func TestScore(t *testing.T) {
	gold := []conll.Name{{0, 2, "PER"}, {4, 5, "LOC"}, {6, 8, "ORG"}}
	found := []conll.Name{{0, 2, "PER"}, {4, 5, "ORG"}, {6, 7, "ORG"}, {9, 10, "LOC"}}
	var s conll.Score
	s.Add(gold, found)
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = `type  precision    recall        F1    gold   found   right
all       25.00     33.33     28.57       3       4       1
LOC        0.00      0.00      0.00       1       1       0
ORG        0.00      0.00      0.00       1       2       0
PER      100.00    100.00    100.00       1       1       1
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWriteGuesses(t *testing.T) {
	d := conll.Document{Sentences: []conll.Sentence{
		{Words: []string{"Li", "of", "New", "York"}, Names: []conll.Name{{0, 1, "PER"}, {2, 4, "LOC"}}},
		{Words: []string{"Cup"}, Names: []conll.Name{{0, 1, "MISC"}}},
	}}
	found := [][]conll.Name{{{0, 1, "PER"}, {3, 4, "ORG"}}, nil}
	var b strings.Builder
	if err := conll.WriteGuesses(&b, &d, []string{"PER", "LOC"}, found); err != nil {
		t.Fatal(err)
	}
	const want = `Li B-PER B-PER
of O O
New B-LOC O
York I-LOC B-ORG

Cup O O

`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
