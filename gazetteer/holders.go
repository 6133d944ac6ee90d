package gazetteer

import (
	"strings"
	"sync"
)

// renown is the prior from which office-holders are found by a part of their
// name: that of ministers. Of members of parliament many share a family name.
const renown = 0.3

// holders are the people of renown who hold or held an office, by the first
// and by the last word of their name, folded. They are gathered when first
// asked for, once for an index and all that edits lay over it.
type holders struct {
	once   sync.Once
	byWord map[string][]Ref
}

// OfficeHolders appends the people of some renown who hold or held an office
// and whose name begins or ends with a word, spelling folded.
func (g *Gazetteer) OfficeHolders(dst []Ref, word string) []Ref {
	word = Fold(word)
	for _, r := range g.base.officeHolders()[word] {
		if !g.isHidden(r) {
			dst = append(dst, r)
		}
	}
	if g.over != nil {
		for _, r := range g.over.officeHolders()[word] {
			dst = append(dst, r|overBit)
		}
	}
	return dst
}

func (x *index) officeHolders() map[string][]Ref {
	x.holders.once.Do(func() { x.holders.byWord = x.gatherHolders() })
	return x.holders.byWord
}

// gatherHolders looks at every head, and at the names and offices of people of
// renown only.
func (x *index) gatherHolders() map[string][]Ref {
	byWord := make(map[string][]Ref)
	for r := range Ref(x.entries) {
		if x.typ(r) != Person || x.prior(r) < renown {
			continue
		}
		words := strings.Fields(x.readHead(r).Name)
		if len(words) == 0 || len(x.entry(r).Roles) == 0 {
			continue
		}
		first, last := Fold(words[0]), Fold(words[len(words)-1])
		byWord[last] = append(byWord[last], r)
		if first != last {
			byWord[first] = append(byWord[first], r)
		}
	}
	return byWord
}
