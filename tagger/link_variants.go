package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
//	North Darfur                           Northern Darfur
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
	if same, ok := otherSide(name); ok && typ == PlaceMention {
		return l.gazetteer.Find(nil, same)
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

// shouted are the bearers of a name that the text writes in capitals, those too
// whose name is found as written only: the WASHINGTON of a dateline. Of less than
// five letters it may be an acronym.
func (l *linker) shouted(m *mention) []gazetteer.Bearer {
	name := l.of(m)
	if l.gazetteer == nil || len(name) < 5 || m.typ == OrganizationMention || name != strings.ToUpper(name) {
		return nil
	}
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return l.gazetteer.Find(nil, strings.Join(words, " "))
}

// otherSide writes North of a name as Northern, and Northern as North.
func otherSide(name string) (same string, ok bool) {
	for _, side := range [...]string{"North", "South", "East", "West"} {
		rest, ok := strings.CutPrefix(name, side)
		if !ok {
			continue
		}
		if bare, ok := strings.CutPrefix(rest, "ern "); ok {
			return side + " " + bare, true
		}
		if bare, ok := strings.CutPrefix(rest, " "); ok {
			return side + "ern " + bare, true
		}
	}
	return "", false
}

// regionWords follow the name of a region that often is its main town's, too,
// with the words that a gazetteer may have in their place.
var regionWords = map[string][]string{
	"region": {" Region", " Oblast", " Krai"}, "oblast": {" Oblast"}, "krai": {" Krai"},
	"province": {" Province"}, "governorate": {" Governorate"}, "prefecture": {" Prefecture"},
	"district": {" District"}, "county": {" County"}, "department": {" Department"}, "state": {" State"},
}

// asRegion are the regions whose name goes on with the word behind the mention
// of a place: "Belgorod region" is Belgorod Oblast, not the city.
func (l *linker) asRegion(m *mention) []gazetteer.Bearer {
	if m.typ != PlaceMention || l.gazetteer == nil || m.span.End == len(l.text) || l.text[m.span.End] != ' ' {
		return nil
	}
	var found []gazetteer.Bearer
	for _, class := range regionWords[l.wordAfter(m.span.End)] {
		for _, b := range l.gazetteer.Find(nil, l.of(m)+class) {
			if h := l.gazetteer.Head(b.Ref); h.Kind == gazetteer.Admin1 || h.Kind == gazetteer.Region {
				found = append(found, b)
			}
		}
	}
	return found
}

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
