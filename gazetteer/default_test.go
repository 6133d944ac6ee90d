package gazetteer_test

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// TestDefault asks the embedded gazetteer for what no edition of it may lose.
func TestDefault(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Verify(); err != nil {
		t.Error(err)
	}
	names := 0
	for r := range g.All() {
		e := g.Entry(r)
		names += 1 + len(e.Aliases)
		if err := e.Validate(); err != nil || e.Source == "" {
			t.Errorf("entry %s from %q: %v", e.ID, e.Source, err)
		}
		for _, p := range e.Parents {
			if _, ok := g.Lookup(p); !ok {
				t.Errorf("%s %s lies in %q, which is no entry", e.ID, e.Name, p)
			}
		}
	}
	if names < 200_000 {
		t.Errorf("%d names, want at least 200 thousand", names)
	}
	if !strings.Contains(g.Notice(), "GeoNames") {
		t.Errorf("the notice does not name GeoNames: %q", g.Notice())
	}
	for word, want := range map[string]gazetteer.WordList{"Vladimir": gazetteer.GivenName, "Gonzalez": gazetteer.FamilyName} {
		if g.Word(word)&want == 0 {
			t.Errorf("Word(%s) = %b, want %b in it", word, g.Word(word), want)
		}
	}
}

// TestDefaultNames reads names as news writes them; the first bearer is the
// most prominent.
func TestDefaultNames(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, want string // matched text=first bearer, "; " between
	}{
		{"Afghans, Tajiks and Russians", "Afghans=Q889; Tajiks=Q863; Russians=Q159"},
		{"the Tajik-Afghan border", "Tajik=Q863; Afghan=Q889"},
		{"French, Dutch, British and Emirati", "French=Q142; Dutch=Q29999; British=Q145; Emirati=Q878"},
		{"Dushanbe, Tehran and Kabul", "Dushanbe=Q9365; Tehran=Q3616; Kabul=Q5838"},
		{"the CSTO (Collective Security Treaty Organization)", "CSTO=Q318693; Collective Security Treaty Organization=Q318693"},
		{"in the U.S., UK and U.A.E.", "U.S.=Q30; UK=Q145; U.A.E.=Q878"},
		{"Emomali Rahmon met Kassym-Jomart Tokayev", "Emomali Rahmon=Q57366; Rahmon=Q57366; Kassym-Jomart Tokayev=Q200881; Tokayev=Q200881"},
		{"DR Congo and NATO", "DR Congo=Q974; Congo=Q974; NATO=Q7184"},
		{"What a nice deal of reading", ""},
	} {
		var got []string
		for _, m := range g.Match(nil, c.text) {
			first := g.Bearers(nil, m)[0]
			got = append(got, m.Span.Of(c.text)+"="+string(g.Head(first.Ref).ID))
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
