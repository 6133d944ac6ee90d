package gazetteer

import (
	"fmt"
	"strings"
	"testing"
)

// testEntries are few names with the traits that matching has to tell apart.
func testEntries() []Entry {
	return []Entry{
		{ID: "Q889", Type: Place, Kind: Country, Name: "Afghanistan", Country: "AF", Prior: 0.8, Point: &Point{33, 65},
			Aliases: []Alias{{"Afghan", Demonym}, {"Afghans", Demonym}}},
		{ID: "Q863", Type: Place, Kind: Country, Name: "Tajikistan", Country: "TJ", Prior: 0.8, Aliases: []Alias{{"Tajik", Demonym}}},
		{ID: "Q159", Type: Place, Kind: Country, Name: "Russia", Country: "RU", Prior: 0.9, Aliases: []Alias{{"Russian", Demonym}}},
		{ID: "Q30", Type: Place, Kind: Country, Name: "United States", Country: "US", Prior: 1, Aliases: []Alias{{"US", Acronym}}},
		{ID: "Q1008", Type: Place, Kind: Country, Name: "Ivory Coast", Country: "CI", Prior: 0.7, Aliases: []Alias{{"Côte d'Ivoire", 0}}},
		{ID: "Q61", Type: Place, Kind: Capital, Name: "Washington", Country: "US", Prior: 0.8, Aliases: []Alias{{"Washington D.C.", 0}}},
		{ID: "gn:1", Type: Place, Kind: City, Name: "Nice", NameFlags: CaseSensitive | NeedsContext, Country: "FR", Prior: 0.4},
		{ID: "gn:2", Type: Place, Kind: City, Name: "St. Petersburg", Country: "RU", Prior: 0.6, Point: &Point{59.9, 30.3}},
		{ID: "Q34490", Type: Organization, Kind: Militant, Name: "al-Qaeda", Prior: 0.6, Aliases: []Alias{{"al-Qaida", 0}}},
		{ID: "Q2429253", Type: Organization, Kind: Militant, Name: "Islamic State", Prior: 0.7,
			Aliases: []Alias{{"Daesh", 0}, {"ISIS", Acronym}, {"IS", Acronym | NeedsContext}}},
		{ID: "Q7184", Type: Organization, Kind: IGO, Name: "North Atlantic Treaty Organization", Prior: 0.8, Aliases: []Alias{{"NATO", Acronym}}},
		{ID: "dl:mfa", Type: Organization, Kind: Government, Name: "Ministry of Foreign Affairs", Prior: 0.4},
		{ID: "Q38076", Type: Organization, Kind: Company, Name: "McDonald's", Prior: 0.5},
		{ID: "Q35476", Type: Organization, Kind: Company, Name: "AT&T", Prior: 0.5},
		{ID: "Q48990", Type: Person, Kind: Politician, Name: "Conan O'Brien", Prior: 0.3},
		{ID: "Q57317", Type: Person, Kind: Politician, Name: "Emomali Rahmon", Country: "TJ", Prior: 0.5,
			Aliases: []Alias{{"Emomalii Rahmon", 0}}},
		{ID: "Q999", Type: Person, Kind: Politician, Name: "Will Young", Prior: 0.2},
	}
}

func testGazetteer(t testing.TB, entries ...Entry) *Gazetteer {
	t.Helper()
	if entries == nil {
		entries = testEntries()
	}
	var b Builder
	for _, e := range entries {
		if err := b.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// show writes matches as "text=ids".
func show(g *Gazetteer, text string) string {
	var out []string
	for _, m := range g.Match(nil, text) {
		var ids []string
		for _, b := range g.Bearers(nil, m) {
			ids = append(ids, string(g.Head(b.Ref).ID))
		}
		out = append(out, fmt.Sprintf("%s=%s", m.Span.Of(text), strings.Join(ids, "+")))
	}
	return strings.Join(out, "; ")
}

func TestMatch(t *testing.T) {
	g := testGazetteer(t)
	for _, c := range []struct{ name, text, want string }{
		{"possessive", "Russia's plan, Russia’s plan", "Russia=Q159; Russia=Q159"},
		{"plural possessive", "the Afghans' plan", "Afghans=Q889"},
		{"hyphenated demonyms", "the Tajik-Afghan border", "Tajik=Q863; Afghan=Q889"},
		{"hyphen in the name", "al-Qaeda, Al Qaeda, AL-QAIDA", "al-Qaeda=Q34490; Al Qaeda=Q34490; AL-QAIDA=Q34490"},
		{"apostrophe in the name", "Conan O’Brien and Conan OBrien", "Conan O’Brien=Q48990; Conan OBrien=Q48990"},
		{"diacritics", "in Cote d'Ivoire and CÔTE D’IVOIRE", "Cote d'Ivoire=Q1008; CÔTE D’IVOIRE=Q1008"},
		{"combining marks", "Co\u0302te d'Ivoire", "Co\u0302te d'Ivoire=Q1008"},
		{"apostrophe left out", "Da’esh, Da'esh, Daesh", "Da’esh=Q2429253; Da'esh=Q2429253; Daesh=Q2429253"},
		{"dotted acronym", "the U.S. and the U.S.-led force", "U.S.=Q30; U.S.=Q30"},
		{"acronym in capitals only", "tell us, Us, US", "US=Q30"},
		{"long acronym as a word", "Nato and Isis, but Is", "Nato=Q7184; Isis=Q2429253"},
		{"common word as written", "Nice, nice and NICE", "Nice=gn:1"},
		{"small letters are no name", "russia and daesh", ""},
		{"name that begins small", "against al-qaeda", "al-qaeda=Q34490"},
		{"longest wins", "North Atlantic Treaty Organization", "North Atlantic Treaty Organization=Q7184"},
		{"organization in small letters", "the Ministry of foreign affairs", "Ministry of foreign affairs=dl:mfa"},
		{"person in small letters", "He said Will young people vote?", ""},
		{"possessive in the name", "a McDonald's, a McDonald’s and Mr McDonald", "McDonald's=Q38076; McDonald’s=Q38076"},
		{"ampersand", "AT&T and AT & T", "AT&T=Q35476; AT & T=Q35476"},
		{"abbreviation", "St. Petersburg, St Petersburg", "St. Petersburg=gn:2; St Petersburg=gn:2"},
		{"comma before initials", "in Washington, D.C., on Monday", "Washington, D.C.=Q61"},
		{"comma parts", "Ivory, Coast", ""},
		{"paragraphs part", "Ivory\n\nCoast; Ivory\nCoast", "Ivory\nCoast=Q1008"},
		{"invisible characters", "Rus\u00adsia, Taji\u200bkistan", "Rus\u00adsia=Q159; Taji\u200bkistan=Q863"},
		{"no part of a word", "Russiagate, Belorussia", ""},
		{"invalid UTF-8", "\xffRussia\xfe \xc3", "Russia=Q159"},
		{"emoji and quotes", "“Russia”🇷🇺‘Tajikistan’", "Russia=Q159; Tajikistan=Q863"},
		{"end of text", "Emomali Rahmon", "Emomali Rahmon=Q57317"},
		{"hashtag", "#Afghanistan @Russia", "Afghanistan=Q889; Russia=Q159"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(g, c.text); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// TestMatchAcrossBlocks has a name at every distance from the borders of the
// blocks that a text is read in, and texts that end at every distance from them.
func TestMatchAcrossBlocks(t *testing.T) {
	longest := "The" + strings.Repeat(" Very", MaxNameWords-2) + " End"
	g := testGazetteer(t, Entry{ID: "x:1", Type: Organization, Name: longest}, Entry{ID: "x:2", Type: Place, Name: "Very"})
	for before := range 3 * blockWords {
		for _, after := range []int{0, 1, blockWords} {
			text := strings.Repeat("word ", before) + longest + strings.Repeat(" word", after)
			matches := g.Match(nil, text)
			if len(matches) != MaxNameWords-1 || matches[0].Span.Of(text) != longest {
				t.Fatalf("%d words before and %d after: got %d matches, want the longest and each Very", before, after, len(matches))
			}
		}
	}
}
