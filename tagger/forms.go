package tagger

import (
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// bodyForms appends the spans that have the form of an organization's name: a
// run of words with capitals that ends in a word such as Court or Library,
// "Aberdeen Grammar School", and where "of" goes on behind it the run after
// that, "Housing Authority of New Orleans". Only sentences whose capitals mark
// names are read.
func (e *evidence) bodyForms(dst []text.Span) []text.Span {
	for k, s := range e.sentences {
		if e.casings[k] != plainCase || e.furniture[k] {
			continue
		}
		for i := s.First; i < s.Last; i++ {
			if bodyWords[e.tokens[i].Of(e.text)] {
				if span, ok := e.bodyForm(s, i); ok {
					dst = append(dst, span)
				}
			}
		}
	}
	return dst
}

// bodyForm is the form around the body word at token i of sentence s.
func (e *evidence) bodyForm(s text.Sentence, i int) (text.Span, bool) {
	first, last := i, i+1
	for first > s.First && e.capitalToken(first-1) {
		first--
	}
	for first < i && outsideForm[fold(e.tokens[first].Of(e.text))] {
		first++
	}
	if first >= i || e.demonymAt(e.tokens[first].Start) || last < s.Last && e.capitalToken(last) {
		return text.Span{}, false
	}
	if to := e.afterOf(s, last); to > last {
		last = to
	}
	if last-first < 3 {
		return text.Span{}, false // "Great Service"
	}
	return text.Span{Start: e.tokens[first].Start, End: e.tokens[last-1].End}, true
}

// demonymAt reports whether a demonym starts at byte i: in "Russian Foreign
// Ministry" it stands outside the name.
func (e *evidence) demonymAt(i int) bool {
	k := e.firstNameFrom(i)
	return k < len(e.names) && e.names[k].Span.Start == i && e.gazetteer.Lists(e.names[k])&gazetteer.DemonymName != 0
}

// formConfidence is how often a form that neither source sees whole is the
// name of an organization: 15 of 35 on the dev sets of EWT and GUM are, and
// most others are no names at all or cut "and" off.
const formConfidence = 0.6

// readForms offers every form as a name.
func (e *evidence) readForms() {
	for _, s := range e.forms {
		e.readings = append(e.readings, mention{span: s, typ: OrganizationMention, confidence: formConfidence, reason: ByGrammar})
	}
}

// insideForm reports whether a span is part of a longer form.
func (e *evidence) insideForm(s text.Span) bool {
	k, _ := slices.BinarySearchFunc(e.forms, s.Start, func(f text.Span, at int) int { return f.End - at - 1 })
	return k < len(e.forms) && e.forms[k] != s && e.forms[k].Contains(s)
}

// afterOf is the end of "of" or "of the" and a run of capitals from token i
// on, or i.
func (e *evidence) afterOf(s text.Sentence, i int) int {
	k := i
	if k < s.Last && e.tokens[k].Of(e.text) == "of" {
		k++
		if k < s.Last && e.tokens[k].Of(e.text) == "the" {
			k++
		}
	}
	if k == i {
		return i
	}
	end := k
	for end < s.Last && e.capitalToken(end) {
		end++
	}
	if end == k {
		return i
	}
	return end
}

// capitalToken reports whether a token is a word with a capital.
// "Funafuti-based" is none of a name.
func (e *evidence) capitalToken(i int) bool {
	word := e.tokens[i].Of(e.text)
	return isCapital(word) && !hasHyphenTail(word)
}

// outsideForm are words that open sentences and titles and are no part of a name.
var outsideForm = wordSet(`the a an in on at for by from as but and our this that his her its their when
	while after before if since although both each every no some many most all`)
