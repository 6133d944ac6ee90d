package source

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

func person(id, name, country string, prior float64, title string) gazetteer.Entry {
	return gazetteer.Entry{ID: gazetteer.ID(id), Type: gazetteer.Person, Kind: gazetteer.Politician, Name: name,
		Country: country, Prior: prior, Roles: []gazetteer.Role{{Title: title}}, Source: id}
}

func org(id, name, country string, kind gazetteer.Kind) gazetteer.Entry {
	return gazetteer.Entry{ID: gazetteer.ID(id), Type: gazetteer.Organization, Kind: kind, Name: name, Country: country, Source: id}
}

func TestPoolJoins(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b gazetteer.Entry
		want string // the ids left
	}{
		{"same id", org("Q1", "Acme", "US", "company"), org("Q1", "Acme Ltd", "US", "bank"), "Q1"},
		{"same name, country and sort", org("ror:1", "Kabul University", "AF", "university"), org("Q2", "Kabul University", "AF", "institute"), "Q2"},
		{"diacritics", org("Q1", "Universität Wien", "AT", "university"), org("hipo:x", "Universitat Wien", "AT", "university"), "Q1"},
		{"two items are two", org("Q1", "Progress Party", "NO", "party"), org("Q2", "Progress Party", "NO", "party"), "Q1 Q2"},
		{"another country", org("a:1", "Progress Party", "NO", "party"), org("a:2", "Progress Party", "DK", "party"), "a:1 a:2"},
		{"another sort", org("a:1", "Fatah", "PS", "party"), org("a:2", "Fatah", "PS", "company"), "a:1 a:2"},
		{"leaders of one country", person("Q1", "Emomali Rahmon", "TJ", 0.5, "President"), person("fb:1", "Emomali Rahmon", "TJ", 0.5, "President"), "Q1"},
		{"people by name alone", person("Q1", "John Smith", "US", 0.2, "mayor"), person("x:1", "John Smith", "GB", 0.5, "Minister"), "Q1 x:1"},
		{"a legislator is no minister", person("Q1", "Li Wei", "CN", 0.2, "deputy"), person("x:1", "Li Wei", "CN", 0.5, "Minister"), "Q1 x:1"},
		{"members of Congress", person("Q1", "Rick Santorum", "US", 0.2, "United States senator"), person("bioguide:S1", "Rick Santorum", "US", 0.16, "Senator"), "Q1"},
		{"towns of one name", gazetteer.Entry{ID: "gn:1", Type: gazetteer.Place, Kind: "city", Name: "Reading", Country: "GB"},
			gazetteer.Entry{ID: "gn:2", Type: gazetteer.Place, Kind: "city", Name: "Reading", Country: "GB"}, "gn:1 gn:2"},
		{"geography that is a country", gazetteer.Entry{ID: "Q664", Type: gazetteer.Place, Kind: gazetteer.Country, Name: "New Zealand", Country: "NZ"},
			gazetteer.Entry{ID: "wn:1", Type: gazetteer.Place, Kind: gazetteer.Geography, Name: "New Zealand"}, "Q664"},
		{"a fragment is no name", org("a:1", "Acme", "US", "company"), org("a:2", "current name disputed)", "US", "company"), "a:1"},
	} {
		p := newPool()
		for _, e := range []gazetteer.Entry{c.a, c.b} {
			if err := p.add(e); err != nil {
				t.Fatal(err)
			}
		}
		var ids []string
		for _, e := range p.order {
			ids = append(ids, string(e.ID))
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: left %s, want %s", c.name, got, c.want)
		}
	}
}

func TestOverlayPrevails(t *testing.T) {
	p := newPool()
	iea := org("igo:iea", "International Energy Agency", "", gazetteer.IGO)
	iea.Aliases = []gazetteer.Alias{{Name: "IEA", Flags: gazetteer.Acronym}, {Name: "Energy Agency"}}
	if err := p.add(iea); err != nil {
		t.Fatal(err)
	}
	c, err := ParseCurated("x", strings.NewReader(`[ORG igo]
International Energy Agency | !?IEA; -Energy Agency; World Energy Agency | FR | 0.6 | Q826700
[ORG government]
Islamic Emirate | !IEA | AF
[stop]
- World Energy Agency
`))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.overlay(c); err != nil {
		t.Fatal(err)
	}
	p.stop(c)
	if len(p.order) != 2 {
		t.Fatalf("%d entries, want 2", len(p.order))
	}
	got, err := EncodeEntry(p.order[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"Q826700","type":"ORGANIZATION","kind":"igo","name":"International Energy Agency",` +
		`"aliases":[{"name":"IEA","flags":["acronym","needs_context"]}],"country":"FR","prior":0.6,"source":"igo:iea; curated"}`
	if string(got) != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if id := p.order[1].ID; id != "dl:islamic-emirate.af" {
		t.Errorf("the new entry has the id %s, want dl:islamic-emirate.af", id)
	}
}

func TestGuard(t *testing.T) {
	n := names{given: map[string]int{"florence": 9}, family: map[string]int{"santos": 40}}
	const small = 0.3
	for _, c := range []struct {
		e    gazetteer.Entry
		want gazetteer.AliasFlags
	}{
		{gazetteer.Entry{Type: gazetteer.Place, Kind: "city", Name: "Nice", Prior: 0.4}, gazetteer.CaseSensitive | gazetteer.NeedsContext},
		{gazetteer.Entry{Type: gazetteer.Place, Kind: "city", Name: "Santos", Prior: small}, gazetteer.NeedsContext},
		{gazetteer.Entry{Type: gazetteer.Place, Kind: "city", Name: "Kandahar", Prior: small}, 0},
		{gazetteer.Entry{Type: gazetteer.Place, Kind: gazetteer.Country, Name: "Turkey", Prior: 0.8}, 0},
		{gazetteer.Entry{Type: gazetteer.Organization, Kind: "company", Name: "BP1", Prior: small}, gazetteer.CaseSensitive | gazetteer.NeedsContext},
		{gazetteer.Entry{Type: gazetteer.Organization, Kind: "government", Name: "Local Food Service", Prior: 0.2}, gazetteer.CaseSensitive},
	} {
		if got := risk(&c.e, c.e.Name, n); got != c.want {
			t.Errorf("%s: flags %b, want %b", c.e.Name, got, c.want)
		}
	}
}

func TestCleaning(t *testing.T) {
	for name, want := range map[string]string{
		"ASML Holding N.V.": "ASML Holding", "Ford Motor Company": "Ford Motor", "Minda Corporation Limited": "Minda",
		"Inc": "Inc", "Johnson & Johnson": "Johnson & Johnson", "Rohto Pharmaceutical Co.,Ltd.": "Rohto Pharmaceutical Co.,Ltd.",
	} {
		if got := withoutLegalForm(name); got != want {
			t.Errorf("withoutLegalForm(%q) = %q, want %q", name, got, want)
		}
	}
	for _, s := range []string{"", "a", "prior to 15 August 2021)", "see: note", "Dyer-Ball)", "50%/50", " Kabul", "123"} {
		if plausibleName(s) {
			t.Errorf("%q passes as a name", s)
		}
	}
	for s, want := range map[string]string{
		"; Chargé d’Affaires Colleen Anne Hoey": "Colleen Anne Hoey", "Dr. Abdullah Abdullah": "Abdullah Abdullah",
	} {
		if got := leaderName(s); got != want {
			t.Errorf("leaderName(%q) = %q, want %q", s, got, want)
		}
	}
}
