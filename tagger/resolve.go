package tagger

import (
	"cmp"
	"context"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
)

// resolve makes one reading of the text out of the gazetteer's names and the
// recognizer's: where they overlap the longer wins, and of equals the
// gazetteer.
func (t *Tagger) resolve(_ context.Context, d *document) error {
	all := make([]mention, 0, len(d.names)+len(d.found)+len(d.proposed))
	for _, m := range d.names {
		all = append(all, t.fromName(m))
	}
	for _, f := range d.found {
		all = append(all, mention{span: f.span, typ: f.typ, confidence: f.confidence, reason: ByRecognizer})
	}
	all = append(all, d.proposed...)
	slices.SortStableFunc(all, func(a, b mention) int {
		return cmp.Or(cmp.Compare(b.span.Len(), a.span.Len()), cmp.Compare(a.span.Start, b.span.Start))
	})
	d.mentions = takeFirst(all, len(d.text))
	slices.SortFunc(d.mentions, func(a, b mention) int { return cmp.Compare(a.span.Start, b.span.Start) })
	for i := range d.mentions {
		d.mentions[i].sentence = d.sentenceAt(d.mentions[i].span.Start)
	}
	d.mentions = slices.DeleteFunc(d.mentions, func(m mention) bool { return d.furniture[m.sentence] })
	return nil
}

// fromName reads a gazetteer match by its likeliest bearer.
func (t *Tagger) fromName(m gazetteer.Match) mention {
	r := mention{span: m.Span, reason: ByGazetteer, confidence: 0.5}
	r.bearers = t.gazetteer.Bearers(nil, m)
	best := -1.0
	for _, b := range r.bearers {
		if h := t.gazetteer.Head(b.Ref); h.Prior > best {
			best, r.typ = h.Prior, mentionTypeOf(h.Type, b.Flags)
		}
	}
	return r
}

// takeFirst keeps each mention that overlaps none before it, in a text of n
// bytes.
func takeFirst(all []mention, n int) []mention {
	taken := make([]bool, n)
	kept := all[:0]
	for _, m := range all {
		if taken[m.span.Start] || taken[m.span.End-1] {
			continue
		}
		for i := m.span.Start; i < m.span.End; i++ {
			taken[i] = true
		}
		kept = append(kept, m)
	}
	return kept
}

// mentionTypeOf is the type of a mention of an entry by a name with flags.
func mentionTypeOf(t gazetteer.Type, flags gazetteer.AliasFlags) MentionType {
	if flags&gazetteer.Demonym != 0 {
		return DemonymMention
	}
	switch t {
	case gazetteer.Person:
		return PersonMention
	case gazetteer.Organization:
		return OrganizationMention
	case gazetteer.Place:
		return PlaceMention
	}
	return NoMention
}
