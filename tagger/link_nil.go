package tagger

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
)

// An unknown name has an id of its own, the same in every article and every
// version of the tagger, so that it has a timeline before anybody curates it:
//
//	nil:person:natalia-kharitonova
//	nil:organization:institute-of-oriental-studies
//
// the type, then the name without honorifics, accents and "the", in lower
// case, every run of other characters a hyphen. Curators make such an id an
// alias of a real entry when there is one.
//
// Longer names are cut, and a hash of the whole keeps them apart.
const maxNilName = 80 // bytes

var nilTypes = [...]string{
	gazetteer.NoType: "name", gazetteer.Person: "person",
	gazetteer.Organization: "organization", gazetteer.Place: "place",
}

// nilID is the id of an unknown name.
func nilID(typ gazetteer.Type, name string) gazetteer.ID {
	folded := strings.TrimPrefix(fold(name), "the ")
	if typ == gazetteer.Person {
		folded = parsePerson(name).key()
	}
	return gazetteer.ID("nil:" + nilTypes[typ] + ":" + slug(folded))
}

// slug writes a folded name with hyphens for all that is neither letter nor
// digit.
func slug(folded string) string {
	var b strings.Builder
	gap := false
	for _, r := range folded {
		switch {
		case r == '\'':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	if b.Len() <= maxNilName && b.Len() > 0 {
		return b.String()
	}
	return cutSlug(b.String(), folded)
}

// cutSlug shortens a slug and makes it unique by a hash of the whole name.
func cutSlug(s, whole string) string {
	h := fnv.New32a()
	h.Write([]byte(whole)) // never fails
	cut := min(len(s), maxNilName-9)
	for cut > 0 && cut < len(s) && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "-" + strconv.FormatUint(uint64(h.Sum32()), 16)
}

// unknown is the entity of a name that no entry bears.
func unknown(name string, typ gazetteer.Type) Entity {
	name = strings.Join(strings.Fields(trimPossessive(name)), " ")
	return Entity{ID: nilID(typ, name), Name: name, Type: typ}
}

// placeUnknown gives an unknown place the country that its name is followed by,
// and what contains it: Petrolia, California.
func (l *linker) placeUnknown(e *Entity, m *mention) {
	for _, i := range l.chains[m.chain].mentions {
		at, ok := l.placedBy(i)
		if !ok {
			continue
		}
		outer, sure, _ := l.weighBearers(&l.mentions[at])
		if ref, ok := l.gazetteer.Lookup(outer.ID); ok && sure && outer.Type == gazetteer.Place && outer.Country != "" {
			e.Country = outer.Country
			e.Parents = append([]gazetteer.ID{outer.ID}, l.hierarchy(ref)...)
			return
		}
	}
}

// entityTypeOf is the type of what a mention denotes.
func entityTypeOf(t MentionType) gazetteer.Type {
	switch t {
	case PersonMention:
		return gazetteer.Person
	case OrganizationMention:
		return gazetteer.Organization
	case PlaceMention, DemonymMention:
		return gazetteer.Place
	}
	return gazetteer.NoType
}
