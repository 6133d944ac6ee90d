package tagger

import (
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// An office and a family name are a full name as long as the office is held:
// "President Santos" of 2015 is Juan Manuel Santos. So holders of offices are
// found by family name, too, where the text gives the title and the article's
// date is one of their term.

// inOffice adds the people whom a mention names by office and family name, or
// by a variant of their name: President George Bush of 1990.
func (l *linker) inOffice(m *mention, fullest bool) {
	if m.typ != PersonMention || l.gazetteer == nil {
		return
	}
	title := l.titleWords(m)
	if title == "" {
		return
	}
	name := parsePerson(l.of(m))
	if len(name.words) == 0 {
		return
	}
	for _, ref := range l.gazetteer.OfficeHolders(nil, lastOf(name)) {
		whole := parsePerson(l.gazetteer.Head(ref).Name)
		if whole.fit(name) != fitFamily && !whole.variantOf(name) {
			continue
		}
		if slices.ContainsFunc(l.gazetteer.Entry(ref).Roles, func(r gazetteer.Role) bool {
			return l.holdsTitle(r, title) && l.spokenOf(ref, r, title)
		}) {
			c, _ := l.candidateOf(ref, fullest)
			c.office = true
		}
	}
}

// spokenOf reports whether an office-holder's country is spoken of, or need not
// be: universities and clubs have presidents too, and few offices without dates
// are held still.
func (l *linker) spokenOf(ref gazetteer.Ref, r gazetteer.Role, title string) bool {
	h := l.gazetteer.Head(ref)
	switch {
	case l.focus[h.Country] > 0 || h.Country == l.outlet:
		return true
	case r.From.IsZero():
		return false
	}
	return len(l.focus) == 0 || h.Prior >= leaderPrior || !strings.HasSuffix(title, "president")
}

// leaderPrior is the prior of leaders whom news names without their country.
const leaderPrior = 0.55

// titleWords are the words right before a mention, in lower case, when a title
// may be among them that is held still.
func (l *linker) titleWords(m *mention) string {
	if !heldTitles[l.wordBefore(m.span.Start)] {
		return "" // nearly always
	}
	before := l.text[max(0, m.span.Start-besideBytes):m.span.Start]
	before = strings.ToLower(before[strings.LastIndexAny(before, "\n.,;:()\"“”—")+1:])
	words := strings.Fields(before)
	if len(words) == 0 {
		return ""
	}
	words = words[max(0, len(words)-4):]
	if slices.ContainsFunc(words, func(w string) bool { return notHeld[w] || strings.HasPrefix(w, "ex-") || strings.HasPrefix(w, "then-") }) {
		return ""
	}
	return strings.Join(words, " ")
}

// heldTitles end the titles of offices that one person holds at a time.
var heldTitles = wordSet(`president premier minister chancellor secretary state king queen emir sultan taoiseach`)

// notHeld before a title say that its bearer holds another office or none.
var notHeld = wordSet(`former vice deputy late elect ex then future assistant`)

// holdsTitle reports whether a role is the office that the words name, held on
// the article's date as far as is known.
func (l *linker) holdsTitle(r gazetteer.Role, title string) bool {
	undated := r.From.IsZero() && r.To.IsZero()
	return (undated || l.holding(r)) && titleBeside(l.plainTitle(r.Title), title)
}

// plainTitle is what a title is before a name: "Premier" of the State Council,
// "President" of Kenya.
func (l *linker) plainTitle(title string) string {
	if title == "prez" { // of the list of presidents of the United States
		return "President"
	}
	head, of, ok := strings.Cut(title, " of ")
	of = strings.TrimPrefix(of, "the ")
	if !ok || !topOffices[head] {
		return title
	}
	if _, country := l.countryCalled(of); country || of == "State Council" || of == "Republic" || of == "Council of Ministers" {
		return head
	}
	return title
}

// topOffices are the titles that need no more words before a name where they
// are those of a country.
var topOffices = map[string]bool{
	"President": true, "Prime Minister": true, "Premier": true, "Chancellor": true, "Federal Chancellor": true,
	"King": true, "Queen": true, "Emir": true, "Sultan": true,
}

// holding reports whether an office was held on the article's date, or is
// still where it has none.
func (l *linker) holding(role gazetteer.Role) bool {
	date := l.article.PublishTime
	if date.IsZero() {
		return role.To.IsZero()
	}
	const handover = 45 * 24 * time.Hour // news calls a successor by the title early
	return date.After(role.From.Add(-handover)) && (role.To.IsZero() || date.Before(role.To))
}
