package store

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/topics"
)

// standing is a subject standing in an article, by number: what a head keeps
// and a posting repeats.
type standing struct {
	subject  uint32
	mentions uint32
	salience uint16
	flags    flags
}

// named is a standing before its subject has a number.
type named struct {
	subject subject // what the article says of it
	standing
}

// standings lists every subject that postings are kept for: the archive
// itself, entities, topics with all they lie below, countries, source and
// section. No subject comes twice.
func standings(a Article, r *tagger.Result, tax *topics.Taxonomy) []named {
	c := collector{seen: map[Subject]int{}}
	c.add(subject{Subject: Subject{Kind: All}}, standing{mentions: 1})
	c.entities(a, r)
	c.topics(r, tax)
	for _, f := range r.Countries {
		c.property(Country, f.Country, f.Score)
	}
	c.property(Source, a.Source, 1)
	c.property(Section, a.Section, 1)
	if a.TimeOrigin == DerivedTime {
		for i := range c.list {
			c.list[i].flags |= derived
		}
	}
	return c.list
}

// collector gathers standings, the strongest of each subject.
type collector struct {
	list []named
	seen map[Subject]int
}

func (c *collector) add(s subject, st standing) {
	i, again := c.seen[s.Subject]
	if !again {
		c.seen[s.Subject] = len(c.list)
		c.list = append(c.list, named{s, st})
		return
	}
	old := &c.list[i]
	old.mentions = max(old.mentions, st.mentions)
	old.salience = max(old.salience, st.salience)
	old.flags |= st.flags
}

func (c *collector) property(kind SubjectKind, id string, score float32) {
	if id != "" {
		c.add(subject{Subject: Subject{kind, id}, name: id}, standing{mentions: 1, salience: quantize(score)})
	}
}

func (c *collector) entities(a Article, r *tagger.Result) {
	mentions := make([]uint32, len(r.Entities))
	forms := make([][]string, len(r.Entities))
	for _, m := range r.Mentions {
		mentions[m.Entity]++
		forms[m.Entity] = addForm(forms[m.Entity], fieldOf(a, m.Field), m.Span)
	}
	for i, e := range r.Entities {
		st := standing{mentions: mentions[i], salience: quantize(e.Salience)}
		if e.About {
			st.flags |= about
		}
		c.add(subject{
			Subject: EntitySubject(e.ID), name: e.Name, class: e.Type, fine: e.Kind, country: e.Country,
			point: e.Point, linked: e.Linked, forms: forms[i],
		}, st)
	}
}

func (c *collector) topics(r *tagger.Result, tax *topics.Taxonomy) {
	for _, t := range r.Topics {
		st := standing{mentions: 1, salience: quantize(t.Score)}
		c.add(subject{Subject: TopicSubject(t.Code), name: t.Name}, st)
		above := tax.Parents(topics.Code(t.Code))
		if len(above) == 0 && t.Top != "" && t.Top != t.Code {
			above = []topics.Code{topics.Code(t.Top)} // a topic of a taxonomy this archive does not know
		}
		for _, code := range above {
			topic, _ := tax.Topic(code)
			c.add(subject{Subject: TopicSubject(string(code)), name: topic.Name}, st)
		}
	}
}

// fieldOf is the text that a field's spans point into.
func fieldOf(a Article, f tagger.Field) string {
	if f == tagger.Title {
		return a.Title
	}
	return a.Body
}

// maxForm is the longest surface form kept for search, in bytes; longer ones
// and those with markup within are no names that anyone types.
const maxForm = 80

func addForm(forms []string, text string, span gazetteer.Span) []string {
	if span.Len() > maxForm {
		return forms
	}
	form := span.Of(text)
	if strings.ContainsAny(form, "<>&\n") || slices.Contains(forms, form) {
		return forms
	}
	return append(forms, strings.Clone(form))
}
