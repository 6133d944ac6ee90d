package tagger

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The kinds of input errors, for errors.Is.
var (
	ErrEmpty       = errors.New("no text")
	ErrInvalidUTF8 = errors.New("invalid UTF-8")
	ErrTooLong     = errors.New("text too long")
)

// InputError is what Tag returns for an article that it refuses.
type InputError struct {
	Field string // "title" or "body"
	Got   string // what came
	Want  string // what is accepted
	Kind  error  // ErrEmpty, ErrInvalidUTF8 or ErrTooLong
}

// Error says field, kind, got and want in one line.
func (e *InputError) Error() string {
	return fmt.Sprintf("%s: %v: got %s, want %s", e.Field, e.Kind, e.Got, e.Want)
}

// Unwrap gives the kind of the error.
func (e *InputError) Unwrap() error { return e.Kind }

// check refuses what cannot be tagged: no text at all, text over limit bytes,
// text that is not UTF-8.
func (a *Article) check(limit int) error {
	if blank(a.Title) && blank(a.Body) {
		return &InputError{"body", "only white space", "a title or a body with text", ErrEmpty}
	}
	if n := len(a.Title) + len(a.Body); n > limit {
		return &InputError{"body", fmt.Sprintf("%d bytes with the title", n),
			fmt.Sprintf("at most %d bytes", limit), ErrTooLong}
	}
	if err := checkUTF8("title", a.Title); err != nil {
		return err
	}
	return checkUTF8("body", a.Body)
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// checkUTF8 names the first byte of a field that no rune contains.
func checkUTF8(field, s string) error {
	if utf8.ValidString(s) {
		return nil
	}
	for i, r := range s {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
			return &InputError{field, fmt.Sprintf("byte 0x%02x at offset %d", s[i], i), "UTF-8", ErrInvalidUTF8}
		}
	}
	return nil
}
