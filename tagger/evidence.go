package tagger

import (
	"slices"
	"sort"
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
	gazetteer  *gazetteer.Gazetteer
	recognized bool // a recognizer has read the text
	readings   []mention
	beginnings []mention   // readings of what longer names begin with, for where those are not read
	casings    []casing    // by sentence
	forms      []text.Span // what has the form of an organization's name, in order
	agreed     []bool      // by name of the recognizer: the gazetteer offers the same
	bearers    []gazetteer.Bearer
	observe    func(*mention, *clues) // sees every reading, to fit the weights; nil otherwise
}

func gatherEvidence(t *Tagger, d *document, observe func(*mention, *clues)) *evidence {
	e := &evidence{document: d, gazetteer: t.gazetteer, recognized: t.recognizer != nil, observe: observe}
	e.readings = make([]mention, 0, len(d.names)+len(d.found))
	e.casings = make([]casing, len(d.sentences))
	for i, s := range d.sentences {
		e.casings[i] = d.casingOf(s)
	}
	if e.recognized { // form is its business; without it only names of the gazetteer are found
		e.forms = e.bodyForms(nil)
	}
	e.agreed = make([]bool, len(d.found))
	e.readNames()
	e.readBeginnings()
	e.readFound()
	e.readForms()
	e.readProposed()
	return e
}

// readProposed offers the names that the rest of the article gives away. What
// they contain is no name of its own: "Ministry" of a Ministry of Defense.
func (e *evidence) readProposed() {
	slices.SortFunc(e.proposed, func(a, b mention) int { return a.span.Start - b.span.Start })
	e.readings = slices.DeleteFunc(e.readings, func(m mention) bool {
		k := sort.Search(len(e.proposed), func(k int) bool { return e.proposed[k].span.Start > m.span.Start }) - 1
		return k >= 0 && e.proposed[k].span.Contains(m.span) && (e.proposed[k].span != m.span || e.proposed[k].body != 0)
	})
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

// withoutThe is a name of the gazetteer without its article, which may be that
// of a longer name: The National, a newspaper, of the National Center for
// Disaster Prevention.
func (e *evidence) withoutThe(s text.Span) text.Span {
	const article = "the "
	if name := s.Of(e.text); len(name) > len(article) && strings.EqualFold(name[:len(article)], article) {
		s.Start += len(article)
	}
	return s
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
	if e.partOfCompound(m.Span) || e.shoutedWord(m.Span) {
		return alone
	}
	first := len(e.bearers)
	e.bearers = e.gazetteer.Bearers(e.bearers, m)
	bearers := e.bearers[first:len(e.bearers):len(e.bearers)]
	typ, likeliest := e.likeliest(bearers, rival, m.Span)
	if typ == NoMention {
		return alone
	}
	r := mention{span: m.Span, typ: typ, reason: ByGazetteer, bearers: bearers}
	rel := alone
	if rival != nil {
		if rel = relate(m.Span, typ, *rival); rel == crosses {
			rel = relate(e.withoutThe(m.Span), typ, *rival)
		}
	}
	if rel == agrees {
		r.reason = ByBoth
	}
	e.offer(r, &nameWeights, e.nameClues(&r, m.Flags, likeliest, rel, rival))
	return rel
}

// offer adds a reading with its probability by its clues.
func (e *evidence) offer(m mention, weights, c *clues) {
	m.confidence = weights.probability(c)
	e.readings = append(e.readings, m)
	if e.observe != nil {
		e.observe(&m, c)
	}
}

// shoutedWord reports whether a span is a small word of a sentence in capitals
// that happens to spell an acronym: "WHO WANTS TO HELP".
func (e *evidence) shoutedWord(s text.Span) bool {
	return s.Len() <= 4 && shoutedWords[s.Of(e.text)] && e.casings[e.sentenceAt(s.Start)] == upperCase
}

// shoutedWords are the words that a headline in capitals may mean as words.
// US is not among them: there it is the country.
var shoutedWords = wordSet(`ALL AM AN AND ARE AS AT BE BY CAN DO FOR GO HAS HE HER HIM HIS HOW IF IN IS IT
	ITS MAY ME MY NO NOT NOW OF OFF ON ONE OR OUR OUT SHE SO THE TO TOO TWO UP WAS WE WHAT WHEN WHO WHY WILL
	WITH YOU`)

// partOfCompound reports whether a span is one half of a word with a hyphen
// whose other half is no name of the gazetteer but has a capital too, as in a
// double name, or makes an adjective of it: "Paris-based". "Tajik-Afghan" has
// two halves that are names.
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
	return unicode.IsUpper(r) && !e.nameStartsAt(s.End+size) || hasHyphenTail(e.tokens[e.tokenAt(s.End)].Of(e.text))
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
func (d *document) firstNameFrom(i int) int { return firstFrom(d.names, i) }

func firstFrom(names []gazetteer.Match, i int) int {
	k, _ := slices.BinarySearchFunc(names, i, func(m gazetteer.Match, at int) int { return m.Span.Start - at })
	return k
}

// likeliest is the type by which to read a name and the likeliest bearer of
// that type: a demonym always, else the recognizer's type where a bearer has
// it, else the type of the bearer with the highest prior.
func (e *evidence) likeliest(bearers []gazetteer.Bearer, rival *found, s text.Span) (MentionType, gazetteer.Head) {
	var best [DemonymMention + 1]gazetteer.Head
	typ := NoMention
	for _, b := range bearers {
		h := e.gazetteer.Head(b.Ref)
		t := mentionTypeOf(h.Type, b.Flags)
		if best[t].ID == "" || h.Prior > best[t].Prior {
			best[t] = h
		}
		if typ == NoMention || best[t].Prior > best[typ].Prior {
			typ = t
		}
	}
	switch {
	case best[DemonymMention].ID != "":
		typ = DemonymMention
	case rival != nil && rival.span == s && best[rival.typ].ID != "":
		typ = rival.typ
	}
	return typ, best[typ]
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
		r := mention{span: f.span, typ: f.typ, reason: ByRecognizer}
		e.offer(r, &foundWeights, e.foundClues(&r, logit(f.confidence), e.names[next:]))
	}
}

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
