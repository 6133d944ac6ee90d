package tagger

import (
	"testing"
	"unicode/utf8"
)

// FuzzTag proves the promises of a Result on any article that is accepted:
// spans are not empty, lie on rune borders of the caller's own bytes, are in
// order and do not overlap; every mention has an entity and every entity an id.
func FuzzTag(f *testing.F) {
	for _, s := range []string{
		"Tajikistan’s president met Natalia Kharitonova of the CSTO in Kabul.",
		"<p>KABUL, May 3 (Reuters) - <b>Jordan</b> Peele &amp; Paris Hilton</p><nav>Latest News</nav>",
		"Tajik-Afghan talks — “US-China”, U.S.’s\u200b Qaeda\u00ad.",
		"UN WARNS\n\nLatest News\nPublished\n@afp 🕊 Kabul",
	} {
		f.Add("Talks in Kabul", s, true)
		f.Add("", s, false)
	}
	tagger := newTestTagger(f)
	f.Fuzz(func(t *testing.T, title, body string, markup bool) {
		r, err := tagger.Tag(t.Context(), Article{Title: title, Body: body, HTML: markup})
		if err != nil {
			return
		}
		checkResult(t, r, title, body)
	})
}

// checkResult fails where a result breaks a promise.
func checkResult(t *testing.T, r *Result, title, body string) {
	t.Helper()
	fields := [2]string{Title: title, Body: body}
	end, last := 0, Title
	for _, m := range r.Mentions {
		if m.Field != last {
			end, last = 0, m.Field
		}
		source := fields[m.Field]
		if m.Span.Start < end || m.Span.End <= m.Span.Start || m.Span.End > len(source) {
			t.Fatalf("mention %v of field %d after %d in %d bytes", m.Span, m.Field, end, len(source))
		}
		if !utf8.ValidString(m.Span.Of(source)) {
			t.Fatalf("mention %q cuts a rune", m.Span.Of(source))
		}
		if m.Type == NoMention || m.Confidence <= 0 || m.Confidence > 1 {
			t.Fatalf("mention %q: type %d, confidence %v", m.Span.Of(source), m.Type, m.Confidence)
		}
		if m.Entity < 0 || m.Entity >= len(r.Entities) {
			t.Fatalf("mention %q: entity %d of %d", m.Span.Of(source), m.Entity, len(r.Entities))
		}
		end = m.Span.End
	}
	for i, e := range r.Entities {
		if e.ID == "" || e.Name == "" {
			t.Fatalf("entity %d: id %q, name %q", i, e.ID, e.Name)
		}
		if e.Salience < 0 || e.Salience > 1 || i > 0 && e.Salience > r.Entities[i-1].Salience {
			t.Fatalf("entity %d: salience %v", i, e.Salience)
		}
	}
}
