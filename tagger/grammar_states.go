package tagger

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// proposeStates proposes the short forms of states and provinces behind a
// town: "Athens, Ga.", "Portland, OR". Elsewhere most of them are words.
func (t *Tagger) proposeStates(d *document) {
	for i := 0; ; {
		k := strings.Index(d.text[i:], ", ")
		if k < 0 {
			return
		}
		comma := i + k
		i = comma + 2
		short := text.Span{Start: i, End: i + stateLen(d.text[i:])}
		name, ok := stateAbbreviations[short.Of(d.text)]
		if !ok || !d.capitalEndsAt(comma) {
			continue
		}
		state := t.stateCalled(name)
		if len(state) == 0 || !strings.HasSuffix(short.Of(d.text), ".") && !t.townOf(d, comma, state[0]) {
			continue
		}
		d.proposed = append(d.proposed, mention{
			span: short, typ: PlaceMention, confidence: 0.95, reason: ByGrammar, bearers: state,
		})
	}
}

// stateLen is the length of what may be a short form at the start of s: letters
// and dots. A longer word has none.
func stateLen(s string) int {
	const longest = len("Calif.") + 1
	n := 0
	for n < len(s) && n < longest && (s[n] == '.' || wordByte(s[n])) {
		n++
	}
	return n
}

// capitalEndsAt reports whether the word that ends at byte i has a capital.
func (d *document) capitalEndsAt(i int) bool {
	before := d.text[max(0, i-maxWord):i]
	return isCapital(before[strings.LastIndexAny(before, " \n(")+1:])
}

// stateCalled is the state or province of North America with a name.
func (t *Tagger) stateCalled(name string) []gazetteer.Bearer {
	for _, b := range t.find(name) {
		h := t.gazetteer.Head(b.Ref)
		if h.Kind == gazetteer.Admin1 && (h.Country == "US" || h.Country == "CA") {
			return []gazetteer.Bearer{b}
		}
	}
	return nil
}

// townOf reports whether a name that ends at byte i is borne by a place in the
// state: the codes of the post are words in capitals as well.
func (t *Tagger) townOf(d *document, i int, state gazetteer.Bearer) bool {
	id := t.gazetteer.Head(state.Ref).ID
	for k := d.firstNameFrom(i - maxCountryName); k < len(d.names) && d.names[k].Span.Start < i; k++ {
		if d.names[k].Span.End != i {
			continue
		}
		for _, b := range capped(t.gazetteer.Bearers(nil, d.names[k])) {
			if t.within(b.Ref, id) {
				return true
			}
		}
	}
	return false
}

// stateAbbreviations are the short forms of news agencies and those of the
// post.
var stateAbbreviations = func() map[string]string {
	m := make(map[string]string)
	for name, short := range map[string]string{
		"Alabama": "Ala. AL", "Alaska": "AK", "Arizona": "Ariz. AZ", "Arkansas": "Ark. AR",
		"California": "Calif. Cal. CA", "Colorado": "Colo. CO", "Connecticut": "Conn. CT", "Delaware": "Del. DE",
		"Florida": "Fla. FL", "Georgia": "Ga. GA", "Hawaii": "HI", "Idaho": "ID", "Illinois": "Ill. IL",
		"Indiana": "Ind. IN", "Iowa": "IA", "Kansas": "Kan. KS", "Kentucky": "Ky. KY", "Louisiana": "La. LA",
		"Maine": "ME", "Maryland": "Md. MD", "Massachusetts": "Mass. MA", "Michigan": "Mich. MI",
		"Minnesota": "Minn. MN", "Mississippi": "Miss. MS", "Missouri": "Mo. MO", "Montana": "Mont. MT",
		"Nebraska": "Neb. NE", "Nevada": "Nev. NV", "New Hampshire": "N.H. NH", "New Jersey": "N.J. NJ",
		"New Mexico": "N.M. NM", "New York": "N.Y. NY", "North Carolina": "N.C. NC", "North Dakota": "N.D. ND",
		"Ohio": "OH", "Oklahoma": "Okla. OK", "Oregon": "Ore. OR", "Pennsylvania": "Pa. Penn. PA",
		"Rhode Island": "R.I. RI", "South Carolina": "S.C. SC", "South Dakota": "S.D. SD", "Tennessee": "Tenn. TN",
		"Texas": "Tex. TX", "Utah": "UT", "Vermont": "Vt. VT", "Virginia": "Va. VA", "Washington": "Wash. WA",
		"West Virginia": "W.Va. WV", "Wisconsin": "Wis. WI", "Wyoming": "Wyo. WY",
		"Alberta": "Alta. AB", "British Columbia": "B.C. BC", "Manitoba": "Man. MB", "New Brunswick": "N.B. NB",
		"Newfoundland and Labrador": "N.L. NL", "Nova Scotia": "N.S. NS", "Ontario": "Ont. ON", "Quebec": "Que. QC",
		"Saskatchewan": "Sask. SK",
	} {
		for s := range strings.FieldsSeq(short) {
			m[s] = name
		}
	}
	return m
}()
