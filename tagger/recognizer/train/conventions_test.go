package train

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger/conll"
)

func TestConvention(t *testing.T) {
	n := &names{demonyms: map[string]bool{}, countries: map[string]bool{}}
	n.add(&entry{Type: "LOC", Name: "Taiwan", Demonyms: []string{"Taiwan", "Taiwanese"}})
	n.add(&entry{Type: "LOC", Name: "Laos", Demonyms: []string{"Lao", "Laotian"}})
	c := &convention{n.demonyms, n.countries}
	for _, tt := range []struct{ words, typ, want string }{
		{"Taiwan", "LOC", "Taiwan"}, // also listed as a demonym
		{"Laos", "LOC", "Laos"},     // not two of the demonym Lao
		{"Taiwanese", "LOC", ""},
		{"Laotians", "ORG", ""},
		{"Muslims", "ORG", ""},
		{"the Congo", "LOC", "Congo"},
		{"northern Laos", "LOC", "Laos"},
		{"President Chen Shui-bian", "PER", "Chen Shui-bian"},
		{"Taiwan 's", "LOC", "Taiwan"},
		{"World Cup", "MISC", ""},
	} {
		words := strings.Fields(tt.words)
		s := conll.Sentence{Words: words, Names: []conll.Name{{First: 0, Last: len(words), Type: tt.typ}}}
		c.apply(&s)
		got := ""
		for _, n := range s.Names {
			got = strings.Join(words[n.First:n.Last], " ")
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s %s: -want +got:\n%s", tt.words, tt.typ, diff)
		}
	}
}
