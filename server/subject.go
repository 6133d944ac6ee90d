package server

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger/topics"
)

// subject checks the name of an entity or a topic.
func (p *problems) subject(field, name string) store.Subject {
	if strings.HasPrefix(name, topicCollection+"/") {
		return store.TopicSubject(p.name(field, name, topicCollection))
	}
	return store.EntitySubject(gazetteer.ID(p.name(field, name, entities)))
}

// subjects checks a list of 1 to most of them.
func (p *problems) subjects(field string, names []string, most int) []store.Subject {
	if len(names) == 0 || len(names) > most {
		p.add(field, strconv.Itoa(len(names)), "1 to "+strconv.Itoa(most)+` names like "entities/Q889" or "topics/16000000"`)
		return nil
	}
	var all []store.Subject
	for i, name := range names {
		all = append(all, p.subject(field+"["+strconv.Itoa(i)+"]", name))
	}
	return all
}

// known makes sure that a subject exists, in the archive or outside of it, and
// leads a retired topic to its replacement.
func (s *Server) known(ctx context.Context, field string, sub store.Subject) (store.Subject, error) {
	if sub.Kind == store.Topic {
		code, ok := s.taxonomy.Current(topics.Code(sub.ID))
		if !ok {
			return sub, notFound(field, topicName(sub.ID))
		}
		if code != "" {
			sub.ID = string(code)
		}
		return sub, nil
	}
	if _, ok := s.engine.entry(gazetteer.ID(sub.ID)); ok {
		return sub, nil
	}
	_, err := s.store.Info(ctx, sub)
	if errors.Is(err, store.ErrNotFound) {
		return sub, notFound(field, subjectName(sub))
	}
	return sub, err
}

func subjectName(s store.Subject) string {
	if s.Kind == store.Topic {
		return topicName(s.ID)
	}
	return entityName(gazetteer.ID(s.ID))
}

// filter turns the filter fields of a request into the store's.
func (p *problems) filter(filter string, start, end *timestamppb.Timestamp) store.Filter {
	p.between(start, end)
	f := store.Filter{From: goTime(start), To: goTime(end)}
	if !p.size("filter", filter, 0, maxFilter) {
		return f
	}
	conditions, err := parseFilter(filter)
	var invalid invalidError
	if errors.As(err, &invalid) {
		*p = append(*p, invalid.violations...)
	}
	for _, c := range conditions {
		p.condition(&f, c)
	}
	return f
}

// filterFields are the fields that stand for subjects.
var filterFields = map[string]store.SubjectKind{
	"source": store.Source, "section": store.Section, "country": store.Country,
	"entity": store.Entity, "topic": store.Topic,
}

// condition adds one condition to a filter.
func (p *problems) condition(f *store.Filter, c condition) {
	kind, isSubject := filterFields[c.field]
	switch {
	case c.field == "salience":
		p.salience(f, c)
	case c.field == "about":
		f.AboutOnly = c.value == "true"
		if c.operator != "=" || (c.value != "true" && c.value != "false") {
			p.add("filter", c.String(), "about = true or about = false")
		}
	case !isSubject:
		p.add("filter", quote(c.field)+" at byte "+strconv.Itoa(c.at), "source, section, country, topic, entity, salience or about")
	case c.operator != "=":
		p.add("filter", c.String(), c.field+` = "…"`)
	case kind == store.Entity:
		f.With = append(f.With, store.EntitySubject(gazetteer.ID(p.name("filter", c.value, entities))))
	case kind == store.Topic:
		f.With = append(f.With, store.TopicSubject(p.name("filter", c.value, topicCollection)))
	default:
		f.With = append(f.With, store.Subject{Kind: kind, ID: c.value})
	}
}

func (p *problems) salience(f *store.Filter, c condition) {
	v, err := strconv.ParseFloat(c.value, 32)
	if err != nil || c.operator != ">=" || !(v >= 0 && v <= 1) {
		p.add("filter", c.String(), "salience >= a number from 0 to 1")
		return
	}
	f.MinSalience = float32(v)
}

// oldestFirst reads an order.
func (p *problems) oldestFirst(orderBy string) bool {
	switch strings.Join(strings.Fields(orderBy), " ") {
	case "", "publish_time desc":
		return false
	case "publish_time", "publish_time asc":
		return true
	}
	p.add("order_by", quote(orderBy), `"publish_time desc" or "publish_time"`)
	return false
}

// encoding checks an offset encoding.
func (p *problems) encoding(e datelinev1.OffsetEncoding) {
	p.enum("offset_encoding", int32(e), datelinev1.OffsetEncoding_name)
}
