package tagger

import (
	"math"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// clue is one circumstance that speaks for or against a reading.
type clue uint8

// The clues. Those of relation and of casing are 1 or 0, one of each group at
// most; the groups leave out their commonest member.
const (
	bias clue = iota
	aPerson
	anOrganization
	aDemonym
	demonymInside // of a name of the recognizer
	twoWords      // two and more
	moreWords     // how many over two
	byPrior       // of the likeliest bearer, 0…1
	eminent       // the prior is that of a country, a great city, a well-known body
	anAcronym     // flags of the gazetteer
	aCompany      // the likeliest bearer is a company, whose names are often words
	distinct      // it is a newspaper, a broadcaster or an armed group: their names are little else
	needsContext
	commonWord   //
	capitalsOnly // a single word in capitals
	bodyForm     // an organization with a word such as Court or Library at its head
	insideForm   // of something with the form of an organization's name
	insideBody   // of a name of the recognizer that has one
	opens        // a single word that opens a sentence
	capitalLeft  // the word before has a capital too, within the sentence
	capitalRight // the word after has
	inTitleCase  // stands in a headline
	inUpperCase  // stands in a sentence of capitals
	unseen       // a name of the gazetteer that no recognizer could have found as it stands
	placed       // a comma and the name of a country or region follow: Santos, Brazil
	inSmall      // a well-known name in small letters
	afterTitle   // a person behind a title: Prime Minister May

	// How it stands to names of the other source.
	itAgrees
	itDiffers
	itIsInside
	itIsAround
	itCrosses
	// The log odds of the recognizer's name, in each of these relations.
	oddsAlone
	oddsAgrees
	oddsDiffers
	oddsInside
	oddsAround
	oddsCrosses
	numClues
)

// clues are the clues of one reading, or the weight of each in log odds.
type clues [numClues]float64

// probability is the probability of a reading with these clues by the weights
// c: a logistic regression.
func (c *clues) probability(of *clues) float32 {
	var x float64
	for i := range c {
		x += c[i] * of[i]
	}
	return float32(1 / (1 + math.Exp(-x)))
}

// relate notes a relation to a name of the other source, odds being those of
// the recognizer's name.
func (c *clues) relate(r relation, odds float64) {
	if r != alone {
		c[itAgrees+clue(r-agrees)] = 1
	}
	c[oddsAlone+clue(r)] = odds
}

// logit is the log odds of a probability, kept within ±5.
func logit(p float32) float64 {
	q := min(max(float64(p), 0.0067), 0.9933)
	return math.Log(q / (1 - q))
}

// formClues are the clues of how and where a mention is written.
func (e *evidence) formClues(m *mention) *clues {
	c := &clues{bias: 1}
	name := m.span.Of(e.text)
	words := 1 + strings.Count(name, " ")
	c[twoWords] = truth(words > 1)
	c[moreWords] = float64(min(max(words-2, 0), 5))
	c[capitalsOnly] = truth(words == 1 && len(name) > 1 && isCapitals(name))
	k := e.sentenceAt(m.span.Start)
	c[opens] = truth(words == 1 && m.span.Start == e.sentenceSpan(k).Start)
	if e.casings[k] == plainCase {
		c[capitalLeft], c[capitalRight] = e.neighbours(m.span, k)
	}
	c[inTitleCase] = truth(e.casings[k] == titleCase)
	c[inUpperCase] = truth(e.casings[k] == upperCase)
	c[aPerson] = truth(m.typ == PersonMention)
	c[afterTitle] = truth(m.typ == PersonMention && e.followsTitle(m.span))
	c[anOrganization] = truth(m.typ == OrganizationMention)
	c[aDemonym] = truth(m.typ == DemonymMention)
	c[insideForm] = truth(e.insideForm(m.span))
	c[bodyForm] = truth(m.typ == OrganizationMention && words > 1 && hasBodyWord(name))
	return c
}

// followsTitle reports whether the word before a span is a title.
func (e *evidence) followsTitle(s text.Span) bool {
	first := e.tokenAt(s.Start)
	if first == 0 || !e.joined(first-1, first) {
		return false
	}
	before := e.tokens[first-1].Of(e.text)
	return isCapital(before) && (honorificWord(before) || jobWords[fold(before)])
}

// neighbours reports, 1 or 0, whether the words on both sides of a span in
// sentence k have capitals, as if the span were part of a longer name. The
// word that opens a sentence has one anyway.
func (e *evidence) neighbours(s text.Span, k int) (left, right float64) {
	sentence := e.sentences[k]
	first, after := e.tokenAt(s.Start), e.tokenAt(s.End)
	if first-1 > sentence.First {
		left = truth(isCapital(e.tokens[first-1].Of(e.text)))
	}
	if after < sentence.Last && e.tokens[after].Start >= s.End {
		right = truth(isCapital(e.tokens[after].Of(e.text)))
	}
	return left, right
}

// nameClues are the clues of a gazetteer name with its likeliest bearer, rival
// being a name of the recognizer that it overlaps, if any.
func (e *evidence) nameClues(m *mention, flags gazetteer.AliasFlags, likeliest gazetteer.Head, rel relation, rival *found) *clues {
	c := e.formClues(m)
	c[byPrior] = likeliest.Prior
	c[eminent] = truth(likeliest.Prior >= 0.6)
	c[aCompany] = truth(likeliest.Kind == gazetteer.Company)
	c[distinct] = truth(likeliest.Kind == gazetteer.Media || likeliest.Kind == gazetteer.Militant)
	c[anAcronym] = truth(flags&gazetteer.Acronym != 0)
	c[needsContext] = truth(flags&gazetteer.NeedsContext != 0)
	c[commonWord] = truth(flags&gazetteer.CaseSensitive != 0)
	c[unseen] = truth(rel == alone && (!e.recognized || e.insideWord(m.span)))
	c[placed] = truth(m.typ == PlaceMention && e.placed(m.span))
	c[inSmall] = truth(!hasCapital(m.span.Of(e.text)))
	c[demonymInside] = truth(m.typ == DemonymMention && rel == inside)
	if rel == inside && rival.typ == OrganizationMention {
		c[insideBody] = truth(hasBodyWord(rival.span.Of(e.text)))
	}
	if rival != nil {
		c.relate(rel, logit(rival.confidence))
	}
	return c
}

// insideWord reports whether a span begins or ends inside a token, the rest of
// which has a capital too: "US" of "US-China", not of "US-led".
func (e *evidence) insideWord(s text.Span) bool {
	first, last := e.tokens[e.tokenAt(s.Start)], e.tokens[e.tokenAt(s.End-1)]
	return first.Start < s.Start && hasCapital(e.text[first.Start:s.Start]) ||
		s.End < last.End && hasCapital(e.text[s.End:last.End])
}

// placed reports whether a comma and the gazetteer's name of a country or a
// part of one follow a span.
func (e *evidence) placed(s text.Span) bool {
	if !strings.HasPrefix(e.text[s.End:], ", ") {
		return false
	}
	k := e.firstNameFrom(s.End + 2)
	return k < len(e.names) && e.names[k].Span.Start == s.End+2 && e.gazetteer.Lists(e.names[k])&(gazetteer.CountryName|gazetteer.RegionName) != 0
}

// foundClues are the clues of a name of the recognizer, names being those of
// the gazetteer from the first that may overlap it.
func (e *evidence) foundClues(m *mention, odds float64, names []gazetteer.Match) *clues {
	c := e.formClues(m)
	rel := alone
	for _, n := range names {
		if n.Span.Start >= m.span.End {
			break
		}
		r := relate(m.span, m.typ, found{span: n.Span})
		if r == crosses {
			r = relate(m.span, m.typ, found{span: e.withoutThe(n.Span)})
		}
		if rel == alone || r == inside || r == differs {
			rel = r
		}
	}
	c.relate(rel, odds)
	return c
}

// hasBodyWord reports whether a name has a word that only organizations have,
// at its end or before "of".
func hasBodyWord(name string) bool {
	head, _, _ := strings.Cut(name, " of ")
	return bodyWords[head[strings.LastIndexByte(head, ' ')+1:]] || bodyWords[name[strings.LastIndexByte(name, ' ')+1:]]
}

// bodyWords are the words at the heads of names of organizations.
var bodyWords = wordSet(`Academy Administration Agency Airlines Airways Alliance Army Assembly Association
	Authority Bank Board Bulletin Bureau Center Centre Chamber Church Club Coalition College Commission
	Committee Community Company Confederation Conference Congress Corp Corp. Corporation Council Court Daily
	Department Directorate Energy Federation Force Forces Forum Foundation Front Fund Government Group Herald
	Hospital Inc Inc. Industries Initiative Institute Institution Journal Library Ltd Ltd. Ministry
	Mission Movement Museum News Office Organisation Organization Parliament Party Post Press Programme Project
	School Secretariat Senate Service Services Society Standards Star Studies Telegraph Times Tribunal Tribune
	Trust Union University`)

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// nameWeights weigh the clues of gazetteer names. They are a logistic
// regression on the dev sets of EWT, GUM and WNUT (TestFitClues), rounded, and
// set by hand where those have too few cases; demonyms, which no corpus marks,
// all by hand.
var nameWeights = clues{
	bias: -2.3, anOrganization: -0.2, aDemonym: 3.5, demonymInside: -4, twoWords: 0.1, moreWords: 0.1, byPrior: 2.8,
	eminent: -0.4, anAcronym: -0.7, aCompany: -0.1, distinct: 0.2, needsContext: -0.3, commonWord: 0.5,
	capitalsOnly: 0.6, bodyForm: 0.9, insideForm: -1.7, insideBody: 0.7, opens: -0.2, capitalLeft: -1.2,
	capitalRight: -0.8, inTitleCase: -0.2, inUpperCase: -0.5, unseen: 1.5, placed: 0.7, inSmall: 2.5, afterTitle: 1,
	itAgrees: 1.2, itDiffers: 0.6, itIsInside: -0.4, itIsAround: 0.4, itCrosses: -0.8, oddsAgrees: 1,
	oddsDiffers: -0.5, oddsInside: -0.7, oddsAround: -0.7, oddsCrosses: -0.8,
}

// foundWeights weigh the clues of the recognizer's names, in the same way.
var foundWeights = clues{
	bias: 0.1, aPerson: -0.3, anOrganization: -0.1, twoWords: 0.2, moreWords: -0.1, bodyForm: 0.3, insideForm: -1.2,
	capitalLeft: -0.6, capitalRight: -0.1, inTitleCase: -0.4, inUpperCase: 0.3, afterTitle: 1, itDiffers: 0.2, itIsInside: -1,
	itIsAround: -0.2, itCrosses: -1.2, oddsAlone: 1, oddsDiffers: 0.8, oddsInside: 1.4, oddsAround: 1, oddsCrosses: 0.1,
}
