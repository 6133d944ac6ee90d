package tagger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// smallWorld is a gazetteer of the names that have more than one bearer, and
// of what tells them apart.
func smallWorld(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	var b gazetteer.Builder
	add := func(e gazetteer.Entry) {
		if err := b.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	country := func(id gazetteer.ID, iso, name string, prior float64, others ...string) {
		e := gazetteer.Entry{ID: id, Type: gazetteer.Place, Kind: gazetteer.Country, Name: name, Country: iso, Prior: prior}
		for _, o := range others {
			a := gazetteer.Alias{Name: strings.TrimPrefix(o, "^")}
			if a.Name != o {
				a.Flags = gazetteer.Demonym
			}
			e.Aliases = append(e.Aliases, a)
		}
		add(e)
	}
	place := func(id gazetteer.ID, kind gazetteer.Kind, name, iso string, prior float64, parents ...gazetteer.ID) {
		add(gazetteer.Entry{ID: id, Type: gazetteer.Place, Kind: kind, Name: name, Country: iso, Prior: prior, Parents: parents})
	}
	organization := func(id gazetteer.ID, kind gazetteer.Kind, name, acronym, iso string, prior float64, when ...gazetteer.Condition) {
		add(gazetteer.Entry{ID: id, Type: gazetteer.Organization, Kind: kind, Name: name, Country: iso, Prior: prior, When: when,
			Aliases: []gazetteer.Alias{{Name: acronym, Flags: gazetteer.Acronym}}})
	}
	person := func(id gazetteer.ID, name, iso string, prior float64, role string, from, to int) {
		r := gazetteer.Role{Title: role, Country: iso, From: day(from, 3, 1)}
		if to != 0 {
			r.To = day(to, 3, 1)
		}
		add(gazetteer.Entry{ID: id, Type: gazetteer.Person, Kind: gazetteer.Politician, Name: name, Country: iso, Prior: prior, Roles: []gazetteer.Role{r}})
	}
	country("Q889", "AF", "Afghanistan", 0.8, "^Afghan", "^Afghans")
	country("Q863", "TJ", "Tajikistan", 0.7, "^Tajik", "^Tajiks")
	country("Q232", "KZ", "Kazakhstan", 0.75, "^Kazakh")
	country("Q159", "RU", "Russia", 0.95, "^Russian")
	country("Q230", "GE", "Georgia", 0.7, "^Georgian")
	country("Q30", "US", "United States", 1, "US", "^American")
	country("Q810", "JO", "Jordan", 0.7, "^Jordanian")
	country("Q974", "CD", "Democratic Republic of the Congo", 0.75, "Congo", "DR Congo", "^Congolese")
	country("Q971", "CG", "Republic of the Congo", 0.6, "Congo", "Congo-Brazzaville", "^Congolese")
	country("Q884", "KR", "South Korea", 0.85, "Korea", "^Korean", "^South Korean")
	country("Q423", "KP", "North Korea", 0.8, "Korea", "^Korean", "^North Korean")
	place("Q1428", gazetteer.Admin1, "Georgia", "US", 0.34, "Q30")
	place("Q1223", gazetteer.Admin1, "Washington", "US", 0.34, "Q30")
	place("Q61", gazetteer.Capital, "Washington", "US", 0.75, "Q30")
	place("Q23556", gazetteer.City, "Atlanta", "US", 0.45, "Q1428", "Q30")
	place("Q5083", gazetteer.City, "Seattle", "US", 0.45, "Q1223", "Q30")
	place("Q994", gazetteer.Capital, "Tbilisi", "GE", 0.6, "Q230")
	place("Q3838", gazetteer.Capital, "Kinshasa", "CD", 0.6, "Q974")
	place("Q3844", gazetteer.Capital, "Brazzaville", "CG", 0.5, "Q971")
	place("Q8684", gazetteer.Capital, "Seoul", "KR", 0.7, "Q884")
	place("Q18808", gazetteer.Capital, "Pyongyang", "KP", 0.6, "Q423")
	place("Q80045", gazetteer.City, "Santos", "BR", 0.4)
	organization("dl:iea-af", gazetteer.Government, "Islamic Emirate of Afghanistan", "IEA", "AF", 0.5,
		gazetteer.Condition{Alias: "IEA", TextHas: []string{"Taliban", "Kabul", "Islamic Emirate"}, Weight: 2})
	organization("Q826700", gazetteer.IGO, "International Energy Agency", "IEA", "FR", 0.6)
	organization("Q318693", gazetteer.IGO, "Collective Security Treaty Organization", "CSTO", "", 0.6)
	organization("ror:csto", gazetteer.Government, "Centre for Science and Technology Outreach", "CSTO", "GH", 0.2)
	for _, iso := range []string{"RU", "KZ", "BR"} {
		organization("party:"+gazetteer.ID(iso), gazetteer.Party, "People's Party", "PP", iso, 0.35)
	}
	person("Q57405", "Juan Manuel Santos", "CO", 0.7, "President", 2010, 2018)
	person("Q21512", "Li Keqiang", "CN", 0.7, "Premier", 2013, 2023)
	person("Q7328", "Li Qiang", "CN", 0.7, "Premier", 2023, 0)
	person("Q41421", "Michael Jordan", "US", 0.2, "Member of the Senate of Utah", 1990, 1994)
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// linked runs coreference and linking over a text with marks (see marked), and
// lists the first mention of each name with its entity.
func linked(t testing.TB, tagger *Tagger, a Article) *document {
	t.Helper()
	d := marked(t, a.Body)
	d.article = a
	d.names = tagger.gazetteer.Match(nil, d.text)
	for i := range d.mentions {
		d.mentions[i].bearers = tagger.find(trimPossessive(d.of(&d.mentions[i])))
	}
	for _, stage := range []func() error{
		func() error { return tagger.coref(t.Context(), d) },
		func() error { return tagger.link(t.Context(), d) },
		func() error { return tagger.locate(t.Context(), d) },
	} {
		if err := stage(); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestLink(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t)})
	for _, c := range []struct {
		name   string
		source string
		year   int
		text   string // the entity of the first mention is wanted
		want   gazetteer.ID
	}{
		{"IEA in an Afghan outlet", "ariananews.af", 2025, "The {O IEA} has said so.", "dl:iea-af"},
		{"IEA beside its own words", "reuters.com", 2025, "The {O IEA} said in Kabul that the Taliban agreed.", "dl:iea-af"},
		{"IEA on the oil market", "reuters.com", 2025, "The {O IEA} cut its forecast of demand for oil.", "Q826700"},
		{"IEA spelled out", "ariananews.af", 2025, "{O IEA} data: the {O International Energy Agency} said so.", "Q826700"},
		{"CSTO by prominence", "", 0, "{O CSTO} members met.", "Q318693"},
		{"CSTO in an outlet of Ghana, spelled out", "graphic.com.gh", 0,
			"The {O Collective Security Treaty Organization} ({O CSTO}) met.", "Q318693"},
		{"Georgia beside Tbilisi", "", 0, "{L Georgia} votes. In {L Tbilisi} crowds gathered.", "Q230"},
		{"Georgia beside Atlanta", "", 0, "{L Georgia} votes. In {L Atlanta} crowds gathered.", "Q1428"},
		{"Georgia by itself", "", 0, "{L Georgia} votes.", "Q230"},
		{"Georgia beside its peer", "ajc.com", 0, "{L Georgia} and the {L United States} differ.", "Q230"},
		{"Georgia qualifies Atlanta", "", 0, "{L Georgia} is meant: {L Atlanta}, {L Georgia}, that is.", "Q1428"},
		{"Atlanta in Georgia", "", 0, "{L Georgia}: the {L Atlanta} in {L Georgia}, that is.", "Q1428"},
		{"Georgia state", "", 0, "{L Georgia} state officials voted.", "Q1428"},
		{"Washington imposes sanctions", "", 0, "{L Washington} imposed sanctions on {L Russia}.", "Q61"},
		{"Washington state", "", 0, "{L Washington} state burns.", "Q1223"},
		{"the state of Washington", "", 0, "The state of {L Washington} burns.", "Q1223"},
		{"Seattle, Washington", "", 0, "{L Washington}! In {L Seattle}, {L Washington}, it rains.", "Q1223"},
		{"Washington the man", "", 0, "{P Washington} crossed the river, for {P George Washington} was bold.", "nil:person:george-washington"},
		{"Jordan the country", "", 0, "{L Jordan} closed its border with {L Russia}.", "Q810"},
		{"Jordan the man", "", 0, "{P Jordan} scored. {P DeAndre Jordan} left.", "nil:person:deandre-jordan"},
		{"a player is not the senator of his name", "", 2020, "{P Michael Jordan} scored in {L Tbilisi}.", "nil:person:michael-jordan"},
		{"the senator of that name", "", 1992, "{P Michael Jordan}, a member of the Senate of Utah, spoke in the {L United States}.", "Q41421"},
		{"Congo and Kinshasa", "", 0, "{L Congo} votes. {L Kinshasa} is calm.", "Q974"},
		{"Congo and Brazzaville", "", 0, "{L Congo} votes. {L Brazzaville} is calm.", "Q971"},
		{"Congolese in Brazzaville", "", 0, "{D Congolese} troops. {L Brazzaville} is calm.", "Q971"},
		{"Korea and Seoul", "", 0, "{L Korea} grows. {L Seoul} is calm.", "Q884"},
		{"Korean and Pyongyang", "", 0, "{D Korean} missiles. {L Pyongyang} is calm. {L Pyongyang} boasts.", "Q423"},
		{"Korea by itself", "", 0, "{L Korea} grows.", "Q884"},
		{"Santos the president", "", 2016, "{P Santos} signed. President {P Juan Manuel Santos} smiled.", "Q57405"},
		{"Santos the port", "", 2016, "Ships wait in {L Santos}.", "Q80045"},
		{"Santos alone is nobody known", "", 2016, "{P Santos} signed.", "nil:person:santos"},
		{"Li Qiang", "", 2024, "Premier {P Li} spoke. {P Li Qiang} is premier.", "Q7328"},
		{"Li Keqiang", "", 2020, "Premier {P Li} spoke. {P Li Keqiang} is premier.", "Q21512"},
		{"a party of three countries is none of them", "", 0, "The {O People's Party} won.", "nil:organization:peoples-party"},
		{"but the one whose country the article is about", "", 0, "The {O People's Party} won in {L Russia}.", "party:RU"},
		{"Li alone is nobody known", "", 2020, "{P Li} spoke.", "nil:person:li"},
	} {
		a := Article{Body: c.text, Source: c.source}
		if c.year != 0 {
			a.PublishTime = day(c.year, 6, 1)
		}
		d := linked(t, tagger, a)
		if e := d.entities[d.chains[d.mentions[0].chain].entity]; e.ID != c.want {
			t.Errorf("%s: got %s (%s, %.2f), want %s", c.name, e.ID, e.Name, e.Confidence, c.want)
		}
	}
}

func TestLinkExplains(t *testing.T) {
	tagger := newTagger(t, Options{Gazetteer: smallWorld(t), Candidates: true})
	d := linked(t, tagger, Article{Body: "The {O IEA} has said so.", Source: "ariananews.af"})
	var got strings.Builder
	sum := float32(0)
	for _, c := range d.entities[0].Candidates {
		fmt.Fprintf(&got, "%s: %s\n", c.ID, strings.Join(c.Reasons, ", "))
		sum += c.Score
	}
	want := `dl:iea-af: prior +2.5, type agrees +1.3, outlet country AF +0.8, acronym of the outlet's country AF +1.2
Q826700: prior +3.0, type agrees +1.3
nil: organizations that no gazetteer knows +1.2, acronyms that no gazetteer knows +1.5
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the probabilities add up to %v, want 1", sum)
	}
}

func TestNilID(t *testing.T) {
	long := strings.Repeat("Very ", 40)
	for _, c := range []struct {
		typ  gazetteer.Type
		name string
		want gazetteer.ID
	}{
		{gazetteer.Person, "Natalia Kharitonova", "nil:person:natalia-kharitonova"},
		{gazetteer.Person, "Mrs. NATALIA  Kharitonova’s", "nil:person:natalia-kharitonova"},
		{gazetteer.Person, "Kassym-Jomart Tokayev", "nil:person:kassym-jomart-tokayev"},
		{gazetteer.Person, "José d’Ávila Jr.", "nil:person:jose-davila"},
		{gazetteer.Organization, "The Institute of Oriental Studies", "nil:organization:institute-of-oriental-studies"},
		{gazetteer.Organization, "AT&T", "nil:organization:at-t"},
		{gazetteer.Place, "Душанбе", "nil:place:душанбе"},
		{gazetteer.Organization, "!?", "nil:organization:-92c34329"},
		{gazetteer.Organization, long, "nil:organization:" + gazetteer.ID(strings.Repeat("very-", 15)[:71]) + "-2083eb85"},
	} {
		if got := nilID(c.typ, c.name); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
