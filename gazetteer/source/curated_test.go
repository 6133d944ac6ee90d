package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/gazetteer"
)

const curatedText = `
# comment
[ORG government]
Islamic Emirate of Afghanistan | Islamic Emirate; !?IEA; -Emirate | AF | 0.5 # and another
  when IEA: outlet-country AF, PK; text-has Taliban, Kabul; from 2021-08-15; weight 4
  role Government | AF | 2021-08-15 |
  parent Q889
  at 34.5, 69.2
[LOC country TJ]
Tajikistan | ^Tajik; ~Tadzhikistan | | | Q863
[stop]
- Deal
[title]
- Gen.
[gone]
- fd:x
`

func TestParseCurated(t *testing.T) {
	c, err := ParseCurated("x.names", strings.NewReader(curatedText))
	if err != nil {
		t.Fatal(err)
	}
	want := &Curated{
		Entries: []CuratedEntry{
			{
				At: "x.names:4", Without: []string{"Emirate"}, HasPrior: true,
				Entry: gazetteer.Entry{
					Type: gazetteer.Organization, Kind: "government", Name: "Islamic Emirate of Afghanistan",
					Aliases: []gazetteer.Alias{{Name: "Islamic Emirate"}, {Name: "IEA", Flags: gazetteer.Acronym | gazetteer.NeedsContext}},
					Country: "AF", Prior: 0.5, Point: &gazetteer.Point{Lat: 34.5, Lon: 69.2},
					Roles:   []gazetteer.Role{{Title: "Government", Country: "AF", From: date("2021-08-15")}},
					Parents: []gazetteer.ID{"Q889"},
					When: []gazetteer.Condition{{Alias: "IEA", OutletCountry: []string{"AF", "PK"},
						TextHas: []string{"Taliban", "Kabul"}, From: date("2021-08-15"), Weight: 4}},
				},
			},
			{
				At: "x.names:10",
				Entry: gazetteer.Entry{
					ID: "Q863", Type: gazetteer.Place, Kind: "country", Name: "Tajikistan", Country: "TJ", Prior: 0.8,
					Aliases: []gazetteer.Alias{{Name: "Tajik", Flags: gazetteer.Demonym}, {Name: "Tadzhikistan", Flags: gazetteer.Former}},
				},
			},
		},
		Stop: []string{"Deal"}, Titles: []string{"Gen."}, Gone: []gazetteer.ID{"fd:x"},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseCuratedErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Kabul", "x.names:1: \"Kabul\" stands before the first [header]"},
		{"[PLACE city]", "want [PER|ORG|LOC kind COUNTRY]"},
		{"[LOC city]\nKabul | a | AF | 2", "x.names:2: prior: got \"2\", want a number from 0 to 1"},
		{"[LOC city]\nKabul | a | Afghanistan", "country: got \"Afghanistan\""},
		{"[LOC city]\na|b|c|d|e|f", "6 columns, want at most 5"},
		{"[LOC city]\n  parent Q1", "stands below no entry"},
		{"[LOC city]\nKabul\n  sees Q1", "x.names:3: unknown field \"sees\""},
		{"[LOC city]\nKabul\n  when IEA outlet-country AF", "want an alias, a colon"},
		{"[LOC city]\nKabul\n  when Kabul: moon full", "unknown condition \"moon\""},
		{"[LOC city]\nKabul\n  when Kabul: from yesterday", "date: got \"yesterday\""},
		{"[LOC city]\nKabul\n  role Mayor | AF | soon", "role Mayor: date: got \"soon\""},
		{"[LOC city]\nKabul\n  at the river", "want latitude, longitude"},
	} {
		_, err := ParseCurated("x.names", strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	c, err := ReadCurated(fstest.MapFS{"a.names": {Data: []byte(`[ORG company]
Target Corporation | Target | US
Acme | ACME | US
  when ACM: outlet-country US
  when Acme: weight 2
  when Acme: outlet-country usa; from 2002-01-01; to 2001-01-01
Acme | | US
[PER person]
Ann Smith | Smith; =Ann; Deal
[stop]
- Deal
`)}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range c.Check() {
		got = append(got, f.At+": "+f.Text)
	}
	want := []string{
		`a.names:2: Target Corporation: "Target" is a common word: mark it = and ?`,
		`a.names:3: Acme: condition on "ACM", which is no name of it`,
		`a.names:3: Acme: condition on "Acme" asks for nothing`,
		`a.names:3: Acme: condition on "Acme" ends 2001-01-01, before it begins 2002-01-01`,
		`a.names:3: Acme: condition on "Acme": outlet-country "usa" is no ISO 3166-1 code`,
		`a.names:7: Acme: stands at a.names:3 already`,
		`a.names:9: Ann Smith: "Smith" is a single word of a person's name: mark it = or ?`,
		`a.names:9: Ann Smith: "Deal" is a stop-name and never matches`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
