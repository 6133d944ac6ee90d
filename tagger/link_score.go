package tagger

import (
	"math"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// score is a sum of log odds.
type score struct {
	sum     float64
	reasons []string // kept when the caller asked for candidates
}

// linkWeights are the log odds that each kind of evidence adds to a candidate.
// They were set by hand on the development texts of `dateline eval link`; the
// temperature, sharper and surer are those of a grid with the least log loss on
// half of gum-open-coref-el, and docs/linking.md tells that of the other half.
var linkWeights = weights{
	prior:           5,
	rightType:       1.5,
	wrongType:       -4,
	canonical:       0.7,
	former:          -0.8,
	needsContext:    -1.5,
	secondName:      2.5,
	onlyShort:       -2.5,
	longName:        3,
	outlet:          0.8,
	acronymOutlet:   1.2,
	focus:           2.5,
	foreign:         -1.5,
	foreignBody:     -6,
	qualifier:       4,
	misplaced:       -6,
	contained:       2,
	kindWord:        3,
	peer:            2,
	inOffice:        0.7,
	titled:          2,
	formerOffice:    -0.7,
	otherOffice:     -3,
	bareName:        -3,
	listedName:      -1,
	longPersonName:  1,
	nilPerson:       2.4,
	nilBarePerson:   1.2,
	nilOrganization: 1.2,
	nilPlace:        0.8,
	nilAcronym:      1.5,
	temperature:     0.8,
	sharper:         0.6,
	surer:           1.2,
}

type weights struct {
	prior        float64 // times the entry's prior, 0…1
	rightType    float64 // times how sure the recognizer is
	wrongType    float64
	canonical    float64 // the name is the entry's own
	former       float64
	needsContext float64

	secondName float64 // the chain has another name of the entry
	onlyShort  float64 // the entry does not bear the fullest name of the chain
	longName   float64 // of an acronym or a bare name: another chain has the whole

	outlet        float64 // the outlet's country is the entry's
	acronymOutlet float64 // the same, of an acronym, on top
	focus         float64 // times the share of the entry's country in the article
	foreign       float64 // no place of the entry's country is named, others are
	foreignBody   float64 // the same, of a name that bodies of several countries bear

	qualifier float64 // "Atlanta, Georgia", either way
	misplaced float64 // "Vienna, Va." of the Austrian one
	contained float64 // the article names other places of the region
	kindWord  float64 // "Georgia state"
	peer      float64 // "Georgia and Armenia"

	inOffice       float64
	titled         float64 // the text gives the title of the office
	formerOffice   float64
	otherOffice    float64 // of a namesake who holds the office that the text names
	bareName       float64 // a person by one word
	listedName     float64 // the same, a word that is listed as the name of somebody well known
	longPersonName float64 // a person by three

	nilPerson       float64 // of "none of them"
	nilBarePerson   float64 // the same by one word, of which people are seldom called at first
	nilOrganization float64
	nilPlace        float64
	nilAcronym      float64

	temperature float64 // scores are divided by it

	sharper, surer float64 // log odds of a link made: factor and summand
}

// scoreAll scores the candidates in l.rival and returns the score of "none of
// them".
func (l *linker) scoreAll(c *chain) score {
	m := &l.mentions[c.fullest]
	l.shared = l.gazetteer != nil && l.national(l.of(m), m.bearers)
	for i := range l.rival {
		r := &l.rival[i]
		l.scoreName(r, m)
		l.scoreSetting(r, c)
		l.scoreNeighbours(r, c)
		if r.head.Type == gazetteer.Person {
			l.scorePerson(r, c)
		}
	}
	return l.nilScore(m)
}

// scoreName weighs how well entry and name fit each other.
func (l *linker) scoreName(r *candidate, m *mention) {
	w := &linkWeights
	l.add(&r.score, w.prior*r.head.Prior, "prior")
	switch {
	case m.typ == DemonymMention:
	case mentionTypeOf(r.head.Type, 0) == m.typ:
		l.add(&r.score, w.rightType*typeTrust(m), "type agrees")
	default:
		l.add(&r.score, w.wrongType*typeTrust(m)*l.doubt(m, r), "type differs")
	}
	if r.flags&gazetteer.Canonical != 0 {
		l.add(&r.score, w.canonical, "its usual name")
	}
	if r.flags&gazetteer.Former != 0 {
		l.add(&r.score, w.former, "a former name")
	}
	if r.flags&gazetteer.NeedsContext != 0 && !l.atHome(r) {
		l.add(&r.score, w.needsContext, "a name that needs context")
	}
	if r.names > 1 {
		l.add(&r.score, w.secondName, "bears another name used here")
	}
	if !r.fullest {
		l.add(&r.score, w.onlyShort, "bears only a shorter name used here")
	}
}

// doubt is what is left of the recognizer's word where it gives another type to
// the whole name of a body: of one word, all it saw were its letters (Xiaomi,
// a person?); of several, chance is no likely reason that they are the name of
// one body and no other's (Reserve Bank of Australia, a place?). Names of places
// are family names too often.
func (l *linker) doubt(m *mention, r *candidate) float64 {
	const oneWord, manyWords = 0.5, 0.35
	switch {
	case r.head.Type != gazetteer.Organization || r.flags&gazetteer.Canonical == 0 || r.flags&(gazetteer.NeedsContext|gazetteer.CaseSensitive) != 0:
		return 1
	case strings.IndexByte(l.of(m), ' ') < 0:
		return oneWord
	case l.unmistakable(r, m):
		return manyWords
	}
	return 1
}

// typeTrust is how much the type of a mention says: little where it was taken
// from the gazetteer itself.
func typeTrust(m *mention) float64 {
	if m.reason == ByGazetteer {
		return 0.3
	}
	return float64(m.confidence)
}

// scoreSetting weighs outlet, date, text and the countries of the article.
func (l *linker) scoreSetting(r *candidate, c *chain) {
	w := &linkWeights
	acronym := r.flags&gazetteer.Acronym != 0
	bare := r.head.Type == gazetteer.Person && strings.IndexByte(l.of(&l.mentions[c.fullest]), ' ') < 0
	if k, ok := l.longNames[r.ref]; ok && k != c.fullest && (acronym || bare) {
		l.add(&r.score, w.longName, "named in full in the article")
	}
	if r.head.Country != "" {
		l.scoreCountry(r, &l.mentions[c.fullest], acronym)
	}
	if r.mayHaveConditions(len(l.rival)) {
		l.scoreConditions(r, l.of(&l.mentions[c.fullest]))
	}
}

// scoreCountry weighs the entry's country against those of outlet and article.
func (l *linker) scoreCountry(r *candidate, m *mention, acronym bool) {
	w := &linkWeights
	country := r.head.Country
	if country == l.outlet {
		l.add(&r.score, w.outlet, "outlet country", country)
		if acronym {
			l.add(&r.score, w.acronymOutlet, "acronym of the outlet's country", country)
		}
	}
	if share := l.focus[country]; share > 0 {
		l.add(&r.score, w.focus*share, "article speaks of", country)
	} else if r.head.Type == gazetteer.Organization && l.shared && l.abroad(country) {
		l.add(&r.score, w.foreignBody, "a body of each country is called so, and the article does not speak of", country)
	} else if r.head.Type != gazetteer.Place && len(l.focus) > 0 && country != l.outlet && !l.unmistakable(r, m) {
		weight := w.foreign
		if r.head.Kind == gazetteer.IGO { // its seat is seldom spoken of
			weight /= 2
		}
		l.add(&r.score, weight, "article does not speak of", country)
	}
}

// unmistakable reports whether an entry is the only bearer of a name of several
// words that is its own and that the world knows: the Reserve Bank of Australia
// is no other one in an article about Geneva.
func (l *linker) unmistakable(r *candidate, m *mention) bool {
	const known = 0.3
	return len(l.rival) == 1 && r.head.Prior >= known && r.flags&gazetteer.Canonical != 0 && strings.IndexByte(l.of(m), ' ') > 0
}

// atHome reports whether the article is much about the entry's country, or of
// an outlet there: context enough for a name that needs some.
func (l *linker) atHome(r *candidate) bool {
	country := r.head.Country
	return country != "" && (l.focus[country] >= 0.25 || country == l.outlet)
}

// mayHaveConditions reports whether the whole entry is worth reading: not
// where a name has one bearer that needs no context.
func (r *candidate) mayHaveConditions(rivals int) bool {
	return rivals > 1 || r.flags&(gazetteer.NeedsContext|gazetteer.Acronym) != 0
}

// scoreConditions adds the weight of the curators' conditions that hold.
func (l *linker) scoreConditions(r *candidate, name string) {
	for _, when := range l.gazetteer.Entry(r.ref).When {
		if when.Alias != "" && !strings.EqualFold(when.Alias, name) {
			continue
		}
		if l.holds(when) {
			l.add(&r.score, when.Weight, "condition holds")
		}
	}
}

// nilScore is the score of a name's meaning nothing that the gazetteer holds.
func (l *linker) nilScore(m *mention) score {
	w := &linkWeights
	var s score
	switch m.typ {
	case PersonMention:
		v := w.nilPerson
		if strings.IndexByte(l.of(m), ' ') < 0 && !slices.ContainsFunc(l.rival, isPlace) {
			v = w.nilBarePerson
		}
		l.add(&s, v, "people whom no gazetteer knows")
	case OrganizationMention:
		l.add(&s, w.nilOrganization, "organizations that no gazetteer knows")
	case PlaceMention:
		l.add(&s, w.nilPlace, "places that no gazetteer knows")
	}
	if m.typ != DemonymMention && isAcronym(l.of(m)) {
		l.add(&s, w.nilAcronym, "acronyms that no gazetteer knows")
	}
	return s
}

// calibrate corrects the probability of the candidate that was chosen: who is
// likelier than each rival and than none of them is right more often than the
// share of the odds says. What is left goes to the rivals as before.
func (l *linker) calibrate(best int) {
	p := l.rival[best].prob
	if p <= 0 || p >= 1 {
		return
	}
	odds := linkWeights.sharper*math.Log(p/(1-p)) + linkWeights.surer
	sure := 1 / (1 + math.Exp(-odds))
	for i := range l.rival {
		l.rival[i].prob *= (1 - sure) / (1 - p)
	}
	l.rival[best].prob = sure
}

// isPlace reports candidates whose name may well be a family name.
func isPlace(c candidate) bool { return c.head.Type == gazetteer.Place }

// probabilities turns the scores into probabilities and returns the index of
// the best candidate, -1 when there is none.
func (l *linker) probabilities(none score) (best int) {
	best = -1
	top := none.sum
	for i := range l.rival {
		if s := l.rival[i].score.sum; best < 0 || s > l.rival[best].score.sum {
			best = i
			top = max(top, s)
		}
	}
	t := linkWeights.temperature
	sum := math.Exp((none.sum - top) / t)
	for i := range l.rival {
		l.rival[i].prob = math.Exp((l.rival[i].score.sum - top) / t)
		sum += l.rival[i].prob
	}
	for i := range l.rival {
		l.rival[i].prob /= sum
	}
	return best
}
