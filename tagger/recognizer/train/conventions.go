package train

import (
	"strings"

	"github.com/dateline-news/dateline/tagger/conll"
)

// convention brings the names of corpora that disagree to one rule: people,
// organizations and places only; without a leading article, a title, a compass
// direction or a possessive; no demonyms and religions.
type convention struct {
	demonyms  map[string]bool // folded
	countries map[string]bool // names that are no demonyms even where a source lists them as such: Taiwan, Congo
}

// apply changes the names of a sentence to the convention.
func (c *convention) apply(s *conll.Sentence) {
	kept := s.Names[:0]
	for _, n := range s.Names {
		if labels[n.Type] == 0 {
			continue
		}
		n = trim(s.Words, n)
		if n.First < n.Last && !c.isDemonym(s.Words, n) {
			kept = append(kept, n)
		}
	}
	s.Names = kept
}

func trim(words []string, n conll.Name) conll.Name {
	for n.First < n.Last && before(words[n.First], n.Type) {
		n.First++
	}
	for n.First < n.Last && after[strings.ToLower(words[n.Last-1])] {
		n.Last--
	}
	return n
}

// before reports whether a word at the start of a name is left out of it.
func before(word, typ string) bool {
	low := strings.ToLower(word)
	switch {
	case low == "the" || low == "a" || low == `"` || low == "``":
		return true
	case typ == "PER":
		return titles[strings.TrimSuffix(low, ".")]
	case typ == "LOC":
		return word == low && compass[low]
	}
	return false
}

func (c *convention) isDemonym(words []string, n conll.Name) bool {
	if n.Type == "PER" || n.Last-n.First != 1 {
		return false
	}
	low := strings.ToLower(words[n.First])
	if c.countries[low] { // Laos, too, which is no plural of Lao
		return false
	}
	return religions[low] || c.demonyms[low] || c.demonyms[strings.TrimSuffix(low, "s")]
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	after   = set(`'s ’s ' " '' , .`)
	compass = set(`north south east west northern southern eastern western central
		northeast northwest southeast southwest northeastern northwestern southeastern southwestern
		north-east north-west south-east south-west upper lower mid downtown`)
	titles = set(`mr mrs ms dr sir prof professor president vice deputy prime minister premier chancellor
		king queen prince princess pope rev reverend sen senator rep congressman congresswoman gov governor
		gen general col colonel lt lieutenant capt captain maj major sgt sergeant adm admiral cmdr
		judge justice mayor secretary ambassador sheikh shaikh ayatollah imam mullah mufti cardinal archbishop bishop
		coach chairman director ceo chief`)
	religions = set(`muslim muslims islamic christian christians jewish jews jew sunni sunnis shiite shiites shi'ite
		shi'ites shia catholic catholics hindu hindus buddhist buddhists protestant protestants sikh sikhs
		republican republicans democrat democrats democratic communist communists arab arabs kurdish kurds kurd
		european europeans african africans asian asians western`)
)
