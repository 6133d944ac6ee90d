package server

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// entityService joins what the archive and the gazetteer know.
type entityService struct {
	datelinev1.UnimplementedEntityServiceServer
	s *Server
}

// GetEntity returns one entity.
func (e entityService) GetEntity(ctx context.Context, req *datelinev1.GetEntityRequest) (*datelinev1.Entity, error) {
	var p problems
	id := gazetteer.ID(p.name("name", req.GetName(), entities))
	if err := p.err(); err != nil {
		return nil, err
	}
	info, err := e.s.store.Info(ctx, store.EntitySubject(id))
	seen := err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	entry, curated := e.s.engine.entry(id)
	switch {
	case curated && seen:
		return withInfo(entityProto(&entry), info), nil
	case curated:
		return entityProto(&entry), nil
	case seen:
		return infoProto(info), nil
	}
	return nil, notFound("name", req.GetName())
}

// SearchEntities finds entities by name: first those in the archive, then those
// that only the gazetteer knows.
func (e entityService) SearchEntities(ctx context.Context, req *datelinev1.SearchEntitiesRequest) (*datelinev1.SearchEntitiesResponse, error) {
	var p problems
	p.size("query", req.GetQuery(), 1, maxLabel)
	p.enum("type", int32(req.GetType()), datelinev1.EntityType_name)
	q := store.SearchQuery{
		Prefix:    req.GetQuery(),
		Kind:      store.Entity,
		Type:      gazetteer.Type(req.GetType()),
		PageSize:  p.page(req.GetPageSize(), 20, 100),
		PageToken: req.GetPageToken(),
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	page, err := e.s.store.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	resp := &datelinev1.SearchEntitiesResponse{NextPageToken: page.NextToken}
	for _, info := range page.Subjects {
		resp.Entities = append(resp.Entities, e.entity(info))
	}
	if q.PageToken == "" && page.NextToken == "" {
		resp.Entities = e.addUnseen(resp.Entities, q)
	}
	return resp, nil
}

// entity is what is known of an entity in the archive.
func (e entityService) entity(info store.SubjectInfo) *datelinev1.Entity {
	if entry, ok := e.s.engine.entry(gazetteer.ID(info.ID)); ok {
		return withInfo(entityProto(&entry), info)
	}
	return infoProto(info)
}

// addUnseen fills the only page up with bearers of the very name that no
// article mentions.
func (e entityService) addUnseen(found []*datelinev1.Entity, q store.SearchQuery) []*datelinev1.Entity {
	have := map[string]bool{}
	for _, f := range found {
		have[f.GetName()] = true
	}
	for _, entry := range e.s.engine.bearers(q.Prefix) {
		if len(found) < q.PageSize && !have[entityName(entry.ID)] && (q.Type == gazetteer.NoType || q.Type == entry.Type) {
			found = append(found, entityProto(&entry))
		}
	}
	return found
}

// bearers are the entries that bear a name, the most spoken of first.
func (e *engine) bearers(name string) []gazetteer.Entry {
	g := e.live().gazetteer
	if g == nil {
		return nil
	}
	var all []gazetteer.Entry
	for _, b := range g.Find(nil, name) {
		all = append(all, g.Entry(b.Ref))
	}
	slices.SortStableFunc(all, func(a, b gazetteer.Entry) int {
		return cmp.Or(cmp.Compare(b.Prior, a.Prior), cmp.Compare(a.ID, b.ID))
	})
	return all
}
