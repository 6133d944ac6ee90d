package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// Bodies of state are composed, not listed: a head that every country has and
// the country that stands beside it.
//
//	Ministry of Defense of Tajikistan     head "of" country: one name
//	Russia's Security Council             country's head
//	the Kazakh parliament                 demonym head
//	Ministry of Foreign Affairs           bare: the country that the article implies
//
// In the second and third form the country keeps its own mention and the head
// is the name of the body.

// body is a body of state as the text names it.
type body struct {
	head  head
	topic string    // of a ministry: "foreign affairs"
	where text.Span // the country's name or demonym, empty for a bare head
}

// head is a kind of body that every country has.
type head struct {
	words string // as written, in lower case
	name  string // as the composed entity is called; ids are made of it
	kind  gazetteer.Kind
	small bool // also written without capitals, beside a country's name
}

// heads are tried longest first.
var heads = []head{
	{"ministry of", "Ministry", "ministry", true},
	{"foreign ministry", "Ministry of Foreign Affairs", "ministry", true},
	{"ministry", "", "ministry", true}, // of what stands before it: defence ministry
	{"parliament", "Parliament", "parliament", true},
	{"national assembly", "National Assembly", "parliament", false},
	{"central bank", "Central Bank", "central bank", true},
	{"national bank", "National Bank", "central bank", false},
	{"police", "Police", "police", false},
	{"national police", "Police", "police", true},
	{"supreme court", "Supreme Court", "court", true},
	{"constitutional court", "Constitutional Court", "court", true},
	{"supreme national security council", "Supreme National Security Council", "government", true},
	{"national security council", "National Security Council", "government", true},
	{"security council", "Security Council", "government", true},
	{"central election commission", "Central Election Commission", "government", true},
	{"armed forces", "Armed Forces", "armed forces", false},
	{"air force", "Air Force", "armed forces", false},
	{"government", "Government", "government", false},
	{"army", "Army", "armed forces", false},
	{"navy", "Navy", "armed forces", false},
	{"border guard service", "Border Guard", "armed forces", false},
	{"border guard", "Border Guard", "armed forces", false},
	{"border guards", "Border Guard", "armed forces", false},
}

// headsByWord leads from the first word of a head to the heads that start with
// it, the longest first.
var headsByWord = func() map[string][]head {
	m := make(map[string][]head)
	for _, h := range heads {
		first, _, _ := strings.Cut(h.words, " ")
		m[first] = append(m[first], h)
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b head) int { return len(b.words) - len(a.words) })
	}
	return m
}()

// ministryTopics are the words that stand before "ministry", with the official
// name of what they mean.
var ministryTopics = map[string]string{
	"foreign": "foreign affairs", "defence": "defense", "defense": "defense",
	"interior": "interior", "finance": "finance", "health": "health", "justice": "justice",
	"education": "education", "energy": "energy", "economy": "economy", "economic": "economy",
	"agriculture": "agriculture", "transport": "transport", "trade": "trade",
	"commerce": "commerce", "culture": "culture", "information": "information",
	"labor": "labor", "labour": "labor", "environment": "environment", "oil": "oil",
	"tourism": "tourism", "sports": "sports", "industry": "industry",
}

// sameTopics brings the names of a ministry's field to one spelling.
var sameTopics = map[string]string{
	"defence": "defense", "national defence": "defense", "national defense": "defense",
	"internal affairs": "interior", "interior affairs": "interior", "the interior": "interior",
	"labour": "labor", "foreign relations": "foreign affairs", "external affairs": "foreign affairs",
	"public health": "health",
}

func sameTopic(topic string) string {
	if same, ok := sameTopics[topic]; ok {
		return same
	}
	return topic
}

// proposeBodies proposes the bodies of state that the text names.
func (t *Tagger) proposeBodies(d *document) {
	for i := 0; i < len(d.tokens); i++ {
		for _, h := range headsByWord[strings.ToLower(d.tokens[i].Of(d.text))] {
			if m, last, ok := t.readBody(d, h, i); ok {
				d.proposed = append(d.proposed, m)
				i = last
				break
			}
		}
	}
}

// readBody reads a body whose head starts at token i, and returns the index of
// its last token.
func (t *Tagger) readBody(d *document, h head, i int) (m mention, last int, ok bool) {
	first := i
	last, ok = d.matchWords(i, h.words)
	if !ok {
		return m, 0, false
	}
	b := body{head: h}
	switch h.words {
	case "ministry of":
		b.topic, last = d.topicAfter(last + 1)
	case "ministry":
		b.topic, first = d.topicBefore(i)
	}
	if h.kind == "ministry" && b.topic == "" && h.words != "foreign ministry" {
		return m, 0, false
	}
	var end int
	if b.where, end, ok = t.countryAfter(d, last+1); !ok {
		end = last
		b.where, ok = t.countryBefore(d, first)
	}
	if !ok && (d.capitalBefore(first) || !d.bareBody(first, last)) {
		return m, 0, false
	}
	if !h.small && !d.capitals(first, last) || h.small && !ok && !d.capitals(first, last) {
		return m, 0, false
	}
	d.bodies = append(d.bodies, b)
	span := text.Span{Start: d.tokens[first].Start, End: d.tokens[end].End}
	return mention{
		span: span, typ: OrganizationMention, confidence: bodyConfidence, reason: ByGrammar, body: len(d.bodies),
		bearers: t.find(span.Of(d.text)),
	}, end, true
}

// bodyConfidence is how sure it is that words which make a body name one.
const bodyConfidence = 0.85

// matchWords reports whether the words stand at token i, and where they end.
func (d *document) matchWords(i int, words string) (last int, ok bool) {
	for w := range strings.FieldsSeq(words) {
		if i >= len(d.tokens) || !strings.EqualFold(d.tokens[i].Of(d.text), w) {
			return 0, false
		}
		i++
	}
	return i - 1, true
}

// topicAfter reads the field of a ministry from token i on: capitalized words,
// joined by commas and "and".
func (d *document) topicAfter(i int) (topic string, last int) {
	var words []string
	last = i - 1
	for ; i < len(d.tokens) && len(words) < 8; i++ {
		w := d.tokens[i].Of(d.text)
		joins := w == "and" || w == "," || w == "&" || w == "the"
		if strings.Contains(d.text[d.tokens[i-1].End:d.tokens[i].Start], "\n") || !joins && !isCapital(w) {
			break
		}
		words = append(words, strings.ToLower(w))
		if !joins {
			last = i
			topic = strings.ReplaceAll(strings.Join(words, " "), " ,", ",")
		}
	}
	return sameTopic(topic), last
}

// topicBefore reads the field of a ministry from the word before token i.
func (d *document) topicBefore(i int) (topic string, first int) {
	if i == 0 || d.text[d.tokens[i-1].End:d.tokens[i].Start] != " " {
		return "", i
	}
	return ministryTopics[strings.ToLower(d.tokens[i-1].Of(d.text))], i - 1
}

// countryAfter reads "of Tajikistan" from token i on.
func (t *Tagger) countryAfter(d *document, i int) (where text.Span, last int, ok bool) {
	if i+1 >= len(d.tokens) || d.tokens[i].Of(d.text) != "of" {
		return where, 0, false
	}
	if d.tokens[i+1].Of(d.text) == "the" {
		i++
	}
	for k := d.firstNameFrom(d.tokens[min(i+1, len(d.tokens)-1)].Start); k < len(d.names); k++ {
		n := d.names[k]
		if n.Span.Start != d.tokens[min(i+1, len(d.tokens)-1)].Start {
			break
		}
		if _, ok := t.countryNamed(n, false); ok {
			return n.Span, d.tokenAt(n.Span.End - 1), true
		}
	}
	return where, 0, false
}

// countryBefore reads "Russia's" or "Kazakh" before token i.
func (t *Tagger) countryBefore(d *document, i int) (where text.Span, ok bool) {
	end := d.tokens[i].Start
	before := strings.TrimRight(d.text[:end], " ")
	if len(before) == end || len(before) == 0 {
		return where, false
	}
	bare := trimPossessive(before)
	possessive := len(bare) < len(before)
	for _, names := range [...][]gazetteer.Match{d.names, d.beginnings} {
		for k := firstFrom(names, max(0, len(bare)-maxCountryName)); k < len(names) && names[k].Span.Start < len(bare); k++ {
			n := names[k]
			if n.Span.End != len(bare) && n.Span.End != len(before) {
				continue
			}
			if _, ok := t.countryNamed(n, !possessive); ok {
				return n.Span, true
			}
		}
	}
	return where, false
}

// maxCountryName is longer than any country's name, in bytes.
const maxCountryName = 64

// countryNamed is the best known country that a name may mean. Beside a head
// without "of" or 's stands a demonym, or a name that is no region's too:
// "Pakistan Army", but not "Georgia Supreme Court".
func (t *Tagger) countryNamed(n gazetteer.Match, adjective bool) (gazetteer.Head, bool) {
	var best gazetteer.Head
	for _, b := range t.gazetteer.Bearers(nil, n) {
		h := t.gazetteer.Head(b.Ref)
		demonym := b.Flags&gazetteer.Demonym != 0
		switch {
		case adjective && h.Kind == gazetteer.Admin1 && !demonym:
			return best, false
		case h.Kind != gazetteer.Country || demonym && !adjective:
			continue
		}
		if best.ID == "" || h.Prior > best.Prior {
			best = h
		}
	}
	return best, best.ID != ""
}

// capitals reports whether all words but the small ones have capitals.
func (d *document) capitals(first, last int) bool {
	for _, token := range d.tokens[first : last+1] {
		w := token.Of(d.text)
		if !isCapital(w) && !functionWords[w] && w != "," {
			return false
		}
	}
	return true
}

// bareBody reports whether a head may name a body without its country: in
// capitals, and of more than one word.
func (d *document) bareBody(first, last int) bool { return last > first && d.capitals(first, last) }

// capitalBefore reports whether the word right before token i has a capital,
// as in "Texas Supreme Court".
func (d *document) capitalBefore(i int) bool {
	if i == 0 || d.startsSentence(i) {
		return false
	}
	gap := d.text[d.tokens[i-1].End:d.tokens[i].Start]
	w := d.tokens[i-1].Of(d.text)
	return gap == " " && (isCapital(w) && !functionWords[strings.ToLower(w)] || w == "'s" || w == "’s") || gap == "" && strings.HasSuffix(w, "-")
}
