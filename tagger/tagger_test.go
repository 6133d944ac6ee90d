package tagger

import (
	"errors"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
)

func TestTagRefuses(t *testing.T) {
	tagger := newTagger(t, Options{MaxBytes: 100})
	for _, c := range []struct {
		name    string
		article Article
		kind    error
		message string
	}{
		{"empty", Article{Body: " \n"}, ErrEmpty,
			"body: no text: got only white space, want a title or a body with text"},
		{"long", Article{Body: strings.Repeat("x", 101)}, ErrTooLong,
			"body: text too long: got 101 bytes with the title, want at most 100 bytes"},
		{"bad body", Article{Body: "Kabul\xff"}, ErrInvalidUTF8,
			"body: invalid UTF-8: got byte 0xff at offset 5, want UTF-8"},
		{"bad title", Article{Title: "a\xc3(", Body: "x"}, ErrInvalidUTF8,
			"title: invalid UTF-8: got byte 0xc3 at offset 1, want UTF-8"},
	} {
		_, err := tagger.Tag(t.Context(), c.article)
		if !errors.Is(err, c.kind) || err.Error() != c.message {
			t.Errorf("%s: got %v\nwant %s", c.name, err, c.message)
		}
	}
}

func newTagger(t testing.TB, o Options) *Tagger {
	t.Helper()
	tagger, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}

// newTestTagger is a tagger with all that the binary embeds.
func newTestTagger(t testing.TB) *Tagger {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	m, err := recognizer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return newTagger(t, Options{Gazetteer: g, Recognizer: m})
}
