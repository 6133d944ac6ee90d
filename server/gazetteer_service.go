package server

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// gazetteerService reads and edits the curated names.
type gazetteerService struct {
	datelinev1.UnimplementedGazetteerServiceServer
	s *Server
}

// GetGazetteerEntry returns one entry, also a deleted one.
func (g gazetteerService) GetGazetteerEntry(_ context.Context, req *datelinev1.GetGazetteerEntryRequest) (*datelinev1.GazetteerEntry, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	entry, deleted, err := g.entry("name", req.GetName(), "")
	if err != nil {
		return nil, err
	}
	p := entryProto(&entry)
	p.Deleted = deleted
	return p, nil
}

// entry finds the entry of a name and compares its etag, when one is given.
func (g gazetteerService) entry(field, name, etag string) (gazetteer.Entry, bool, error) {
	var p problems
	id := gazetteer.ID(p.name(field, name, gazetteerEntries))
	if err := p.err(); err != nil {
		return gazetteer.Entry{}, false, err
	}
	entry, deleted, ok := g.s.edits.entry(id)
	switch {
	case !ok:
		return entry, false, notFound(field, name)
	case etag != "" && etag != entryETag(&entry):
		return entry, false, fmt.Errorf("%w: got etag %s, want %s", errStaleEntry, quote(etag), entryETag(&entry))
	}
	return entry, deleted, nil
}

// ListGazetteerEntries pages through the edited entries.
func (g gazetteerService) ListGazetteerEntries(_ context.Context, req *datelinev1.ListGazetteerEntriesRequest) (*datelinev1.ListGazetteerEntriesResponse, error) {
	var p problems
	size := p.page(req.GetPageSize(), 50, 1000)
	after := p.cursor(req, req.GetPageToken())
	if err := p.err(); err != nil {
		return nil, err
	}
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	page, next := pageOf(g.edited(req.GetShowDeleted()), after, size, func(id gazetteer.ID) []byte { return []byte(id) })
	resp := &datelinev1.ListGazetteerEntriesResponse{NextPageToken: pageToken(req, next)}
	for _, id := range page {
		if entry, deleted, ok := g.s.edits.entry(id); ok {
			e := entryProto(&entry)
			e.Deleted = deleted
			resp.GazetteerEntries = append(resp.GazetteerEntries, e)
		}
	}
	return resp, nil
}

// edited are the ids of all entries with an edit, sorted.
func (g gazetteerService) edited(deletedToo bool) []gazetteer.ID {
	var ids []gazetteer.ID
	for key := range g.s.edits.blobs {
		id, isEntry := strings.CutPrefix(key, entryKey)
		if isEntry && !has(g.s.edits.blobs, deletedKey+id) {
			ids = append(ids, gazetteer.ID(id))
		}
		if id, gone := strings.CutPrefix(key, deletedKey); gone && deletedToo {
			ids = append(ids, gazetteer.ID(id))
		}
	}
	slices.Sort(ids)
	return ids
}

// LookupName returns every bearer of a name.
func (g gazetteerService) LookupName(_ context.Context, req *datelinev1.LookupNameRequest) (*datelinev1.LookupNameResponse, error) {
	var p problems
	if !p.size("query", req.GetQuery(), 1, maxLabel) {
		return nil, p.err()
	}
	resp := &datelinev1.LookupNameResponse{}
	for _, entry := range g.s.engine.bearers(req.GetQuery()) {
		resp.GazetteerEntries = append(resp.GazetteerEntries, entryProto(&entry))
	}
	return resp, nil
}

// edit is a change with its description and the entry that it makes.
type edit struct {
	what   string
	change change
	entry  gazetteer.Entry
}

// CreateGazetteerEntry adds an entry.
func (g gazetteerService) CreateGazetteerEntry(ctx context.Context, req *datelinev1.CreateGazetteerEntryRequest) (*datelinev1.GazetteerEntry, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	e, err := g.create(req)
	if err != nil {
		return nil, err
	}
	return g.made(ctx, e, req.GetValidateOnly())
}

// create is the edit that adds an entry.
func (g gazetteerService) create(req *datelinev1.CreateGazetteerEntryRequest) (edit, error) {
	id := req.GetGazetteerEntryId()
	if id == "" {
		id = "local:" + strings.ToLower(newID())
	}
	entry := newEntry(req.GetGazetteerEntry())
	entry.ID = gazetteer.ID(id)
	var p problems
	p.entryID("gazetteer_entry_id", id)
	p.entry("gazetteer_entry", req.GetGazetteerEntry())
	if err := p.err(); err != nil {
		return edit{}, err
	}
	if _, _, ok := g.s.edits.entry(entry.ID); ok {
		return edit{}, fmt.Errorf("%s %w: want an id that nobody has", entryName(entry.ID), errExists)
	}
	return put("create", entry)
}

// newEntry is an entry that people add. They do so because the news speaks of
// it: without a prior it would lose against a name that nobody knows.
func newEntry(p *datelinev1.GazetteerEntry) gazetteer.Entry {
	entry := entryOf(p)
	if entry.Prior == 0 {
		entry.Prior = 0.5
	}
	return entry
}

// put is the edit that makes an entry what it is to be.
func put(verb string, entry gazetteer.Entry) (edit, error) {
	value, err := encodeEntry(entry)
	if err != nil {
		return edit{}, invalid("gazetteer_entry", err.Error(), "finite numbers")
	}
	return edit{
		what:   fmt.Sprintf("%s %s %q", verb, entry.ID, entry.Name),
		change: change{entryKey + string(entry.ID): value, deletedKey + string(entry.ID): nil},
		entry:  entry,
	}, nil
}

// made makes an edit and returns the entry as it now is.
func (g gazetteerService) made(ctx context.Context, e edit, validateOnly bool) (*datelinev1.GazetteerEntry, error) {
	if _, err := g.s.apply(ctx, e.what, e.change, validateOnly); err != nil {
		return nil, err
	}
	return entryProto(&e.entry), nil
}

// UpdateGazetteerEntry changes an entry.
func (g gazetteerService) UpdateGazetteerEntry(ctx context.Context, req *datelinev1.UpdateGazetteerEntryRequest) (*datelinev1.GazetteerEntry, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	e, err := g.update(req)
	if err != nil {
		return nil, err
	}
	return g.made(ctx, e, req.GetValidateOnly())
}

// update is the edit that changes an entry.
func (g gazetteerService) update(req *datelinev1.UpdateGazetteerEntryRequest) (edit, error) {
	given := req.GetGazetteerEntry()
	old, _, err := g.entry("gazetteer_entry.name", given.GetName(), given.GetEtag())
	if err != nil {
		return edit{}, err
	}
	changed := entryProto(&old)
	var p problems
	p.merge(changed, given, req.GetUpdateMask())
	p.entry("gazetteer_entry", changed)
	if err := p.err(); err != nil {
		return edit{}, err
	}
	return put("update", entryOf(changed))
}

// fixedFields of an entry cannot be changed.
var fixedFields = []protoreflect.Name{"name", "etag", "deleted"}

// merge copies the fields of a mask: every filled one without a mask, all with
// the mask "*".
func (p *problems) merge(to, from *datelinev1.GazetteerEntry, mask *fieldmaskpb.FieldMask) {
	paths := mask.GetPaths()
	fields := from.ProtoReflect().Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		wanted := slices.Contains(paths, string(fd.Name())) || (len(paths) == 1 && paths[0] == "*")
		if len(paths) == 0 {
			wanted = from.ProtoReflect().Has(fd)
		}
		if !wanted || slices.Contains(fixedFields, fd.Name()) {
			continue
		}
		to.ProtoReflect().Clear(fd)
		if from.ProtoReflect().Has(fd) {
			to.ProtoReflect().Set(fd, from.ProtoReflect().Get(fd))
		}
	}
	for i, path := range paths {
		fd := fields.ByName(protoreflect.Name(path))
		if path != "*" && (fd == nil || slices.Contains(fixedFields, fd.Name())) {
			p.add(fmt.Sprintf("update_mask.paths[%d]", i), quote(path), "a field of an entry that may be changed, or a single \"*\"")
		}
	}
}

// DeleteGazetteerEntry hides an entry.
func (g gazetteerService) DeleteGazetteerEntry(ctx context.Context, req *datelinev1.DeleteGazetteerEntryRequest) (*emptypb.Empty, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	e, err := g.hide(req)
	if err != nil {
		return nil, err
	}
	if _, err := g.s.apply(ctx, e.what, e.change, req.GetValidateOnly()); err != nil {
		return nil, err
	}
	return &emptypb.Empty{}, nil
}

// hide is the edit that deletes an entry.
func (g gazetteerService) hide(req *datelinev1.DeleteGazetteerEntryRequest) (edit, error) {
	entry, deleted, err := g.entry("name", req.GetName(), req.GetEtag())
	if err != nil {
		return edit{}, err
	}
	if deleted {
		return edit{}, notFound("name", req.GetName())
	}
	return edit{
		what:   fmt.Sprintf("delete %s %q", entry.ID, entry.Name),
		change: change{deletedKey + string(entry.ID): isSet},
		entry:  entry,
	}, nil
}

// UndeleteGazetteerEntry brings an entry back.
func (g gazetteerService) UndeleteGazetteerEntry(ctx context.Context, req *datelinev1.UndeleteGazetteerEntryRequest) (*datelinev1.GazetteerEntry, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	entry, deleted, err := g.entry("name", req.GetName(), "")
	if err != nil {
		return nil, err
	}
	if deleted {
		what := fmt.Sprintf("undelete %s %q", entry.ID, entry.Name)
		if _, err := g.s.apply(ctx, what, change{deletedKey + string(entry.ID): nil}, false); err != nil {
			return nil, err
		}
	}
	return entryProto(&entry), nil
}

// BlockName makes a name match nothing, or something again.
func (g gazetteerService) BlockName(ctx context.Context, req *datelinev1.BlockNameRequest) (*datelinev1.BlockNameResponse, error) {
	e, err := block(req)
	if err != nil {
		return nil, err
	}
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	revision, err := g.s.apply(ctx, e.what, e.change, req.GetValidateOnly())
	if err != nil {
		return nil, err
	}
	return &datelinev1.BlockNameResponse{Revision: int64(revision)}, nil
}

// block is the edit that blocks a name, or frees it.
func block(req *datelinev1.BlockNameRequest) (edit, error) {
	var p problems
	if !p.size("name_text", req.GetNameText(), 1, maxLabel) {
		return edit{}, p.err()
	}
	what, value := "block ", isSet
	if req.GetUnblock() {
		what, value = "unblock ", nil
	}
	return edit{
		what:   what + strconv.Quote(req.GetNameText()),
		change: change{blockedKey + req.GetNameText(): value},
		entry:  gazetteer.Entry{Name: req.GetNameText()},
	}, nil
}

// ListGazetteerRevisions pages through the edits.
func (g gazetteerService) ListGazetteerRevisions(ctx context.Context, req *datelinev1.ListGazetteerRevisionsRequest) (*datelinev1.ListGazetteerRevisionsResponse, error) {
	var p problems
	size := p.page(req.GetPageSize(), 50, 1000)
	after := p.cursor(req, req.GetPageToken())
	if err := p.err(); err != nil {
		return nil, err
	}
	all, err := g.s.store.BlobRevisions(ctx, editsCollection)
	if err != nil {
		return nil, err
	}
	page, next := pageOf(all, after, size, func(r store.BlobRevision) []byte { return descending(r.Revision) })
	resp := &datelinev1.ListGazetteerRevisionsResponse{NextPageToken: pageToken(req, next)}
	for _, r := range page {
		resp.Revisions = append(resp.Revisions, &datelinev1.GazetteerRevision{
			Revision: int64(r.Revision), CreateTime: protoTime(r.Time), Description: r.Note,
		})
	}
	return resp, nil
}

// RollbackGazetteer goes back to an older revision by a new one.
func (g gazetteerService) RollbackGazetteer(ctx context.Context, req *datelinev1.RollbackGazetteerRequest) (*datelinev1.RollbackGazetteerResponse, error) {
	g.s.edits.mu.Lock()
	defer g.s.edits.mu.Unlock()
	if req.GetRevision() < 0 || uint64(req.GetRevision()) > g.s.edits.revision {
		return nil, invalid("revision", strconv.FormatInt(req.GetRevision(), 10), fmt.Sprintf("0 to %d", g.s.edits.revision))
	}
	c, err := g.s.edits.rollback(ctx, uint64(req.GetRevision()))
	if err != nil {
		return nil, err
	}
	revision, err := g.s.apply(ctx, fmt.Sprintf("roll back to %d", req.GetRevision()), c, false)
	if err != nil {
		return nil, err
	}
	return &datelinev1.RollbackGazetteerResponse{Revision: int64(revision)}, nil
}

// entryID checks the id of a new entry.
func (p *problems) entryID(field, id string) {
	ok := len(id) <= 128
	for _, r := range id {
		ok = ok && r < 0x80 && (isWordRune(r) && r != '/')
	}
	if !ok {
		p.add(field, quote(id), "1 to 128 letters, digits, '-', '_', '.' and ':'")
	}
}

// entry checks what the gazetteer itself does not: names and times.
func (p *problems) entry(field string, e *datelinev1.GazetteerEntry) {
	for i, parent := range e.GetParents() {
		p.name(fmt.Sprintf("%s.parents[%d]", field, i), parent, entities)
	}
	for i, r := range e.GetRoles() {
		p.moment(fmt.Sprintf("%s.roles[%d].start_time", field, i), r.GetStartTime())
		p.moment(fmt.Sprintf("%s.roles[%d].end_time", field, i), r.GetEndTime())
	}
	for i, c := range e.GetConditions() {
		p.moment(fmt.Sprintf("%s.conditions[%d].start_time", field, i), c.GetStartTime())
		p.moment(fmt.Sprintf("%s.conditions[%d].end_time", field, i), c.GetEndTime())
	}
	converted := entryOf(e)
	if converted.ID == "" {
		converted.ID = "new"
	}
	if err := converted.Validate(); err != nil {
		p.add(field, "an entry that cannot be indexed", err.Error())
	}
}
