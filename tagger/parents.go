package tagger

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/text"
)

// A part of an organization and the organization are two names: "Institute of
// Oriental Studies" and "Russian Academy of Sciences" with "of the" between
// them. Gazetteer and recognizer may see both as one.
const ofThe = " of the "

// splitNames narrows the gazetteer's names of parts to the part. They keep
// their bearers, since the whole says who is meant.
func (t *Tagger) splitNames(d *document) {
	for i := range d.names {
		if part, _, ok := t.partOf(d, d.names[i].Span); ok {
			d.names[i].Span = part
		}
	}
}

// partOf splits a name into a part, itself a name with "of" in it, and the
// organization of the gazetteer that it is a part of. The "of" tells
// "Institute of Oriental Studies of the Academy" from "Council of the European
// Union".
func (t *Tagger) partOf(d *document, s text.Span) (part, whole text.Span, ok bool) {
	name := s.Of(d.text)
	n := strings.LastIndex(name, ofThe)
	if n < 0 || !strings.Contains(name[:n], " of ") {
		return part, whole, false
	}
	part = text.Span{Start: s.Start, End: s.Start + n}
	whole = text.Span{Start: part.End + len(ofThe), End: s.End}
	k := d.firstNameFrom(whole.Start)
	ok = k < len(d.names) && d.names[k].Span == whole &&
		t.gazetteer.Lists(d.names[k])&gazetteer.OrganizationName != 0
	return part, whole, ok
}
