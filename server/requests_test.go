package server

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"slices"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// FuzzRequests sends bytes as the request of every method: each is answered or
// refused, none by an internal error, which is what a panic becomes.
func FuzzRequests(f *testing.F) {
	for _, m := range []proto.Message{
		&datelinev1.TagArticleRequest{Article: border("1", "2025-03-01"), Explain: true, IncludeSentences: true},
		&datelinev1.QueryTimelineRequest{Subjects: []string{"entities/Q889"}, Filter: "about = true", TimeZone: "Asia/Kabul"},
		&datelinev1.ListAppearancesRequest{Subject: "topics/16000000", PageSize: 1},
		&datelinev1.CreateGazetteerEntryRequest{GazetteerEntry: &datelinev1.GazetteerEntry{Type: 1, Kind: "x", DisplayName: "Some One"}, ValidateOnly: true},
	} {
		wire, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(wire)
	}
	st, err := store.Open(store.Options{Dir: f.TempDir(), NoSync: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = st.Close() })
	s, err := New(Options{Store: st, Tagger: smallWorld(f), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		f.Fatal(err)
	}
	paths := slices.Sorted(maps.Keys(s.methods.unary))
	f.Fuzz(func(t *testing.T, wire []byte) {
		for _, path := range paths {
			m := s.methods.unary[path]
			decode := func(v any) error { return newCodec().Unmarshal(mem.BufferSlice{mem.SliceBuffer(wire)}, v) }
			_, err := m.desc.Handler(m.service, context.Background(), decode, s.unary)
			if code := status.Code(err); code == codes.Internal {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
}
