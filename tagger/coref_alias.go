package tagger

import (
	"slices"
	"strings"
)

// A text may say that two names are one person's: "Ahmed al-Sharaa, formerly
// known as Abu Mohammed al-Golani". Both then are names of the person first
// named, and so are the short forms of either.

// aliasCues stand right before the other name of the person named before.
var aliasCues = [...]string{
	"known as", "also called", "nicknamed", "alias", "a.k.a.", "aka", "nom de guerre",
	"real name is", "real name was", "(born", ", born", "née", "pen name", "stage name",
}

// aliasEnds are the last words of the cues.
var aliasEnds = wordSet(`as called nicknamed alias a.k.a. aka guerre is was born née name`)

// aliasReach is how far before an alias, in bytes of one sentence, its bearer is
// named.
const aliasReach = 250

// aliasClose is how far that is when the words between belong to no other.
const aliasClose = 40

// readAliases gives the people of the article the other names that it tells.
func (p *people) readAliases() {
	for j := 1; j < len(p.document.mentions); j++ {
		m := &p.document.mentions[j]
		if m.typ != PersonMention || !p.document.aliasCue(j) {
			continue
		}
		if who := p.namedBefore(j); who != nobody && p.who[j] != int32(who) {
			p.alias(j, who)
		}
	}
}

// aliasCue reports whether words that introduce another name stand before
// mention j, titles and quotes left out.
func (d *document) aliasCue(j int) bool {
	end := d.mentions[j].span.Start
	before := d.text[max(0, end-40):end]
	for _, mark := range [...]string{"“", "‘", "\"", "'", " ", ":"} {
		before = strings.TrimSuffix(before, mark)
	}
	if k := strings.LastIndexByte(before, ' '); k >= 0 && (honorificWord(before[k+1:]) || styles[before[k+1:]]) {
		before = before[:k]
	}
	if k := strings.LastIndexAny(before, " ("); !aliasEnds[before[k+1:]] {
		return false // nearly always
	}
	before = strings.ToLower(before)
	return slices.ContainsFunc(aliasCues[:], func(cue string) bool {
		rest, ok := strings.CutSuffix(before, cue)
		return ok && (rest == "" || !wordByte(rest[len(rest)-1]) || !wordByte(cue[0]))
	})
}

// namedBefore is the person named in full right before mention j, or the only
// one before it in its sentence.
func (p *people) namedBefore(j int) int {
	d := p.document
	found := nobody
	for i := j - 1; i >= 0; i-- {
		m := &d.mentions[i]
		if m.sentence != d.mentions[j].sentence || d.mentions[j].span.Start-m.span.End > aliasReach {
			break
		}
		switch who := int(p.who[i]); {
		case m.typ != PersonMention:
		case who != nobody && i == j-1 && d.mentions[j].span.Start-m.span.End <= aliasClose:
			return who
		case who == nobody || found != nobody && found != who:
			return nobody
		default:
			found = who
		}
	}
	return found
}

// alias makes the name of mention j another one of a person, and all who are
// called so that person.
func (p *people) alias(j, who int) {
	name := p.nameOf(j)
	if len(name.words) == 0 || len(name.words) > maxNameWords {
		return
	}
	if other := p.who[j]; other != nobody {
		for i := range p.who {
			if p.who[i] == other {
				p.who[i] = int32(who)
				p.list[who].full++
			}
		}
	}
	p.list[who].aliases = append(p.list[who].aliases, name)
	p.index(who, name)
	p.who[j] = int32(who)
}

// fit tells how well a short name fits the best of a person's names.
func (p *person) fit(short personName) nameFit {
	best := p.name.fit(short)
	for _, other := range p.aliases {
		if len(other.words) == 1 && sameWords(other.words, short.words) {
			return fitFamily
		}
		best = max(best, other.fit(short))
	}
	return best
}
