package tagger

import (
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
)

// embeddedTagger works with the gazetteer and the model of the binary.
func embeddedTagger(t testing.TB) *Tagger {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	m, err := recognizer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return newTagger(t, Options{Gazetteer: g, Recognizer: m})
}

// TestAmbiguousNames tags whole texts in which a famous name has one of its
// meanings, by outlet, date or context. The name of the wanted entity tells,
// for a reader, more than its id.
func TestAmbiguousNames(t *testing.T) {
	tagger := embeddedTagger(t)
	for _, c := range []struct {
		surface, source, text string
		want                  string // name, kind and country of the entity
	}{
		{"IEA", "ariananews.af", "The IEA said on Monday that schools would open.", "Islamic Emirate of Afghanistan, government AF"},
		{"IEA", "reuters.com", "The IEA said in Kabul on Monday that the Taliban's schools would open.", "Islamic Emirate of Afghanistan, government AF"},
		{"IEA", "reuters.com", "The IEA cut its forecast of oil demand on Monday.", "International Energy Agency, igo FR"},
		{"IEA", "reuters.com", "The IEA published a report on Monday.", "International Energy Agency, igo FR"},
		{"CSTO", "ariananews.af", "The CSTO held exercises near the Tajik border.", "Collective Security Treaty Organization, igo RU"},
		{"CSTO", "", "The Central Sewing Trade Office (CSTO) opened in Leeds on Monday.", "Central Sewing Trade Office,  "},
		{"Georgia", "bbc.co.uk", "Voters in Georgia went to the polls on Saturday. In Tbilisi crowds gathered.", "Georgia, country GE"},
		{"Georgia", "ajc.com", "Voters in Georgia went to the polls on Saturday. In Atlanta, lines were long.", "Georgia, admin1 US"},
		{"Georgia", "", "Leaders of Armenia, Azerbaijan and Georgia met on Saturday.", "Georgia, country GE"},
		{"Washington", "reuters.com", "Washington imposed new sanctions on Iran on Tuesday.", "Washington, D.C., capital US"},
		{"Washington", "seattletimes.com", "Fires burn in the state of Washington, officials in Seattle said.", "Washington, admin1 US"},
		{"Washington", "", "George Washington was born in 1732. Washington loved horses.", "George Washington, politician US"},
		{"Jordan", "jordantimes.com", "Jordan closed its border with Syria on Sunday.", "Jordan, country JO"},
		{"Jordan", "espn.com", "Michael Jordan scored 40 points on Sunday. Jordan said he was happy.", "Michael Jordan, person US"},
		{"Congo", "reuters.com", "Rebels in Congo took Goma on Monday, the government in Kinshasa said.", "Democratic Republic of the Congo, country CD"},
		{"Congo", "reuters.com", "Congo's president won another term on Monday, officials in Brazzaville said.", "Republic of the Congo, country CG"},
		{"Korea", "koreaherald.com", "Exports of Korea rose in May, the bank in Seoul said.", "South Korea, country KR"},
		{"Santos", "", "Juan Manuel Santos won the prize in 2016. Santos thanked the jury.", "Juan Manuel Santos, person CO"},
		{"Santos", "", "Dockers in Santos, Brazil, went on strike on Monday.", "Santos, city BR"},
		{"Washington", "", "Washington and Beijing agreed to a truce, the White House said.", "Washington, D.C., capital US"},
		{"Washington", "", "Officials in Tacoma, Washington, closed the bridge.", "Washington, admin1 US"},
		{"Georgia", "bbc.co.uk", "A shooting at a school in Winder, Georgia, left four dead.", "Georgia, admin1 US"},
		{"Jordan", "", "Jim Jordan, a Republican from Ohio, chairs the committee. Jordan criticized the FBI.", "Jim Jordan, politician US"},
		{"Korea", "", "Kim Jong Un visited a factory near Pyongyang. Korea has tested a missile, KCNA said.", "North Korea, country KP"},
		{"Springfield", "", "Firefighters in Springfield, Ohio, saved the barn.", "Springfield, city US"},
		{"Tripoli", "", "Soldiers went to Tripoli in north Lebanon after shots were fired.", "Tripoli, city LB"},
		{"Francis", "", "In Geneva on Monday, Pope Francis spoke of peace.", "Pope Francis, politician VA"},
		{"Xiaomi", "", "In a statement on Monday, Xiaomi said it would sell cars.", "Xiaomi, company CN"},
		{"Li", "xinhuanet.com", "Premier Li Qiang opened the fair on Monday. Li praised the hosts.", "Li Qiang, politician CN"},
		{"Li", "", "Li Na won the match on Monday. Li thanked her coach.", "Li Na, person CN"},
	} {
		d := newDocument(Article{Body: c.text, Source: c.source, PublishTime: day(2025, 5, 1)})
		if err := tagger.pipeline.run(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		got := "no mention"
		for i := range d.mentions { // the last, for the short form comes after the long
			if m := &d.mentions[i]; trimPossessive(d.of(m)) == c.surface {
				e := d.entities[d.chains[m.chain].entity]
				got = e.Name + ", " + string(e.Kind) + " " + e.Country
			}
		}
		if got != c.want {
			t.Errorf("%s\n%s in %q: got %s, want %s", c.text, c.surface, c.source, got, c.want)
		}
	}
}
