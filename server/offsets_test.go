package server

import (
	"testing"
	"unicode/utf8"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/text"
)

func TestByteOffset(t *testing.T) {
	const s = "a’😀z" // 1, 3, 4 and 1 bytes
	for _, c := range []struct {
		enc    text.Encoding
		offset int
		want   int
		ok     bool
	}{
		{text.UTF8, 4, 4, true},
		{text.UTF8, 2, 2, false},
		{text.UTF8, 9, 9, true},
		{text.UTF8, 10, 10, false},
		{text.UTF16, 2, 4, true},
		{text.UTF16, 3, 8, false},
		{text.UTF16, 4, 8, true},
		{text.UTF16, 5, 9, true},
		{text.UTF16, 6, 9, false},
		{text.UTF32, 3, 8, true},
		{text.UTF32, 4, 9, true},
		{text.UTF32, 5, 9, false},
		{text.UTF32, -1, 0, false},
	} {
		if got, ok := byteOffset(s, c.enc, c.offset); got != c.want || ok != c.ok {
			t.Errorf("offset %d in encoding %d: got %d, %v, want %d, %v", c.offset, c.enc, got, ok, c.want, c.ok)
		}
	}
}

// FuzzSpansBack: what of makes of a span of bytes, back makes bytes again.
func FuzzSpansBack(f *testing.F) {
	f.Add("Kabul’s 😀 news", uint8(2), 1, 9)
	f.Add("\U0010ffff\u0301", uint8(1), 0, 4)
	f.Fuzz(func(t *testing.T, body string, enc uint8, start, end int) {
		if !utf8.ValidString(body) || start < 0 || start >= end || end > len(body) ||
			!utf8.RuneStart(body[start]) || (end < len(body) && !utf8.RuneStart(body[end])) {
			return
		}
		want := gazetteer.Span{Start: start, End: end}
		s := newSpans(&tagger.Article{Body: body}, datelinev1.OffsetEncoding(enc%4))
		field, got, err := s.back("span", s.of(tagger.Body, want))
		if err != nil || field != tagger.Body || got != want {
			t.Errorf("got %v of field %v, %v, want %v", got, field, err, want)
		}
	})
}
