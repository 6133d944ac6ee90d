package tagger

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

func TestLocate(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for _, c := range []struct{ name, text, want string }{
		{"no place, no country", "{P Somebody} spoke.", ""},
		{"demonyms count for their country", "{D Tajik} guards and {D Tajik} cooks; an {D Afghan} driver.", "TJ AF"},
		{"a city counts for its country", "It rains in {L Seattle}, {L Seattle} says. {L Russia} is dry.", "US RU"},
		{"an ambiguous name goes where the others are", "{L Georgia} votes; {L Tbilisi} is calm.", "GE"},
	} {
		d := linked(t, tagger, Article{Body: c.text})
		var got []string
		sum := float32(0)
		for _, f := range d.countries {
			got = append(got, f.Country)
			sum += f.Score
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
		if len(got) > 0 && (sum < 0.9 || sum > 1.001) {
			t.Errorf("%s: the shares add up to %v, want about 1", c.name, sum)
		}
	}
}

func TestHierarchy(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for id, want := range map[gazetteer.ID]string{
		"Q23556": "[Q1428 Q30]", // Atlanta, Georgia, United States
		"Q1428":  "[Q30]",
		"Q30":    "[]",
	} {
		r, ok := tagger.gazetteer.Lookup(id)
		if !ok {
			t.Fatal(id)
		}
		if got := fmt.Sprint(tagger.hierarchy(r)); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
}

func TestOutletCountry(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for source, want := range map[string]string{
		"ariananews.af":               "AF",
		"https://www.bbc.co.uk/news":  "GB",
		"WWW.LEMONDE.FR:443":          "FR",
		"reuters.com":                 "",
		"state.gov":                   "US",
		"start.io":                    "", // anybody's
		"af":                          "",
		"":                            "",
		"user@example.de/path?q=a.af": "DE",
	} {
		if got := tagger.outletCountry(source); got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}
