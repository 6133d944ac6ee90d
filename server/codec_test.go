package server

import (
	"strings"
	"testing"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// invalidWire encodes a message and makes every DEL in it a byte that no UTF-8
// has.
func invalidWire(t *testing.T, m proto.Message) []byte {
	t.Helper()
	wire, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.ReplaceAll(string(wire), "\x7f", "\xff"))
}

func TestCodecKeepsTheRest(t *testing.T) {
	wire := invalidWire(t, &datelinev1.BatchPublishArticlesRequest{
		CorrelationId: "seven",
		Request: &datelinev1.PublishArticleRequest{
			Article: &datelinev1.Article{Name: "articles/7", Title: "Kab\x7fl", Authors: []string{"A. Good", "B. \x7fad"}},
		},
	})
	var got datelinev1.BatchPublishArticlesRequest
	if err := newCodec().Unmarshal(mem.BufferSlice{mem.SliceBuffer(wire)}, &got); err != nil {
		t.Fatal(err)
	}
	if got.GetCorrelationId() != "seven" || got.GetRequest().GetArticle().GetName() != "articles/7" {
		t.Errorf("the good fields were lost: %v", &got)
	}
	const want = "request.article.title: got byte 0xff at 3, want valid UTF-8; request.article.authors: got byte 0xff at 3, want valid UTF-8"
	if err := wireProblems(&got).err(); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %v", err, want)
	}
}

func TestCodecRefusesGarbage(t *testing.T) {
	var got datelinev1.TagArticleRequest
	if newCodec().Unmarshal(mem.BufferSlice{mem.SliceBuffer{0xff, 0xff, 0xff}}, &got) == nil {
		t.Error("three bytes 0xff were taken for a message")
	}
}

// FuzzCodec: whatever comes is decoded, noted or refused.
func FuzzCodec(f *testing.F) {
	f.Add([]byte("\x0a\x03abc"))
	f.Add([]byte("\x0a\x05\x12\x03a\xffb"))
	f.Add([]byte("\x0a\x05\x12\x03a"))
	f.Fuzz(func(t *testing.T, wire []byte) {
		var plain, ours datelinev1.TagArticleRequest
		want := proto.Unmarshal(wire, &plain)
		got := newCodec().Unmarshal(mem.BufferSlice{mem.SliceBuffer(wire)}, &ours)
		switch {
		case want == nil && (got != nil || !proto.Equal(&plain, &ours)):
			t.Errorf("changed a good message: %v", got)
		case want != nil && got == nil && wireProblems(&ours).err() == nil:
			t.Errorf("took a bad message without complaint, protobuf says %v", want)
		}
	})
}
