package source

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/dateline-news/dateline/gazetteer"
)

// commonWords are the words that English running text writes small, from
// counts over openly licensed news and web text: a word is common when it is
// seen small at least three times and more often small than not.
//
//go:embed common_words.txt
var commonWordList string

var commonWords = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(commonWordList) {
		m[w] = true
	}
	return m
})

// isCommon reports whether a name is a single common word, which stands in
// sentences at whose start it means no entity.
func isCommon(name string) bool { return commonWords()[gazetteer.Fold(name)] }

// names are the given and family names of the people of the pool, with how
// many bear them.
type names struct {
	given, family map[string]int
}

// personNames counts first and last words. Where the family name comes first,
// the two are confused in the source; both readings are kept then.
func (p *pool) personNames() names {
	n := names{make(map[string]int), make(map[string]int)}
	for _, e := range p.order {
		if e.Type != gazetteer.Person {
			continue
		}
		words := strings.Fields(gazetteer.Fold(e.Name))
		if len(words) < 2 || len(words) > 5 {
			continue
		}
		first, last := words[0], words[len(words)-1]
		if familyFirst[e.Country] {
			first, last = last, first
		}
		if len(first) > 1 {
			n.given[first]++
		}
		if len(last) > 1 {
			n.family[last]++
		}
	}
	return n
}

// familyFirst are the countries that write the family name first.
var familyFirst = map[string]bool{"CN": true, "TW": true, "KR": true, "KP": true, "VN": true, "HK": true, "MO": true, "SG": true, "KH": true}

// surnames gives the heads of state and government of our days whose family
// name no other of them bears that name as an alias, which needs context. Names
// that are given names, many people's or a place's are no good.
func (p *pool) surnames(n names) {
	bearers := make(map[string][]*gazetteer.Entry)
	for _, e := range p.order {
		if e.Type == gazetteer.Person && e.Prior >= surnamePrior && !familyFirst[e.Country] {
			key := gazetteer.Fold(surname(e))
			bearers[key] = append(bearers[key], e)
		}
	}
	for key, list := range bearers {
		if len(list) == 1 && len(key) >= 4 && !commonWords()[key] && n.given[key] < 2 && n.family[key] <= surnameBearers &&
			!slices.ContainsFunc(p.byName[key], func(e *gazetteer.Entry) bool { return e.Type == gazetteer.Place }) {
			addAlias(list[0], gazetteer.NeedsContext|gazetteer.CaseSensitive, surname(list[0]))
		}
	}
}

// surname is the last word of a person's name.
func surname(e *gazetteer.Entry) string {
	words := strings.Fields(e.Name)
	return words[len(words)-1]
}

// surnameBearers is how many people of the sources may bear a family name that
// is to mean one of them.
const surnameBearers = 8

// surnamePrior is the least prior of people whom news calls by their family
// name alone.
const surnamePrior = 0.5

// guard sets the flags that keep a name from doing harm: names that are common
// words are matched as written and need other evidence; so do small towns and
// companies that are called like people.
func (p *pool) guard(n names) {
	for _, e := range p.order {
		e.NameFlags = p.guarded(e, e.Name, e.NameFlags, n)
		for i := range e.Aliases {
			a := &e.Aliases[i]
			a.Flags = p.guarded(e, a.Name, a.Flags, n)
		}
	}
}

// guarded adds the flags that a name needs to those it has. One word in
// capitals is an acronym. What curators have marked stays so, but for common
// words, which always need context.
func (p *pool) guarded(e *gazetteer.Entry, name string, flags gazetteer.AliasFlags, n names) gazetteer.AliasFlags {
	switch {
	case flags&(gazetteer.Demonym|gazetteer.Acronym) != 0,
		p.marked[bearing{e, name}] && !isCommon(name):
		return flags
	case isAcronymLike(name) && flags&gazetteer.CaseSensitive == 0:
		return flags | gazetteer.Acronym
	}
	return flags | risk(e, name, n)
}

// prune drops the entries that would do more harm than good: minor ones that
// are called by one common word (We, More, News) or by two (I Believe), and
// people of whom only one name is known. What is curated stays.
func (p *pool) prune() {
	p.order = slices.DeleteFunc(p.order, func(e *gazetteer.Entry) bool {
		if isCurated(e) {
			return false
		}
		folded := gazetteer.Fold(e.Name)
		switch strings.Count(folded, " ") {
		case 0:
			return e.Type == gazetteer.Person || e.Prior < 0.35 && (commonWords()[folded] || len(folded) < 3)
		case 1:
			return e.Prior < 0.25 && allCommon(folded)
		}
		return false
	})
}

// risk tells the flags that one name of an entry needs.
func risk(e *gazetteer.Entry, name string, n names) gazetteer.AliasFlags {
	folded := gazetteer.Fold(name)
	if strings.Contains(folded, " ") {
		if allCommon(folded) && e.Prior < 0.25 {
			return gazetteer.CaseSensitive
		}
		return 0
	}
	switch {
	case e.Kind == gazetteer.Country || e.Kind == gazetteer.Region:
		return 0
	case commonWords()[folded]:
		return gazetteer.CaseSensitive | gazetteer.NeedsContext
	case e.Type == gazetteer.Person:
		return gazetteer.NeedsContext
	case e.Prior < 0.45 && n.given[folded]+n.family[folded] > 2:
		return gazetteer.NeedsContext
	case e.Type == gazetteer.Organization && len(folded) <= 3 && e.Prior < 0.4:
		return gazetteer.NeedsContext | gazetteer.CaseSensitive
	}
	return 0
}

func allCommon(folded string) bool {
	for w := range strings.FieldsSeq(folded) {
		if !commonWords()[w] {
			return false
		}
	}
	return true
}
