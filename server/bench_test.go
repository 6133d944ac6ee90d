package server

import (
	"context"
	"fmt"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// BenchmarkEdit measures how long an edit of the shipped gazetteer takes until
// it is durable and live, with so many edits made before.
func BenchmarkEdit(b *testing.B) {
	for _, before := range []int{0, 1_000, 100_000} {
		b.Run(fmt.Sprint(before), func(b *testing.B) {
			ctx := context.Background()
			p := start(b, func(o *Options) {
				g, err := gazetteer.Default()
				if err != nil {
					b.Fatal(err)
				}
				o.Tagger.Gazetteer = g
			})
			names := datelinev1.NewGazetteerServiceClient(p.conn)
			if before > 0 {
				importEntries(b, names, before)
			}
			i := 0
			for b.Loop() {
				i++
				if _, err := names.CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{
					GazetteerEntry: madeUp(fmt.Sprintf("Live Company %d", i)),
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func importEntries(b *testing.B, names datelinev1.GazetteerServiceClient, n int) {
	b.Helper()
	stream, err := names.ImportGazetteerEntries(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		e := madeUp(fmt.Sprintf("Made Up Company %d", i))
		e.Name = fmt.Sprintf("gazetteerEntries/test:%d", i)
		if err := stream.Send(&datelinev1.ImportGazetteerEntriesRequest{GazetteerEntry: e}); err != nil {
			b.Fatal(err)
		}
	}
	if resp, err := stream.CloseAndRecv(); err != nil || resp.GetImportedCount() != int64(n) {
		b.Fatal(resp, err)
	}
}

func madeUp(name string) *datelinev1.GazetteerEntry {
	return &datelinev1.GazetteerEntry{Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "company", DisplayName: name}
}
