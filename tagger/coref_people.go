package tagger

import (
	"cmp"
	"slices"
	"strings"
)

// people are the persons whom an article names in full, and the mentions that
// name them, in full or in short.
type people struct {
	document  *document
	wellKnown func(*mention) bool // by its name as it stands: a country, a city
	list      []person
	byWord    map[string][]int // each folded word of a name → the persons who bear it
	parsed    map[string]personName
	who       []int32 // by mention: the person, or none
	short     []bool  // by mention: named in short
}

const nobody = -1

// person is one full name with its standing in the article up to the mention
// being read.
type person struct {
	name    personName
	aliases []personName // other names that the article tells of
	title   string       // honorific before the first full mention, "" when none
	first   int          // mention that first names the person in full
	full    int          // number of full mentions in the whole article
	seen    int          // mentions read so far, full or short
	last    int          // the last of them
}

// At most so many bearers of one word are compared; an article that names
// more Smiths keeps the later ones' short forms apart.
const maxBearers = 24

// newPeople reads the article's people: full names first, then in the order of
// the text the short forms.
func newPeople(d *document, wellKnown func(*mention) bool) *people {
	p := &people{
		document: d, wellKnown: wellKnown,
		byWord: make(map[string][]int),
		parsed: make(map[string]personName),
		who:    make([]int32, len(d.mentions)),
		short:  make([]bool, len(d.mentions)),
	}
	for i := range p.who {
		p.who[i] = nobody
	}
	p.readFull()
	p.readAliases()
	if len(p.list) > 0 {
		p.readShort()
	}
	return p
}

// of is the person whom mention i names, and whether in short.
func (p *people) of(i int) (who int, short, ok bool) {
	return int(p.who[i]), p.short[i], p.who[i] != nobody
}

// parse reads a name once for all its mentions.
func (p *people) parse(name string) personName {
	n, ok := p.parsed[name]
	if !ok {
		n = parsePerson(name)
		p.parsed[name] = n
	}
	return n
}

// readFull gathers the full names, the longest first, so that a variant finds
// the fuller form it belongs to.
func (p *people) readFull() {
	var full []int
	for i := range p.document.mentions {
		m := &p.document.mentions[i]
		if m.typ == PersonMention && p.parse(p.document.of(m)).full() {
			full = append(full, i)
		}
	}
	slices.SortStableFunc(full, func(i, j int) int {
		return cmp.Compare(len(p.nameOf(j).words), len(p.nameOf(i).words))
	})
	byKey := make(map[string]int)
	for _, i := range full {
		name := p.nameOf(i)
		at, ok := byKey[name.key()]
		if !ok {
			at = p.person(name, i)
			byKey[name.key()] = at
		}
		p.who[i] = int32(at)
		who := &p.list[at]
		who.full++
		who.first = min(who.first, i)
	}
}

func (p *people) nameOf(i int) personName {
	return p.parse(p.document.of(&p.document.mentions[i]))
}

// person is the one person whose name this is a variant or a part of, or a new
// one.
func (p *people) person(name personName, first int) int {
	found := nobody
	for _, k := range p.byWord[lastOf(name)] {
		whole := p.list[k].name
		if !whole.variantOf(name) && (len(name.words) < 2 || whole.fit(name) == noFit) {
			continue
		}
		if found != nobody {
			found = nobody // two people fit: neither is it
			break
		}
		found = k
	}
	if found != nobody {
		return found
	}
	p.list = append(p.list, person{name: name, first: first, title: p.document.titleBefore(first), last: nobody})
	p.index(len(p.list)-1, name)
	return len(p.list) - 1
}

func lastOf(n personName) string { return trimArticle(n.words[len(n.words)-1]) }

// index leads from the words of a name to a person who bears it.
func (p *people) index(k int, n personName) {
	for i, w := range n.words {
		w = trimArticle(w)
		if bucket := p.byWord[w]; len(bucket) < maxBearers && !slices.Contains(bucket, k) && (i == 0 || !particles[w]) {
			p.byWord[w] = append(bucket, k)
		}
	}
	if n.nickname != "" {
		p.byWord[n.nickname] = append(p.byWord[n.nickname], k)
	}
}

// readShort goes through the article and gives each short form its person.
func (p *people) readShort() {
	for i := range p.document.mentions {
		if p.who[i] == nobody {
			p.who[i] = int32(p.bearerOf(i))
			p.short[i] = p.who[i] != nobody
		}
		if k := p.who[i]; k != nobody {
			p.list[k].seen++
			p.list[k].last = i
		}
	}
}

// bearerOf is the person whom mention i names in short, or nobody. Among
// several whose name fits equally well the better fit wins (family name before
// given name), then
//
//  1. the one introduced with the title that stands here;
//  2. the one whom the article has named most often so far, since a writer
//     gives the bare surname to the main figure and calls the others in full;
//  3. the one named first.
//
// A short form that comes before every full one, as in headlines, goes to the
// one whom the article names in full most often, then first.
func (p *people) bearerOf(i int) int {
	d := p.document
	m := &d.mentions[i]
	if !mayBeShort(m) {
		return nobody
	}
	short := p.nameOf(i)
	if len(short.words) == 0 {
		return nobody
	}
	bucket := p.byWord[lastOf(short)]
	if len(bucket) == 0 {
		return nobody
	}
	title := d.titleBefore(i)
	if short.gender == anyGender {
		short.gender = honorifics[title]
	}
	best, bestFit := nobody, noFit
	for _, k := range bucket {
		fit := p.list[k].fit(short)
		if fit > bestFit || fit == bestFit && fit != noFit && p.likelier(k, best, title) {
			best, bestFit = k, fit
		}
	}
	if best == nobody || !p.readsAsPerson(i, bestFit, &p.list[best]) {
		return nobody
	}
	return best
}

// mayBeShort reports whether a mention could be the short form of a person's
// name: it names a person, or something of one word.
func mayBeShort(m *mention) bool {
	switch m.typ {
	case PersonMention:
		return true
	case DemonymMention:
		return false
	}
	return m.reason != ByGrammar && m.span.Len() > 1
}

// likelier reports whether person a is likelier than b to be called by a short
// name that fits both.
func (p *people) likelier(a, b int, title string) bool {
	x, y := &p.list[a], &p.list[b]
	if title != "" && (x.title == title) != (y.title == title) {
		return x.title == title
	}
	if x.seen != y.seen {
		return x.seen > y.seen
	}
	if x.seen == 0 {
		return cmp.Or(cmp.Compare(y.full, x.full), cmp.Compare(x.first, y.first)) < 0
	}
	return x.first < y.first
}

// readsAsPerson decides whether mention i, a name that fits a person of the
// article, is meant as that person. What the recognizer calls a person is. What
// it or the gazetteer calls otherwise is one by the family name of a person who
// has been introduced, unless the words around it speak of a place; a name as
// well known as Washington's only within a sentence of that person.
func (p *people) readsAsPerson(i int, fit nameFit, who *person) bool {
	d := p.document
	m := &d.mentions[i]
	if m.typ == PersonMention {
		return true
	}
	before := d.wordBefore(m.span.Start)
	switch {
	case fit != fitFamily || strings.IndexByte(d.of(m), ' ') >= 0:
		return false
	case honorificWord(before) || speech[d.wordAfter(m.span.End)]:
		return true
	case who.seen == 0 || locatives[before]:
		return false
	}
	return !p.wellKnown(m) || m.sentence-d.mentions[who.last].sentence <= 1
}

// speech are verbs and pronouns that follow a person's name rather than a
// place's.
var speech = wordSet(`said says told tells added adds stated noted argued argues explained
	explains insisted insists recalled recalls tweeted wrote writes testified replied
	responded believes believed thinks himself herself who whose`)

// locatives are words before a place.
var locatives = wordSet(`in at near across into outside inside around throughout towards toward`)

// titleBefore is the honorific right before mention i, folded, or the one that
// its own name begins with.
func (d *document) titleBefore(i int) string {
	m := &d.mentions[i]
	if k := strings.IndexByte(d.of(m), ' '); k > 0 && honorificWord(d.of(m)[:k]) {
		return fold(d.of(m)[:k])
	}
	if w := d.wordBefore(m.span.Start); honorificWord(w) {
		return fold(w)
	}
	return ""
}

// wordBefore is the word that ends right before byte i but for a blank, in
// lower case; "" when none does.
func (d *document) wordBefore(i int) string {
	s := strings.TrimRight(d.text[max(0, i-maxWord):i], " \t\u00a0")
	return strings.ToLower(s[strings.LastIndexAny(s, " \t\u00a0\n(\"“‘-")+1:])
}

// wordAfter is the word that starts right after byte i but for a blank or a
// comma, in lower case.
func (d *document) wordAfter(i int) string {
	s := strings.TrimLeft(d.text[i:min(len(d.text), i+maxWord)], " \t\u00a0,")
	if k := strings.IndexAny(s, " \t\u00a0\n.,;:!?)\"”"); k >= 0 {
		s = s[:k]
	}
	return strings.ToLower(s)
}

// maxWord is how far words around a mention are looked for, in bytes.
const maxWord = 24
