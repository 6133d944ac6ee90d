package tagger

import (
	"strings"
	"testing"
)

func TestPropose(t *testing.T) {
	tagger := newTagger(t, Options{})
	for _, c := range []struct{ name, text, want string }{
		{"the surname of a person seen elsewhere",
			"{P Natalia Kharitonova} spoke. On Monday Kharitonova left.", "Kharitonova"},
		{"a name of one word seen elsewhere",
			"{O Izvestia} wrote so. Later Izvestia fell silent.", "Izvestia"},
		{"no part of a longer name",
			"{P Douglass Norton} spoke. He lives on Norton Avenue.", ""},
		{"but behind an honorific",
			"{P Douglass Norton} spoke. Then Mr. Norton left.", "Norton"},
		{"no surname that more often means something else",
			"{P Theresa May} spoke. In May it rained.", ""},
		{"acronyms that the text defines, and what they stand for",
			"The {O Lapis Lazuli Trade Council} (LLTC) met. LLTC members left.",
			"Lapis Lazuli Trade Council, LLTC, LLTC"},
		{"no acronym of what is no name",
			"The gross domestic product (GDP) fell. GDP fell.", ""},
	} {
		d := marked(t, c.text)
		for _, m := range d.mentions {
			d.found = append(d.found, found{span: m.span, typ: m.typ, confidence: m.confidence})
		}
		if err := tagger.propose(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range d.proposed {
			got = append(got, d.of(&d.proposed[i]))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}
