package tagger

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// scorePerson weighs a person's name and offices. A bare surname is far from
// enough to link a person; a name of three words nearly is.
func (l *linker) scorePerson(r *candidate, c *chain) {
	w := &linkWeights
	m := &l.mentions[c.fullest]
	switch n := strings.Count(l.of(m), " "); {
	case r.styled, r.office, n == 0 && r.flags&gazetteer.Canonical != 0: // the whole name is there
	case l.officeTaken():
		l.add(&r.score, w.otherOffice, "another has the office")
	case n == 0 && r.head.Prior >= wellKnown && r.flags&(gazetteer.NeedsContext|gazetteer.CaseSensitive) == gazetteer.CaseSensitive:
		l.add(&r.score, w.listedName, "a bare name that the news prints")
	case n == 0 && r.head.Prior < famous:
		l.add(&r.score, w.bareName, "a bare name")
	case n > 1:
		l.add(&r.score, w.longPersonName, "a name of three words")
	}
	roles := l.gazetteer.Entry(r.ref).Roles
	if len(roles) == 0 {
		return
	}
	beside := l.beside(c)
	best, weight := "", w.formerOffice
	for _, role := range roles {
		if v := l.roleWeight(role, beside); v > weight {
			best, weight = role.Title, v
		}
	}
	if best == "" {
		l.add(&r.score, weight, "out of office by then")
		return
	}
	l.add(&r.score, weight, "office", best)
}

// officeTaken reports whether the text gives the title of an office to the
// chain's name, and a candidate holds it.
func (l *linker) officeTaken() bool {
	return slices.ContainsFunc(l.rival, func(r candidate) bool { return r.office })
}

// famous is the prior from which a person may be meant by a single name,
// wellKnown that from which by one that curators list for it: Lukashenko.
const famous, wellKnown = 0.8, 0.5

// roleWeight is what one office says: that it was held when the article was
// written, and that the text gives the person its title.
func (l *linker) roleWeight(role gazetteer.Role, beside string) float64 {
	w := &linkWeights
	v := 0.0
	switch {
	case role.From.IsZero() && role.To.IsZero(): // nobody told us when
	case l.holding(role):
		v += w.inOffice
	default:
		v += w.formerOffice
	}
	if titleBeside(role.Title, beside) {
		v += w.titled
	}
	return v
}

// besideBytes is how far around a name its title is looked for.
const besideBytes = 70

// beside is the text around the first full mentions of a chain, in lower case.
func (l *linker) beside(c *chain) string {
	var b strings.Builder
	for _, i := range c.mentions[:min(len(c.mentions), 4)] {
		m := &l.mentions[i]
		before := l.text[max(0, m.span.Start-besideBytes):m.span.Start]
		after := l.text[m.span.End:min(len(l.text), m.span.End+besideBytes)]
		b.WriteString(before[strings.LastIndexAny(before, "\n.;")+1:])
		b.WriteByte('\n')
		if strings.HasPrefix(after, ",") {
			b.WriteString(after)
		}
	}
	return strings.ToLower(b.String())
}

// titleBeside reports whether the words of a title that tell it from others
// all stand beside a name: "Minister of Foreign Affairs" in "foreign minister".
func titleBeside(title, beside string) bool {
	found := false
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		if functionWords[w] || w == "affairs" {
			continue
		}
		if !strings.Contains(beside, stem(w)) {
			return false
		}
		found = true
	}
	return found
}

// stem is enough of a word to find its other forms: minist, presid, foreig.
func stem(w string) string {
	if len(w) > 6 {
		for i := range w {
			if i >= 6 {
				return w[:i]
			}
		}
	}
	return w
}

// calledSo is the one linked person of the article whose own name a bare name
// fits that nobody was found for: an article that calls him Eusebius Sophronius
// Hieronymus in full calls Saint Jerome Jerome later on.
func (l *linker) calledSo(m *mention) (Entity, bool) {
	if !l.bareName(m) {
		return Entity{}, false
	}
	if l.byFamily == nil {
		l.byFamily = make(map[string]int)
		for i := range l.entities {
			if e := &l.entities[i]; e.Linked && e.Type == gazetteer.Person {
				l.callByFamily(e.Name, i)
			}
		}
	}
	at, ok := l.byFamily[fold(l.of(m))]
	if !ok || at < 0 {
		return Entity{}, false
	}
	return l.entities[at], true
}

// callByFamily notes whom a family name calls, -1 where it calls two.
func (l *linker) callByFamily(name string, i int) {
	whole := parsePerson(name)
	if len(whole.words) == 0 {
		return
	}
	family := lastOf(whole)
	if whole.eastAsian() {
		family = whole.words[0]
	}
	if _, two := l.byFamily[family]; two {
		i = -1
	}
	l.byFamily[family] = i
}

// bareName reports whether a mention names a person by one word.
func (l *linker) bareName(m *mention) bool {
	return m.typ == PersonMention && strings.IndexByte(l.of(m), ' ') < 0
}
