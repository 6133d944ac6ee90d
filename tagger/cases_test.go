package tagger

import (
	"testing"
	"time"

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
		{"EU", "", "Kenya and Uganda welcomed the EU's decision.", "European Union, igo BE"},
		{"UN", "", "The UN said on Monday that Sudan needs food.", "United Nations, igo US"},
		{"Israeli", "", "The Israeli military said on Tuesday that it had struck Sidon.", "Israel, country IL"},
		{"British", "", "The British government said it would appeal.", "United Kingdom, country GB"},
		{"Indian", "", "The Indian army and the German football association have no comment.", "India, country IN"},
		{"parliament", "", "The Israeli parliament voted on Tuesday.", "Knesset, government IL"},
		{"central bank", "", "The Russian central bank cut rates.", "Central Bank of Russia, government RU"},
		{"OPEC", "", "OPEC said on Tuesday that Kenya would not join.", "Organization of the Petroleum Exporting Countries, igo AT"},
		{"CSTO", "", "The CSTO said on Tuesday that the deal between Kenya and Uganda would hold.", "Collective Security Treaty Organization, igo RU"},
		{"Lukashenko", "", "Lukashenko spoke to reporters in Tashkent on Monday, Uzbek officials said.", "Alexander Lukashenko, politician BY"},
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
		{"Washington", "washingtonpost.com", "WASHINGTON — The Senate voted on Tuesday.", "no mention"},
		{"WASHINGTON", "washingtonpost.com", "WASHINGTON — The Senate voted on Tuesday.", "Washington, D.C., capital US"},
		{"Washington", "", "Moscow said that Washington had broken its word.", "Washington, D.C., capital US"},
		{"Washington", "seattletimes.com", "Voters in Washington state will choose a governor, Jay Inslee said.", "Washington, admin1 US"},
		{"Washington", "", "Denzel Washington won the award. Washington thanked his wife.", "Denzel Washington, person US"},
		{"Georgia", "", "Stacey Abrams ran for governor of Georgia.", "Georgia, admin1 US"},
		{"Georgia", "civil.ge", "Georgia will hold local elections in October.", "Georgia, country GE"},
		{"Georgia", "", "Georgia's parliament passed the law on foreign agents despite protests.", "Georgia, country GE"},
		{"Jordan", "", "King Abdullah of Jordan flew to Washington.", "Jordan, country JO"},
		{"Jordan", "petra.gov.jo", "Jordan sent aid to Gaza on Monday.", "Jordan, country JO"},
		{"Congo", "", "Congo-Brazzaville and Gabon trade timber. In Brazzaville, Congo's port workers marched.", "Republic of the Congo, country CG"},
		{"Congo", "radiookapi.net", "The M23 has left Bukavu, Congo's army said.", "Democratic Republic of the Congo, country CD"},
		{"Korea", "yna.co.kr", "Korea will raise its minimum wage next year.", "South Korea, country KR"},
		{"CSTO", "tass.com", "Leaders of the CSTO met in Yerevan.", "Collective Security Treaty Organization, igo RU"},
		{"Labour Party", "", "Peter Obi of the Labour Party said in Abuja that Nigeria needs change.", "Labour Party,  "},
		{"Labour Party", "", "The Labour Party lost seats in London, Keir Starmer said.", "Labour Party, party GB"},
		{"Democratic Party", "", "The Democratic Party chose Elly Schlein as leader, and Italy's government sighed.", "Democratic Party, party IT"},
		{"Republican Party", "", "The Republican Party in Armenia will boycott the vote in Yerevan.", "Republican Party,  "},
		{"Parliament", "", "India's opposition walked out of Parliament in Delhi on Monday.", "Parliament of India, parliament IN"},
		{"Parliament", "", "The European Parliament met in Strasbourg, France. Parliament rejected the pact.", "European Parliament, igo FR"},
		{"Senate", "", "The Senate voted in Manila. The Philippines has 24 senators.", "Senate of the Philippines, parliament PH"},
		{"Senate", "", "The Senate voted in Washington on Monday.", "United States Senate, government US"},
		{"Li", "", "Li Na won the match on Monday. Li thanked her coach.", "Li Na, person CN"},
	} {
		if got := meaningOf(t, tagger, c.surface, Article{Body: c.text, Source: c.source, PublishTime: day(2025, 5, 1)}); got != c.want {
			t.Errorf("%s\n%s in %q: got %s, want %s", c.text, c.surface, c.source, got, c.want)
		}
	}
}

// meaningOf is the entity of the last mention of a name in an article, for the
// short form comes after the long: its name, kind and country.
func meaningOf(t *testing.T, tagger *Tagger, surface string, a Article) string {
	t.Helper()
	d := newDocument(a)
	if err := tagger.pipeline.run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	got := "no mention"
	for i := range d.mentions {
		if m := &d.mentions[i]; trimPossessive(d.of(m)) == surface {
			e := d.entities[d.chains[m.chain].entity]
			got = e.Name + ", " + string(e.Kind) + " " + e.Country
		}
	}
	return got
}

// TestNamesByDate tags texts whose names mean another on another date.
func TestNamesByDate(t *testing.T) {
	tagger := embeddedTagger(t)
	for _, c := range []struct {
		date, surface, source, text string
		want                        string // name, kind and country of the entity
	}{
		{"2020-05-01", "IEA", "tolonews.com", "The IEA published a report on Tuesday.", "International Energy Agency, igo FR"},
		{"2022-05-01", "IEA", "tolonews.com", "The IEA published a report on Tuesday.", "Islamic Emirate of Afghanistan, government AF"},
		{"2022-05-01", "IEA", "reuters.com", "The IEA published a report on Tuesday.", "International Energy Agency, igo FR"},
		{"2015-03-01", "Santos", "bbc.co.uk", "President Santos said that talks with the FARC would go on. Colombia is weary.", "Juan Manuel Santos, person CO"},
		{"2023-03-01", "Santos", "bbc.co.uk", "President Santos said that talks would go on. Colombia is weary.", "Santos,  "},
		{"2015-03-01", "Santos", "bbc.co.uk", "Vice President Santos said that talks would go on. Colombia is weary.", "Santos,  "},
		{"2023-03-01", "Santos", "bbc.co.uk", "Former President Santos said that talks would go on. Colombia is weary.", "Santos,  "},
		{"2015-03-01", "Santos", "bbc.co.uk", "Club president Santos was cheered in Brazil.", "Santos,  "},
		{"2014-03-13", "Li", "reuters.com", "Premier Li said at a news conference that China would fight smog.", "Li Keqiang, politician CN"},
		{"2024-03-13", "Li", "reuters.com", "Premier Li said at a news conference that China would fight smog.", "Li Qiang, politician CN"},
		{"1990-08-02", "Bush", "reuters.com", "President Bush condemned Iraq for its attack on Kuwait.", "George H. W. Bush, politician US"},
		{"2005-08-02", "Bush", "reuters.com", "President Bush said that troops would stay in Iraq.", "George W. Bush, politician US"},
		{"1990-08-02", "George Bush", "reuters.com", "U.S. President George Bush condemned Iraq.", "George H. W. Bush, politician US"},
		{"2005-08-02", "George Bush", "reuters.com", "U.S. President George Bush visited Iraq.", "George W. Bush, politician US"},
		{"2020-05-02", "Johnson", "reuters.com", "Prime Minister Johnson said Britain would ease the lockdown.", "Boris Johnson, politician GB"},
		{"2016-08-02", "May", "reuters.com", "Prime Minister May said Britain would leave the European Union.", "Theresa May, politician GB"},
		{"2016-08-02", "Brown", "reuters.com", "Prime Minister Brown was remembered.", "Brown,  "},
		{"2012-08-02", "Lee", "reuters.com", "South Korean President Lee met Obama in Seoul.", "Lee Myung-bak, politician KR"},
		{"2025-08-02", "Lee", "reuters.com", "South Korean President Lee met Trump in Seoul.", "Lee Jae-myung, politician KR"},
		{"2025-08-02", "Lee", "", "President Lee of the university told students in Ohio to pay.", "Lee,  "},
		{"2014-08-02", "Sharif", "reuters.com", "Pakistan's Prime Minister Sharif visited Qatar.", "Nawaz Sharif, politician PK"},
		{"2022-08-02", "Sharif", "reuters.com", "Pakistan's Prime Minister Sharif visited Qatar.", "Shehbaz Sharif, politician PK"},
		{"1999-06-01", "Kabila", "reuters.com", "President Kabila said Congo would fight on, officials in Kinshasa said.", "Laurent-Désiré Kabila, politician CD"},
		{"2010-06-01", "Kabila", "reuters.com", "President Kabila said Congo would fight on, officials in Kinshasa said.", "Joseph Kabila, politician CD"},
		{"1985-06-01", "Marcos", "reuters.com", "Philippine President Marcos met Reagan.", "Ferdinand Marcos, politician PH"},
		{"2022-07-30", "Marcos", "reuters.com", "Philippine President Marcos met Biden.", "Ferdinand Marcos Jr., politician PH"},
		{"2003-02-10", "Powell", "reuters.com", "Secretary of State Powell addressed the United Nations about Iraq.", "Colin Powell, politician US"},
		{"2021-02-10", "Powell", "reuters.com", "Federal Reserve Chair Powell spoke of prices in the United States.", "Jerome Powell, politician US"},
		{"1997-06-01", "Clinton", "reuters.com", "President Clinton arrived in Paris on Sunday.", "Bill Clinton, politician US"},
		{"2009-06-01", "Clinton", "reuters.com", "Secretary of State Clinton arrived in Islamabad.", "Hillary Clinton, politician US"},
	} {
		date, err := time.Parse(time.DateOnly, c.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := meaningOf(t, tagger, c.surface, Article{Body: c.text, Source: c.source, PublishTime: date}); got != c.want {
			t.Errorf("%s: %s\n%s in %q: got %s, want %s", c.date, c.text, c.surface, c.source, got, c.want)
		}
	}
}
