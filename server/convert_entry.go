package server

import (
	"strconv"

	"github.com/cespare/xxhash/v2"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

func entryName(id gazetteer.ID) string { return gazetteerEntries + "/" + string(id) }

// entryProto is an entry as curators write it.
func entryProto(e *gazetteer.Entry) *datelinev1.GazetteerEntry {
	p := &datelinev1.GazetteerEntry{
		Name:        entryName(e.ID),
		Type:        datelinev1.EntityType(e.Type),
		Kind:        string(e.Kind),
		DisplayName: e.Name,
		Country:     e.Country,
		Point:       pointProto(e.Point),
		Prior:       e.Prior,
		Roles:       rolesProto(e.Roles),
		Parents:     entityNames(e.Parents),
		Provenance:  e.Source,
		Etag:        entryETag(e),
	}
	if e.NameFlags != 0 {
		p.DisplayNameRules = aliasProto(gazetteer.Alias{Flags: e.NameFlags})
	}
	for _, a := range e.Aliases {
		p.Aliases = append(p.Aliases, aliasProto(a))
	}
	for _, c := range e.When {
		p.Conditions = append(p.Conditions, &datelinev1.GazetteerCondition{
			Alias:           c.Alias,
			OutletCountries: c.OutletCountry,
			OutletDomains:   c.OutletDomain,
			TextHas:         c.TextHas,
			StartTime:       protoTime(c.From),
			EndTime:         protoTime(c.To),
			Weight:          c.Weight,
		})
	}
	return p
}

// entryETag changes whenever the entry does.
func entryETag(e *gazetteer.Entry) string {
	b, err := encodeEntry(*e)
	if err != nil { // a NaN prior, which validation refuses
		return ""
	}
	return strconv.FormatUint(xxhash.Sum64(b), 36)
}

func aliasProto(a gazetteer.Alias) *datelinev1.GazetteerAlias {
	return &datelinev1.GazetteerAlias{
		Name:          a.Name,
		Acronym:       a.Flags&gazetteer.Acronym != 0,
		Demonym:       a.Flags&gazetteer.Demonym != 0,
		Former:        a.Flags&gazetteer.Former != 0,
		CaseSensitive: a.Flags&gazetteer.CaseSensitive != 0,
		NeedsContext:  a.Flags&gazetteer.NeedsContext != 0,
	}
}

// entryOf is entryProto back.
func entryOf(p *datelinev1.GazetteerEntry) gazetteer.Entry {
	e := gazetteer.Entry{
		ID:        gazetteer.ID(idOf(p.GetName(), gazetteerEntries)),
		Type:      gazetteer.Type(p.GetType()),
		Kind:      gazetteer.Kind(p.GetKind()),
		Name:      p.GetDisplayName(),
		Country:   p.GetCountry(),
		NameFlags: aliasOf(p.GetDisplayNameRules()).Flags,
		Prior:     p.GetPrior(),
		Source:    p.GetProvenance(),
	}
	if p.GetPoint() != nil {
		e.Point = &gazetteer.Point{Lat: p.GetPoint().GetLatitude(), Lon: p.GetPoint().GetLongitude()}
	}
	for _, a := range p.GetAliases() {
		e.Aliases = append(e.Aliases, aliasOf(a))
	}
	for _, r := range p.GetRoles() {
		e.Roles = append(e.Roles, gazetteer.Role{
			Title: r.GetTitle(), Country: r.GetCountry(), From: goTime(r.GetStartTime()), To: goTime(r.GetEndTime()),
		})
	}
	for _, parent := range p.GetParents() {
		e.Parents = append(e.Parents, gazetteer.ID(idOf(parent, entities)))
	}
	for _, c := range p.GetConditions() {
		e.When = append(e.When, conditionOf(c))
	}
	return e
}

func aliasOf(p *datelinev1.GazetteerAlias) gazetteer.Alias {
	a := gazetteer.Alias{Name: p.GetName()}
	for _, f := range []struct {
		set  bool
		flag gazetteer.AliasFlags
	}{
		{p.GetAcronym(), gazetteer.Acronym},
		{p.GetDemonym(), gazetteer.Demonym},
		{p.GetFormer(), gazetteer.Former},
		{p.GetCaseSensitive(), gazetteer.CaseSensitive},
		{p.GetNeedsContext(), gazetteer.NeedsContext},
	} {
		if f.set {
			a.Flags |= f.flag
		}
	}
	return a
}

func conditionOf(p *datelinev1.GazetteerCondition) gazetteer.Condition {
	return gazetteer.Condition{
		Alias:         p.GetAlias(),
		OutletCountry: p.GetOutletCountries(),
		OutletDomain:  p.GetOutletDomains(),
		TextHas:       p.GetTextHas(),
		From:          goTime(p.GetStartTime()),
		To:            goTime(p.GetEndTime()),
		Weight:        p.GetWeight(),
	}
}
