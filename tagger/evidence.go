package tagger

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// evidence is all that the gazetteer and the recognizer say about a document,
// as readings with their probabilities.
type evidence struct {
	*document
	gazetteer *gazetteer.Gazetteer
	readings  []mention
	casings   []casing // by sentence
	agreed    []bool   // by name of the recognizer: the gazetteer offers the same
	bearers   []gazetteer.Bearer
}

func gatherEvidence(t *Tagger, d *document) *evidence {
	e := &evidence{document: d, gazetteer: t.gazetteer}
	e.readings = make([]mention, 0, len(d.names)+len(d.found))
	e.casings = make([]casing, len(d.sentences))
	for i, s := range d.sentences {
		e.casings[i] = d.casingOf(s)
	}
	e.agreed = make([]bool, len(d.found))
	e.readNames()
	e.readFound()
	e.readProposed()
	return e
}

// readProposed offers the names that the rest of the article gives away.
func (e *evidence) readProposed() {
	for _, m := range e.proposed {
		if !e.furniture[e.sentenceAt(m.span.Start)] {
			e.readings = append(e.readings, m)
		}
	}
}

// relation is how a gazetteer name stands to the recognizer's names.
type relation uint8

const (
	alone   relation = iota // touches none
	agrees                  // same span, same type
	differs                 // same span, other type
	inside                  // part of a longer one
	around                  // longer than those it covers
	crosses                 // overlaps one in part
)

// relate compares a span with a name of the recognizer that it overlaps.
func relate(s text.Span, typ MentionType, f found) relation {
	switch {
	case s == f.span && typ == f.typ:
		return agrees
	case s == f.span:
		return differs
	case f.span.Contains(s):
		return inside
	case s.Contains(f.span):
		return around
	}
	return crosses
}

// readNames turns every gazetteer name into a reading.
func (e *evidence) readNames() {
	next := 0 // first name of the recognizer that may still overlap
	for _, m := range e.names {
		for next < len(e.found) && e.found[next].span.End <= m.Span.Start {
			next++
		}
		var rival *found
		if next < len(e.found) && e.found[next].span.Overlaps(m.Span) {
			rival = &e.found[next]
		}
		if e.readName(m, rival) == agrees {
			e.agreed[next] = true
		}
	}
}

// readName turns a gazetteer name into a reading, rival being the first name
// of the recognizer that it overlaps, and returns how the two stand.
func (e *evidence) readName(m gazetteer.Match, rival *found) relation {
	if e.partOfCompound(m.Span) {
		return alone
	}
	first := len(e.bearers)
	e.bearers = e.gazetteer.Bearers(e.bearers, m)
	bearers := e.bearers[first:len(e.bearers):len(e.bearers)]
	typ, prior := e.likeliest(bearers, rival, m.Span)
	if typ == NoMention {
		return alone
	}
	r := mention{span: m.Span, typ: typ, reason: ByGazetteer, bearers: bearers}
	rel := alone
	if rival != nil {
		rel = relate(m.Span, typ, *rival)
	}
	if rel == agrees {
		r.reason = ByBoth
	}
	r.confidence = e.trust(m, typ, prior, rel, rival)
	e.readings = append(e.readings, r)
	return rel
}

// partOfCompound reports whether a span is one half of a word with a hyphen
// whose other half is no name of the gazetteer but has a capital too, as in a
// double name. "Tajik-Afghan" has two halves that are names, "Paris-based" one
// that needs none.
func (e *evidence) partOfCompound(s text.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(e.text[:s.Start])
	if before == '-' && s.Start >= 2 {
		r, _ := utf8.DecodeLastRuneInString(e.text[:s.Start-1])
		if unicode.IsLetter(r) && !e.nameEndsAt(s.Start-1) && e.capitalBefore(s.Start-1) {
			return true
		}
	}
	after, size := utf8.DecodeRuneInString(e.text[s.End:])
	if after != '-' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(e.text[s.End+size:])
	return unicode.IsUpper(r) && !e.nameStartsAt(s.End+size)
}

// capitalBefore reports whether the word that ends at byte i has a capital.
func (e *evidence) capitalBefore(i int) bool {
	start := strings.LastIndexAny(e.text[max(0, i-64):i], " \n-") + max(0, i-64) + 1
	return isCapital(e.text[start:i])
}

func (e *evidence) nameStartsAt(i int) bool {
	k := e.firstNameFrom(i)
	return k < len(e.names) && e.names[k].Span.Start == i
}

// nameEndsAt looks at the few names that start shortly before byte i.
func (e *evidence) nameEndsAt(i int) bool {
	for k := e.firstNameFrom(i - 64); k < len(e.names) && e.names[k].Span.Start < i; k++ {
		if e.names[k].Span.End == i {
			return true
		}
	}
	return false
}

// firstNameFrom is the index of the first name that starts at byte i or later.
func (d *document) firstNameFrom(i int) int {
	lo, hi := 0, len(d.names)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.names[mid].Span.Start < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// likeliest is the type by which to read a name and the highest prior among
// the bearers of that type: the recognizer's type where a bearer has it, else
// the type of the bearer with the highest prior.
func (e *evidence) likeliest(bearers []gazetteer.Bearer, rival *found, s text.Span) (MentionType, float64) {
	var best [DemonymMention + 1]float64
	typ := NoMention
	for _, b := range bearers {
		h := e.gazetteer.Head(b.Ref)
		t := mentionTypeOf(h.Type, b.Flags)
		best[t] = max(best[t], h.Prior+1e-9)
		if typ == NoMention || best[t] > best[typ] {
			typ = t
		}
	}
	if rival != nil && rival.span == s && best[rival.typ] > 0 && best[DemonymMention] == 0 {
		typ = rival.typ
	}
	return typ, best[typ]
}

// trust is the probability that a gazetteer name is a mention of the type.
func (e *evidence) trust(m gazetteer.Match, typ MentionType, prior float64, rel relation, rival *found) float32 {
	name := m.Span.Of(e.text)
	words := 1 + strings.Count(name, " ")
	x := trustWeights.bias + trustWeights.prior*prior + trustWeights.types[typ]
	if words > 1 {
		x += trustWeights.twoWords + trustWeights.moreWords*float64(words-2)
	}
	if m.Flags&gazetteer.Acronym != 0 {
		x += trustWeights.acronym
	}
	if m.Flags&gazetteer.NeedsContext != 0 {
		x += trustWeights.needsContext
	}
	if m.Flags&gazetteer.CaseSensitive != 0 {
		x += trustWeights.commonWord
	}
	k := e.sentenceAt(m.Span.Start)
	if words == 1 && m.Span.Start == e.sentenceSpan(k).Start {
		x += trustWeights.opens
	}
	x += trustWeights.casing[e.casings[k]] + trustWeights.relation[rel]
	if rival != nil {
		x += trustWeights.rival[rel] * logit(float64(rival.confidence))
	}
	return sigmoid(x)
}

// trustWeights are the log odds that each circumstance adds.
var trustWeights = struct {
	bias, prior, twoWords, moreWords  float64
	acronym, needsContext, commonWord float64
	opens                             float64
	types                             [DemonymMention + 1]float64
	casing                            [3]float64
	relation                          [crosses + 1]float64
	rival                             [crosses + 1]float64 // times the log odds of the recognizer's name
}{
	bias: 0.3, prior: 2, twoWords: 1.5, moreWords: 0.5,
	acronym: 0.3, needsContext: -2.5, commonWord: -1, opens: -0.7,
	types:    [...]float64{PersonMention: -1, DemonymMention: 2},
	casing:   [...]float64{titleCase: -0.5, upperCase: -1},
	relation: [...]float64{alone: -0.5, agrees: 2.5, differs: -0.5, inside: -2, around: 1, crosses: -0.5},
	rival:    [...]float64{agrees: 0.5, differs: -0.7, inside: -0.7, crosses: -0.5},
}

// readFound turns every name of the recognizer that the gazetteer does not
// agree with into a reading.
func (e *evidence) readFound() {
	next := 0 // first gazetteer name that may still overlap
	for i, f := range e.found {
		for next < len(e.names) && e.names[next].Span.End <= f.span.Start {
			next++
		}
		if e.agreed[i] {
			continue
		}
		e.readings = append(e.readings, mention{
			span: f.span, typ: f.typ, reason: ByRecognizer,
			confidence: e.doubt(f, e.names[next:]),
		})
	}
}

// doubt is the probability of a recognizer's name in the light of the
// gazetteer's names from the first that may overlap it.
func (e *evidence) doubt(f found, names []gazetteer.Match) float32 {
	x := doubtWeights.bias + doubtWeights.confidence*logit(float64(f.confidence)) + doubtWeights.types[f.typ]
	rel := alone
	for _, m := range names {
		if m.Span.Start >= f.span.End {
			break
		}
		switch r := relate(f.span, f.typ, found{span: m.Span}); {
		case r == alone || !m.Span.Overlaps(f.span):
		case rel == alone || r == inside || r == differs:
			rel = r
		}
	}
	x += doubtWeights.relation[rel]
	x += doubtWeights.casing[e.casings[e.sentenceAt(f.span.Start)]]
	return sigmoid(x)
}

// doubtWeights are the log odds that each circumstance adds.
var doubtWeights = struct {
	bias, confidence float64 // of the log odds of the recognizer
	types            [DemonymMention + 1]float64
	relation         [crosses + 1]float64
	casing           [3]float64
}{
	confidence: 1,
	relation:   [...]float64{differs: -1.5, inside: -1.5, crosses: -0.5},
}

func logit(p float64) float64 {
	p = min(max(p, 0.001), 0.999)
	return math.Log(p / (1 - p))
}

func sigmoid(x float64) float32 { return float32(1 / (1 + math.Exp(-x))) }

// mentionTypeOf is the type of a mention of an entry by a name with flags.
func mentionTypeOf(t gazetteer.Type, flags gazetteer.AliasFlags) MentionType {
	if flags&gazetteer.Demonym != 0 {
		return DemonymMention
	}
	switch t {
	case gazetteer.Person:
		return PersonMention
	case gazetteer.Organization:
		return OrganizationMention
	case gazetteer.Place:
		return PlaceMention
	}
	return NoMention
}
