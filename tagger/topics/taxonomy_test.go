package topics

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func mediaTopics(t testing.TB) *Taxonomy {
	t.Helper()
	tax, err := MediaTopics()
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

func TestMediaTopics(t *testing.T) {
	tax := mediaTopics(t)
	if got := len(tax.Roots()); got != 17 {
		t.Errorf("got %d level-1 topics, want 17", got)
	}
	inUse := 0
	for _, topic := range tax.All() {
		if topic.Retired == "" {
			inUse++
		}
		if c, ok := tax.Current(topic.Code); !ok {
			t.Errorf("%s %s has no current code", topic.Code, topic.Name)
		} else if now, _ := tax.Topic(c); now.Retired != "" {
			t.Errorf("%s %s is replaced by %s, itself retired", topic.Code, topic.Name, c)
		}
	}
	if inUse != 1099 {
		t.Errorf("got %d topics in use, want 1099", inUse)
	}
}

func TestTaxonomyWalks(t *testing.T) {
	tax := mediaTopics(t)
	earthquake, _ := tax.Topic("20000153")
	if earthquake.Name != "earthquake" || earthquake.Level != 4 || earthquake.Top != "03000000" {
		t.Errorf("got %+v", earthquake)
	}
	if got, want := tax.Parents("20000153"), []Code{"20000151", "20000148", "03000000"}; !slices.Equal(got, want) {
		t.Errorf("parents of earthquake: got %v, want %v", got, want)
	}
	if !tax.Within("20000153", "03000000") || tax.Within("03000000", "20000153") {
		t.Error("an earthquake lies within disaster, disaster not within earthquake")
	}
	below := tax.Below("20000151")
	if below[0] != "20000151" || !slices.Contains(below, "20000156") {
		t.Errorf("below natural disaster: got %v, want itself first and avalanche among them", below)
	}
	if slices.Contains(tax.Below("15000000"), "20000994") {
		t.Error("Formula One is retired, but listed below sport")
	}
	if got, _ := tax.Current("20000239"); got != "20001368" {
		t.Errorf("house building is now %s, want residential real estate", got)
	}
	if got := tax.Parents("nonsense"); got != nil {
		t.Errorf("parents of an unknown code: got %v", got)
	}
}

func TestReadTaxonomyErrors(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"columns", "# head\na\t\t\t\tA", "t.tsv:2: got 5 columns, want 6"},
		{"twice", "a\t\t\t\tA\t\na\t\t\t\tA\t", "given twice"},
		{"orphan", "a\tz\t\t\tA\t", `ancestor "z" is not in the taxonomy`},
		{"self", "a\ta\t\t\tA\t", "cycle"},
		{"cycle", "a\tb\t\t\tA\t\nb\ta\t\t\tB\t", "cycle"},
		{"nameless", "a\t\t\t\t\t", "want a code and a name"},
		{"replacement", "a\t\t2020-01-01\tz\tA\t", "is not a topic in use"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadTaxonomy("t.tsv", strings.NewReader(tc.in))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

func TestImportMediaTopics(t *testing.T) {
	in := `{"topics": [
	  {"code": "1", "parent": null, "name": "one", "definition": "the\n first", "retired": null},
	  {"code": "2", "parent": "1", "name": "two", "retired": "2020-02-03T12:00:00+00:00"},
	  {"code": "3", "parent": "2", "name": "three", "retired": "2021-02-03T12:00:00+00:00"}]}`
	var out bytes.Buffer
	if err := ImportMediaTopics(&out, strings.NewReader(in)); err != nil {
		t.Fatal(err)
	}
	want := mediaTopicsHead + "1\t\t\t\tone\tthe first\n2\t1\t2020-02-03\t1\ttwo\t\n3\t2\t2021-02-03\t1\tthree\t\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	if _, err := ReadTaxonomy("out", &out); err != nil {
		t.Error(err)
	}
}
