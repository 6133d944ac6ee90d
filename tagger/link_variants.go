package tagger

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// variants are the bearers of a name that no entry bears as it stands, but for
// words that tell what or where the bearer is:
//
//	Independent                            The Independent
//	U.S. Environmental Protection Agency   United States Environmental …
//	United Kingdom Home Office             the Home Office of that country
//	University of Sheffield of the UK      likewise
//	Time Magazine, Taipei City             without the class
//	State of Texas                         likewise
func (l *linker) variants(name string, typ MentionType) []gazetteer.Bearer {
	if b := l.gazetteer.Find(nil, name); len(b) > 0 || typ == DemonymMention || typ == PersonMention {
		return b
	}
	if b := l.gazetteer.Find(nil, "The "+name); len(b) > 0 {
		return b
	}
	if rest, ok := cutAmerican(name); ok {
		if b := l.gazetteer.Find(nil, "United States "+rest); len(b) > 0 {
			return b
		}
		return l.ofCountry(rest, "US")
	}
	if bare, ok := cutClass(name); ok {
		return l.gazetteer.Find(nil, bare)
	}
	return l.withoutCountry(name)
}

// styles are the titles that are part of a name, for there is no other.
var styles = wordSet("Pope King Queen Prince Princess Emperor Empress Sultan Emir Sheikh Sheikha " +
	"Ayatollah Mullah Maulana Imam Patriarch Cardinal Archbishop Mother Lady Lord")

// withStyle are the people whose name holds the style that stands before a
// person's single name: Pope Francis, Queen Rania, Mullah Omar.
func (l *linker) withStyle(m *mention) []gazetteer.Bearer {
	name := l.of(m)
	before, spaced := strings.CutSuffix(l.text[:m.span.Start], " ")
	if m.typ != PersonMention || l.gazetteer == nil || !spaced || strings.IndexByte(name, ' ') > 0 {
		return nil
	}
	style := before[strings.LastIndexAny(before, " \n\"(")+1:]
	if !styles[style] {
		return nil
	}
	return l.gazetteer.Find(nil, style+" "+trimPossessive(name))
}

// cutAmerican cuts off U.S. and its spellings.
func cutAmerican(name string) (rest string, ok bool) {
	for _, us := range [...]string{"U.S. ", "US ", "U.S ", "USA "} {
		if rest, ok := strings.CutPrefix(name, us); ok {
			return rest, true
		}
	}
	return "", false
}

// classWords tell what a name's bearer is and are no part of every way of
// writing it.
var (
	classesBefore = [...]string{"State of ", "City of ", "Province of ", "Republic of ", "Kingdom of "}
	classesAfter  = [...]string{" Magazine", " magazine", " newspaper", " City", " State", " Province", " province", " Group", " group"}
)

// cutClass cuts off a word that tells what the bearer of a name is.
func cutClass(name string) (bare string, ok bool) {
	for _, class := range classesBefore {
		if bare, ok := strings.CutPrefix(name, class); ok {
			return bare, true
		}
	}
	for _, class := range classesAfter {
		if bare, ok := strings.CutSuffix(name, class); ok {
			return bare, true
		}
	}
	return "", false
}

// withoutCountry looks up what remains of a name without the country that it
// begins or ends with: only bearers of that country are meant.
func (l *linker) withoutCountry(name string) []gazetteer.Bearer {
	if i := strings.LastIndex(name, " of "); i > 0 {
		if country, ok := l.countryCalled(strings.TrimPrefix(name[i+4:], "the ")); ok {
			return l.ofCountry(name[:i], country.Country)
		}
	}
	words := 0
	for i := 0; i < len(name) && words < 3; i++ {
		if name[i] != ' ' {
			continue
		}
		words++
		if country, ok := l.countryCalled(trimPossessive(name[:i])); ok {
			return l.ofCountry(name[i+1:], country.Country)
		}
	}
	return nil
}

// countryCalled is the best known country of a name or demonym.
func (l *linker) countryCalled(name string) (best gazetteer.Head, ok bool) {
	for _, b := range l.gazetteer.Find(nil, name) {
		if h := l.gazetteer.Head(b.Ref); h.Kind == gazetteer.Country && (!ok || h.Prior > best.Prior) {
			best, ok = h, true
		}
	}
	return best, ok
}

// ofCountry are the bearers of a name that belong to a country.
func (l *linker) ofCountry(name, iso string) []gazetteer.Bearer {
	var kept []gazetteer.Bearer
	for _, b := range l.gazetteer.Find(nil, name) {
		if l.gazetteer.Head(b.Ref).Country == iso {
			kept = append(kept, b)
		}
	}
	return kept
}
