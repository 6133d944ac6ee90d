package server

import (
	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// entityProto is an entity as the gazetteer knows it.
func entityProto(e *gazetteer.Entry) *datelinev1.Entity {
	p := &datelinev1.Entity{
		Name:        entityName(e.ID),
		DisplayName: e.Name,
		Type:        datelinev1.EntityType(e.Type),
		Kind:        string(e.Kind),
		Country:     e.Country,
		Point:       pointProto(e.Point),
		Parents:     entityNames(e.Parents),
		Roles:       rolesProto(e.Roles),
		Linked:      true,
		Provenance:  e.Source,
	}
	for _, a := range e.Aliases {
		p.Aliases = append(p.Aliases, a.Name)
	}
	return p
}

// infoProto is an entity as only the archive knows it.
func infoProto(i store.SubjectInfo) *datelinev1.Entity {
	return withInfo(&datelinev1.Entity{
		Name:        subjectName(i.Subject),
		DisplayName: i.Name,
		Type:        datelinev1.EntityType(i.Type),
		Kind:        string(i.Kind),
		Country:     i.Country,
		Point:       pointProto(i.Point),
		Aliases:     i.Forms,
		Linked:      i.Linked,
	}, i)
}

// withInfo adds the archive's counts.
func withInfo(p *datelinev1.Entity, i store.SubjectInfo) *datelinev1.Entity {
	p.ArticleCount = int64(i.Articles)
	p.MentionCount = int64(i.Mentions)
	p.FirstSeenTime = protoTime(i.FirstSeen)
	p.LastSeenTime = protoTime(i.LastSeen)
	return p
}

func rolesProto(roles []gazetteer.Role) []*datelinev1.Role {
	var all []*datelinev1.Role
	for _, r := range roles {
		all = append(all, &datelinev1.Role{
			Title: r.Title, Country: r.Country, StartTime: protoTime(r.From), EndTime: protoTime(r.To),
		})
	}
	return all
}
