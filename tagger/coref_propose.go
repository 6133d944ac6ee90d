package tagger

import (
	"context"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// propose finds names that neither gazetteer nor recognizer saw but the rest
// of the article gives away: acronyms that it defines, bodies that grammar
// composes, and names that it uses elsewhere. resolve weighs them with the
// others.
func (t *Tagger) propose(_ context.Context, d *document) error {
	d.definitions = definitions(nil, d.text)
	t.proposeDefined(d)
	d.proposeEchoes()
	if t.gazetteer != nil {
		t.proposeBodies(d)
		t.proposeStates(d)
	}
	return nil
}

// proposeDefined proposes the names that define acronyms, and every occurrence
// of those acronyms.
func (t *Tagger) proposeDefined(d *document) {
	if len(d.definitions) == 0 {
		return
	}
	taught := make(map[string]MentionType, len(d.definitions))
	for _, def := range d.definitions {
		m := mention{span: def.long, confidence: 0.9, reason: ByAcronym}
		m.bearers = t.find(def.long.Of(d.text))
		m.typ = t.typeOfLong(d, def.long, m.bearers)
		if m.typ == NoMention {
			continue
		}
		d.proposed = append(d.proposed, m)
		taught[def.short.Of(d.text)] = m.typ
	}
	for _, token := range d.tokens {
		if typ, ok := taught[token.Of(d.text)]; ok {
			d.proposed = append(d.proposed, mention{
				span: token, typ: typ, confidence: 0.9, reason: ByAcronym, bearers: t.find(token.Of(d.text)),
			})
		}
	}
}

// find looks a name up in the gazetteer.
func (t *Tagger) find(name string) []gazetteer.Bearer {
	if t.gazetteer == nil {
		return nil
	}
	return t.gazetteer.Find(nil, name)
}

// typeOfLong is the type of a defining name: as the gazetteer knows it, else an
// organization when its words say so, else as the recognizer saw most of it. A
// name that neither saw is none: "gross domestic product (GDP)" defines an
// acronym, too.
func (t *Tagger) typeOfLong(d *document, long text.Span, bearers []gazetteer.Bearer) MentionType {
	if len(bearers) > 0 {
		return mentionTypeOf(t.gazetteer.Head(bearers[0].Ref).Type, bearers[0].Flags)
	}
	if hasBodyWord(long.Of(d.text)) {
		return OrganizationMention
	}
	i, _ := slices.BinarySearchFunc(d.found, long.Start, func(f found, at int) int { return f.span.End - 1 - at })
	for ; i < len(d.found) && d.found[i].span.Start < long.End; i++ {
		if 2*overlap(d.found[i].span, long) > long.Len() {
			return d.found[i].typ
		}
	}
	return NoMention
}

// overlap is the number of bytes that two spans share.
func overlap(a, b text.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// echo is what the article says elsewhere of a name.
type echo struct {
	typ        MentionType
	confidence float32
}

// Echoes are taken from names that the recognizer is this sure of.
const sureEnough = 0.6

// proposeEchoes proposes the places where a name that the recognizer saw
// elsewhere stands again unseen, and the bare surnames of people.
func (d *document) proposeEchoes() {
	echoes := d.echoes()
	if len(echoes) == 0 {
		return
	}
	next := 0
	for i, token := range d.tokens {
		for next < len(d.found) && d.found[next].span.End <= token.Start {
			next++
		}
		if next < len(d.found) && !leavesRoom(&d.found[next], token) {
			continue
		}
		if e, ok := echoes[token.Of(d.text)]; ok && d.alone(i) {
			d.proposed = append(d.proposed, mention{
				span: token, typ: e.typ, confidence: e.confidence, reason: ByRecognizer,
			})
		}
	}
}

// leavesRoom reports whether a name of the recognizer does not touch a token,
// or is that token, seen with doubt.
func leavesRoom(f *found, token text.Span) bool {
	return f.span.Start >= token.End || f.span == token && f.confidence < sureEnough
}

// echoes gathers the single words that are a name seen with confidence, or end
// a person's. Of the types that the article shows a word as, it has the one with
// most confidence in all, names of places that begin with it counted: Coron
// Island speaks for Coron being a place.
func (d *document) echoes() map[string]echo {
	type vote struct{ all, most float32 } // confidence
	votes := make(map[string]*[DemonymMention]vote)
	for _, f := range d.found {
		name, whole := d.echoing(f)
		if len(name) < 3 || commonSurnames[strings.ToLower(name)] {
			continue
		}
		if votes[name] == nil {
			votes[name] = new([DemonymMention]vote)
		}
		v := &votes[name][f.typ]
		v.all += f.confidence
		if whole {
			v.most = max(v.most, f.confidence)
		}
	}
	echoes := make(map[string]echo)
	for name, types := range votes {
		typ := NoMention
		for t, v := range types {
			if v.all > types[typ].all {
				typ = MentionType(t)
			}
		}
		if types[typ].most >= sureEnough {
			echoes[name] = echo{typ, types[typ].most * 0.9}
		}
	}
	return echoes
}

// echoing is the word of a name of the recognizer that may come again, and
// whether it may stand for the whole: the last of a person's, any other name of
// one word. The first word of a place's need not: New York.
func (d *document) echoing(f found) (word string, whole bool) {
	name := f.span.Of(d.text)
	first, rest := firstWord(name)
	switch {
	case f.typ == PersonMention:
		return trimPossessive(lastWord(d.text, f.span).Of(d.text)), true
	case rest == 0 || f.typ == PlaceMention:
		return trimPossessive(first), rest == 0
	}
	return "", false
}

// commonSurnames are surnames that more often mean something else.
var commonSurnames = wordSet(`may march june april august north south east west king young
	long white black brown green gray grey day bush rice banks church cook hope power bell
	page price rose wood hill lake rivers stone best good little major bishop pope judge
	law marshall chance house street park court case case fox hunt sharp self love will
	english french german jr sr ii iii university college party`)

// alone reports whether a token stands by itself: no capitalized word on
// either side could make a longer name of it.
func (d *document) alone(i int) bool {
	if i > 0 && d.joined(i-1, i) && !d.startsSentence(i-1) {
		before := d.tokens[i-1].Of(d.text)
		if capitalized(before) && !calendar[strings.ToLower(before)] && !honorificWord(before) {
			return false
		}
	}
	return i+1 == len(d.tokens) || !d.joined(i, i+1) || !capitalized(d.tokens[i+1].Of(d.text))
}

// calendar are words with capitals that stand before names without being part
// of them.
var calendar = wordSet(`monday tuesday wednesday thursday friday saturday sunday january february
	march april may june july august september october november december i`)

// joined reports whether only a blank or a hyphen parts two tokens.
func (d *document) joined(a, b int) bool {
	gap := d.text[d.tokens[a].End:d.tokens[b].Start]
	return gap == " " || gap == ""
}

// startsSentence reports whether token i is the first of its sentence.
func (d *document) startsSentence(i int) bool {
	return d.sentences[d.sentenceAt(d.tokens[i].Start)].First == i
}

func capitalized(w string) bool { return w != "" && w != strings.ToLower(w) }

func honorificWord(w string) bool {
	_, ok := honorifics[strings.TrimSuffix(strings.ToLower(w), ".")]
	return ok
}
