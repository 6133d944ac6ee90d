package tagger

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// marked makes a document of a text whose mentions are written
// "{P Natalia Kharitonova}": P a person, O an organization, L a place, D a
// demonym, as if the recognizer had found them; l a place that the gazetteer
// knows.
func marked(t testing.TB, s string) *document {
	t.Helper()
	d := &document{}
	types := map[byte]MentionType{'P': PersonMention, 'O': OrganizationMention, 'L': PlaceMention, 'D': DemonymMention}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		d.mentions = append(d.mentions, mention{
			span: text.Span{Start: b.Len(), End: b.Len() + len(name) - 2},
			typ:  types[name[0]], confidence: 0.9, reason: ByRecognizer,
		})
		if name[0] == 'l' {
			m := &d.mentions[len(d.mentions)-1]
			m.typ, m.reason, m.bearers = PlaceMention, ByGazetteer, make([]gazetteer.Bearer, 1)
		}
		b.WriteString(name[2:])
		s = after
	}
	d.text = b.String()
	splitter, err := text.NewSplitter()
	if err != nil {
		t.Fatal(err)
	}
	d.tokens, d.sentences = splitter.Split(d.text)
	d.definitions = definitions(nil, d.text)
	return d
}

// chainsOf lists the chains of a document with their mentions' types and
// names, in the order of the text.
func chainsOf(d *document) string {
	var all []string
	for _, c := range d.chains {
		var names []string
		for _, i := range c.mentions {
			m := &d.mentions[i]
			names = append(names, string("?POLD"[m.typ])+" "+d.of(m))
		}
		all = append(all, strings.Join(names, " = "))
	}
	return strings.Join(all, "\n")
}

func TestCoref(t *testing.T) {
	tagger := newTagger(t, Options{})
	for _, c := range []struct{ name, text, want string }{
		{"surname after the full name",
			"{P Natalia Kharitonova} spoke. {P Kharitonova} told {O Izvestia} so. {O Izvestia} wrote.",
			"P Natalia Kharitonova = P Kharitonova\nO Izvestia = O Izvestia"},
		{"surname before the full name, as in a headline",
			"{P Haqqani}: a government\n{P Sirajuddin Haqqani} spoke.",
			"P Haqqani = P Sirajuddin Haqqani"},
		{"the main figure has the bare surname, relatives are named in full",
			"{P Jared Padalecki} met. {P Padalecki} was born to {P Sherri Padalecki}. {P Padalecki} acted.",
			"P Jared Padalecki = P Padalecki = P Padalecki\nP Sherri Padalecki"},
		{"an honorific tells two of a name apart",
			"Mr. {P Bill Clinton} and Mrs. {P Hillary Clinton} came. Mrs. {P Clinton} spoke.",
			"P Bill Clinton\nP Hillary Clinton = P Clinton"},
		{"given name and family name first",
			"{P Xi Jinping} met {P Boris Johnson}. {P Xi} told {P Boris} so.",
			"P Xi Jinping = P Xi\nP Boris Johnson = P Boris"},
		{"another name that the text tells of",
			"{P Ahmed al-Sharaa}, formerly known as {P Abu Mohammed al-Golani}, spoke. {P Golani} and {P Sharaa} are one.",
			"P Ahmed al-Sharaa = P Abu Mohammed al-Golani = P Golani = P Sharaa"},
		{"a nickname is that of the person right before it",
			"{P Ann Smith} met {P Edson Nascimento}, known as {P Pelé}. {P Pelé} smiled.",
			"P Ann Smith\nP Edson Nascimento = P Pelé = P Pelé"},
		{"of two people, the other name may be of either",
			"{P Ann Smith} and {P Bob Brown} lived for many years in a house by the sea, she by then known as {P Mary Jones}.",
			"P Ann Smith\nP Bob Brown\nP Mary Jones"},
		{"initials and familiar forms",
			"{P Joseph R. Biden Jr.} won. {P Joe Biden} spoke. {P J. Biden} left.",
			"P Joseph R. Biden Jr. = P Joe Biden = P J. Biden"},
		{"an initial that fits two people is neither",
			"{P John Smith} met {P Jane Smith}. {P J. Smith} left.",
			"P John Smith\nP Jane Smith\nP J. Smith"},
		{"a surname mistaken for something else is mended",
			"{P Omar Nessar} spoke. {L Nessar} said no.",
			"P Omar Nessar = P Nessar"},
		{"a place is no surname after a preposition",
			"{P Michael Jordan} went to play in {l Jordan}. {P Jordan} won.",
			"P Michael Jordan = P Jordan\nL Jordan"},
		{"acronym defined in the text",
			"The {O Collective Security Treaty Organization} ({O CSTO}) met. {O CSTO} members left.",
			"O Collective Security Treaty Organization = O CSTO = O CSTO"},
		{"acronym before its expansion",
			"The {O CSTO} met. {O CSTO} ({O Collective Security Treaty Organization}) members left.",
			"O CSTO = O CSTO = O Collective Security Treaty Organization"},
		{"acronym that the text uses without defining it",
			"The {O Tajik Border Relief Fund} pays. {O TBRF} is poor.",
			"O Tajik Border Relief Fund = O TBRF"},
		{"acronym of a foreign name in apposition",
			"The {O Federal Security Service} ({O FSB}) said. {O FSB} agents left.",
			"O Federal Security Service = O FSB = O FSB"},
		{"possessives, accents and articles do not part a name",
			"{O The Guardian}'s man met {P José Santos}. {O Guardian} readers like {P Jose Santos}.",
			"O The Guardian = O Guardian\nP José Santos = P Jose Santos"},
		{"a short form of an organization is left alone",
			"The {O Institute of Oriental Studies} works. The {O Institute} rests.",
			"O Institute of Oriental Studies\nO Institute"},
	} {
		d := marked(t, c.text)
		if err := tagger.coref(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if got := chainsOf(d); got != c.want {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
