package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// maxImport bounds what one import holds in memory; larger sources are built
// into a base with `dateline gazetteer build`.
const maxImport = 200_000

// ImportGazetteerEntries takes a stream of entries as one revision, without
// those that are refused.
func (g gazetteerService) ImportGazetteerEntries(stream grpc.ClientStreamingServer[datelinev1.ImportGazetteerEntriesRequest, datelinev1.ImportGazetteerEntriesResponse]) error {
	resp := &datelinev1.ImportGazetteerEntriesResponse{}
	c := change{}
	for index := int64(0); ; index++ {
		req, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if index == maxImport {
			return invalid("gazetteer_entry", "more than "+strconv.Itoa(maxImport)+" entries", "at most that, or a gazetteer built from files")
		}
		if err := importEntry(c, req); err != nil {
			resp.Refused = append(resp.Refused, &datelinev1.RefusedEntry{
				Index: index, Name: req.GetGazetteerEntry().GetName(), Error: itemError(err),
			})
			continue
		}
		resp.ImportedCount++
	}
	if resp.GetImportedCount() > 0 {
		revision, err := g.importAll(stream.Context(), c, resp.GetImportedCount())
		if err != nil {
			return err
		}
		resp.Revision = int64(revision)
	}
	return stream.SendAndClose(resp)
}

// importEntry adds one entry to a change.
func importEntry(c change, req *datelinev1.ImportGazetteerEntriesRequest) error {
	if err := wireProblems(req).err(); err != nil {
		return err
	}
	var p problems
	id := p.name("gazetteer_entry.name", req.GetGazetteerEntry().GetName(), gazetteerEntries)
	p.entryID("gazetteer_entry.name", id)
	p.entry("gazetteer_entry", req.GetGazetteerEntry())
	if err := p.err(); err != nil {
		return err
	}
	entry := newEntry(req.GetGazetteerEntry())
	value, err := encodeEntry(entry)
	if err != nil {
		return invalid("gazetteer_entry", err.Error(), "finite numbers")
	}
	c[entryKey+string(entry.ID)] = value
	c[deletedKey+string(entry.ID)] = nil
	return nil
}

func (g gazetteerService) importAll(ctx context.Context, c change, count int64) (uint64, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	return g.s.apply(ctx, fmt.Sprintf("import %d entries", count), c, false)
}
