package tagger

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

func TestBodies(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for _, c := range []struct{ text, want string }{
		{"The Ministry of Defense of Tajikistan said so.", "Ministry of Defense of Tajikistan = gov:TJ:ministry-of-defense"},
		{"Tajikistan's Ministry of Defence said so.", "Ministry of Defence = gov:TJ:ministry-of-defense"},
		{"The Tajik defence ministry said so.", "defence ministry = gov:TJ:ministry-of-defense"},
		{"The Tajik Foreign Ministry said so.", "Foreign Ministry = gov:TJ:ministry-of-foreign-affairs"},
		{"Russia’s Security Council met.", "Security Council = gov:RU:security-council"},
		{"The Kazakh parliament met.", "parliament = gov:KZ:parliament"},
		{"The Parliament of Kazakhstan met.", "Parliament of Kazakhstan = gov:KZ:parliament"},
		{"Afghan central bank reserves fell.", "central bank = gov:AF:central-bank"},
		{"The Ministry of Labour, Migration and Employment of Tajikistan was shut.",
			"Ministry of Labour, Migration and Employment of Tajikistan = gov:TJ:ministry-of-labour-migration-and-employment"},
		{"Afghanistan: the Ministry of Finance said so.", "Ministry of Finance = gov:AF:ministry-of-finance"},
		{"The Ministry of Finance said so.", "Ministry of Finance = nil:organization:ministry-of-finance"},
		{"The US Government and Kazakhstan Police agreed.", "Government = gov:US:government; Police = gov:KZ:police"},
		{"The Georgia Supreme Court ruled.", ""},
		{"The central bank said so, and so did parliament.", ""},
		{"The Texas Supreme Court ruled.", ""},
		{"The ministry of silly walks", ""},
		{"Ministry of", ""},
		{"Police of", ""},
	} {
		d := tagged(t, tagger, c.text)
		var got []string
		for i := range d.mentions {
			if m := &d.mentions[i]; m.typ == OrganizationMention {
				got = append(got, d.of(m)+" = "+string(d.entities[d.chains[m.chain].entity].ID))
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, s, c.want)
		}
	}
}

// tagged runs all stages over a text and returns the working document.
func tagged(t testing.TB, tagger *Tagger, body string) *document {
	t.Helper()
	d := newDocument(Article{Body: body})
	if err := tagger.pipeline.run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBodyEntity(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	d := tagged(t, tagger, "The Kazakh parliament met.")
	for _, e := range d.entities {
		if e.Type != gazetteer.Organization {
			continue
		}
		if e.Name != "Parliament of Kazakhstan" || e.Kind != "parliament" || e.Country != "KZ" || len(e.Parents) == 0 || e.Parents[0] != "Q232" {
			t.Errorf("got %+v", e)
		}
		return
	}
	t.Error("no body found")
}

func TestComposed(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for _, c := range []struct {
		text string
		want gazetteer.ID
	}{
		{"The {O Russian Foreign Ministry} said so.", "gov:RU:ministry-of-foreign-affairs"},
		{"The {O US Government} said so.", "gov:US:government"},
		{"{O Kazakhstan's Ministry of the Interior} said so.", "gov:KZ:ministry-of-interior"},
		{"{O Russian Railways} said so.", "nil:organization:russian-railways"},
		{"{O Foreign Ministry} said so.", "nil:organization:foreign-ministry"},
	} {
		d := linked(t, tagger, Article{Body: c.text})
		if got := d.entities[0].ID; got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}
