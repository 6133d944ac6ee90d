package store

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// diff is what changed in one article.
func diff(article string, before, after *tagger.Result) Diff {
	d := Diff{Article: article}
	d.EntitiesGained, d.EntitiesLost = gainedLost(before.Entities, after.Entities, func(e tagger.Entity) gazetteer.ID { return e.ID })
	d.TopicsGained, d.TopicsLost = gainedLost(before.Topics, after.Topics, func(t tagger.Topic) string { return t.Code })
	return d
}

// gainedLost compares two lists by a key of their elements.
func gainedLost[T any, K cmp.Ordered](before, after []T, key func(T) K) (gained, lost []K) {
	had := map[K]bool{}
	for _, x := range before {
		had[key(x)] = true
	}
	for _, x := range after {
		if k := key(x); !had[k] {
			gained = append(gained, k)
		}
		delete(had, key(x))
	}
	for k := range had {
		lost = append(lost, k)
	}
	slices.Sort(gained)
	slices.Sort(lost)
	return gained, lost
}

// mostSamples and mostEntities bound a summary. Of entities more are kept than
// shown, so that one that is affected late still rises.
const (
	mostSamples  = 20
	mostEntities = 200
)

func (s Summary) clone() Summary {
	s.Entities, s.Samples = slices.Clone(s.Entities), slices.Clone(s.Samples)
	return s
}

func (s *Summary) add(d Diff) {
	s.EntitiesGained += len(d.EntitiesGained)
	s.EntitiesLost += len(d.EntitiesLost)
	s.TopicsGained += len(d.TopicsGained)
	s.TopicsLost += len(d.TopicsLost)
	for _, id := range d.EntitiesGained {
		s.entity(id).Gained++
	}
	for _, id := range d.EntitiesLost {
		s.entity(id).Lost++
	}
	slices.SortStableFunc(s.Entities, func(a, b EntityChange) int { return b.Gained + b.Lost - a.Gained - a.Lost })
	s.Entities = s.Entities[:min(len(s.Entities), mostEntities)]
	if len(s.Samples) < mostSamples {
		s.Samples = append(s.Samples, d)
	}
}

// entity is an entity's entry, added when it is new.
func (s *Summary) entity(id gazetteer.ID) *EntityChange {
	i := slices.IndexFunc(s.Entities, func(e EntityChange) bool { return e.Entity == id })
	if i < 0 {
		s.Entities = append(s.Entities, EntityChange{Entity: id})
		i = len(s.Entities) - 1
	}
	return &s.Entities[i]
}
