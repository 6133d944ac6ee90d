package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/internal/inorder"
	"github.com/dateline-news/dateline/tagger"
)

// tagRequest is one line of input of `dateline tag --format jsonl`. Fields
// that it does not know are ignored.
type tagRequest struct {
	ID          json.RawMessage `json:"id"` // a string or a number, comes back as it is
	Text        string          `json:"text"`
	Title       string          `json:"title"`
	PublishTime string          `json:"publish_time"` // RFC 3339, empty when unknown
	Source      string          `json:"source"`       // the outlet's domain
	HTML        bool            `json:"html"`         // text is HTML
}

// tagLines tags JSON lines: one line out for each line in, in the same order.
// A bad line gets an error on errs and the rest goes on.
func (c *tagCommand) tagLines(ctx context.Context, in io.Reader, out, errs io.Writer) error {
	type answer struct {
		number int
		json   []byte
		err    error
	}
	w := bufio.NewWriterSize(out, 1<<16)
	read, bad := 0, 0
	err := inorder.Each(ctx, lines(in),
		func(l line) answer {
			json, err := c.tagLine(ctx, l)
			return answer{l.number, json, err}
		},
		func(a answer) error {
			read++
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if a.err != nil {
				bad++
				_, err := fmt.Fprintf(errs, "dateline: line %d: %v\n", a.number, a.err)
				return err
			}
			_, err := w.Write(a.json)
			return err
		},
		w.Flush,
	)
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d of %d lines: %w", bad, read, errPartial)
	}
	return err
}

// tagLine answers one line with one line.
func (c *tagCommand) tagLine(ctx context.Context, l line) ([]byte, error) {
	if l.err != nil {
		return nil, l.err
	}
	req, err := parseTagRequest(l.text)
	if err != nil {
		return nil, err
	}
	article, err := req.article()
	if err != nil {
		return nil, err
	}
	result, err := c.tagger.Tag(ctx, article)
	if err != nil {
		return nil, inJSONTerms(err)
	}
	t := taggingOf(article, result, c.units, c.explain)
	t.ID = req.ID
	return encodeLine(t)
}

// parseTagRequest reads one line of input.
func parseTagRequest(l []byte) (req tagRequest, err error) {
	if err = decodeStrictly(l, &req); err == nil {
		err = req.check(l)
	}
	return req, err
}

// decodeStrictly refuses invalid UTF-8, which encoding/json would replace in
// silence.
func decodeStrictly(l []byte, req any) error {
	if i := invalidUTF8(l); i >= 0 {
		return fmt.Errorf("invalid UTF-8: got byte 0x%02x at offset %d of the line, want UTF-8", l[i], i)
	}
	if err := json.Unmarshal(l, req); err != nil {
		return jsonError(err)
	}
	return nil
}

// check refuses a line without a usable id, and texts that decoding has
// changed: offsets into a changed text help nobody.
func (r *tagRequest) check(l []byte) error {
	switch {
	case hasLoneSurrogate(l, r.Title+r.Text):
		return errors.New(`invalid Unicode: got half of a surrogate pair as a \u escape, want both halves`)
	case len(r.ID) == 0 || bytes.Equal(r.ID, []byte("null")) || bytes.Equal(r.ID, []byte(`""`)):
		return errors.New("id: got nothing, want a string or a number that names the article")
	case !strings.ContainsRune(`"-0123456789`, rune(r.ID[0])):
		return fmt.Errorf("id: got %s, want a string or a number", abridged(string(r.ID)))
	}
	return nil
}

// article checks what the tagger cannot see and gives it the rest.
func (r *tagRequest) article() (tagger.Article, error) {
	a := tagger.Article{Title: r.Title, Body: r.Text, HTML: r.HTML, Source: r.Source}
	if r.PublishTime == "" {
		return a, nil
	}
	at, err := time.Parse(time.RFC3339, r.PublishTime)
	if err != nil {
		return a, fmt.Errorf("publish_time: got %q, want RFC 3339 such as 2026-05-03T08:30:00Z", abridged(r.PublishTime))
	}
	a.PublishTime = at
	return a, nil
}

// inJSONTerms names a field as the caller of the contract knows it.
func inJSONTerms(err error) error {
	var bad *tagger.InputError
	if errors.As(err, &bad) && bad.Field == "body" {
		renamed := *bad
		renamed.Field = "text"
		return &renamed
	}
	return err
}

// jsonError says in the terms of the input what encoding/json says in Go's.
func jsonError(err error) error {
	var typeErr *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &typeErr):
		return fmt.Errorf("invalid JSON: %w", err)
	case typeErr.Field == "":
		return fmt.Errorf("got a JSON %s, want an object with id and text", typeErr.Value)
	default:
		return fmt.Errorf("%s: got a JSON %s, want a %v", typeErr.Field, typeErr.Value, typeErr.Type)
	}
}

// invalidUTF8 is the offset of the first byte that is no UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// hasLoneSurrogate reports whether decoding a line put U+FFFD where the line
// has none: encoding/json does so for an escape that is half a character.
func hasLoneSurrogate(l []byte, decoded string) bool {
	n := strings.Count(decoded, "\uFFFD")
	return n > 0 && n > bytes.Count(l, []byte("\uFFFD"))+bytes.Count(bytes.ToLower(l), []byte(`\ufffd`))
}

// abridged keeps an error message readable whatever came in.
func abridged(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// encodeLine is one value as one line of JSON, with <, > and & as they are.
func encodeLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
