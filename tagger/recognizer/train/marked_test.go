package train_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

func TestMarked(t *testing.T) {
	const articles = `[LOC Kabul] waits

The [ORG U.S.]-[LOC China] talks. [PER Li]'s plane left.
---
No names.
`
	got, err := train.Marked(strings.NewReader(articles))
	if err != nil {
		t.Fatal(err)
	}
	want := []conll.Document{
		{Sentences: []conll.Sentence{
			{Words: []string{"Kabul", "waits"}, Names: []conll.Name{{First: 0, Last: 1, Type: "LOC"}}},
			{Words: []string{"The", "U.S.", "-", "China", "talks", "."}, Names: []conll.Name{{First: 1, Last: 2, Type: "ORG"}, {First: 3, Last: 4, Type: "LOC"}}},
			{Words: []string{"Li", "'s", "plane", "left", "."}, Names: []conll.Name{{First: 0, Last: 1, Type: "PER"}}},
		}},
		{Sentences: []conll.Sentence{{Words: []string{"No", "names", "."}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestMarkedRefuses(t *testing.T) {
	for _, bad := range []string{"a [PER Li", "a [DOG Rex] b", "[PER]", "[PER ]"} {
		if _, err := train.Marked(strings.NewReader("fine\n" + bad)); err == nil || !strings.Contains(err.Error(), "line 2: got") {
			t.Errorf("%q: got error %v, want one of line 2", bad, err)
		}
	}
}
