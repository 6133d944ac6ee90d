package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// mentionRow is one row of the table of mentions, in CSV and in Parquet: a
// mention with what an analyst groups it by.
type mentionRow struct {
	Article    string     `parquet:"article,zstd"`
	Published  *time.Time `parquet:"published,optional,timestamp(microsecond)"`
	Source     string     `parquet:"source,dict,zstd"`
	Section    string     `parquet:"section,dict,zstd"`
	Story      string     `parquet:"story,zstd"`
	Entity     string     `parquet:"entity,dict,zstd"`
	Name       string     `parquet:"name,dict,zstd"`
	Type       string     `parquet:"type,dict,zstd"`
	Country    string     `parquet:"country,dict,zstd"`
	Linked     bool       `parquet:"linked"`
	Salience   float32    `parquet:"salience"`
	About      bool       `parquet:"about"`
	Field      string     `parquet:"field,dict,zstd"`
	Start      int32      `parquet:"start,delta"` // bytes of the field
	End        int32      `parquet:"end,delta"`
	Text       string     `parquet:"text,dict,zstd"`
	Mention    string     `parquet:"mention_type,dict,zstd"`
	Confidence float32    `parquet:"confidence"`
}

var mentionColumns = []string{
	"article", "published", "source", "section", "story", "entity", "name", "type", "country", "linked", "salience", "about",
	"field", "start", "end", "text", "mention_type", "confidence",
}

// mentionRows are the rows of one article.
func mentionRows(a *datelinev1.Article) []mentionRow {
	entities := map[string]*datelinev1.TaggedEntity{}
	for _, e := range a.GetTags().GetEntities() {
		entities[e.Entity] = e
	}
	base := mentionRow{Article: strings.TrimPrefix(a.Name, "articles/"), Source: a.Source, Section: a.Section, Story: a.Story}
	if a.PublishTime != nil {
		at := a.PublishTime.AsTime()
		base.Published = &at
	}
	var rows []mentionRow
	for _, m := range a.GetTags().GetMentions() {
		r, e := base, entities[m.Entity]
		r.Entity, r.Name, r.Country = strings.TrimPrefix(m.Entity, "entities/"), e.GetDisplayName(), e.GetCountry()
		r.Type = enumWord(e.GetType().String(), "ENTITY_TYPE_")
		r.Linked, r.Salience, r.About = e.GetLinked(), e.GetSalience(), e.GetAbout()
		r.Field = enumWord(m.GetSpan().GetField().String(), "ARTICLE_FIELD_")
		r.Start, r.End, r.Text = m.GetSpan().GetStart(), m.GetSpan().GetEnd(), m.Text
		r.Mention, r.Confidence = enumWord(m.Type.String(), "MENTION_TYPE_"), m.Confidence
		rows = append(rows, r)
	}
	return rows
}

func enumWord(name, prefix string) string { return strings.ToLower(strings.TrimPrefix(name, prefix)) }

// record is the row as CSV has it.
func (r mentionRow) record() []string {
	published := ""
	if r.Published != nil {
		published = r.Published.Format(time.RFC3339Nano)
	}
	number := func(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }
	return []string{
		r.Article, published, r.Source, r.Section, r.Story, r.Entity, r.Name, r.Type, r.Country, strconv.FormatBool(r.Linked), number(r.Salience),
		strconv.FormatBool(r.About), r.Field, strconv.Itoa(int(r.Start)), strconv.Itoa(int(r.End)), r.Text, r.Mention, number(r.Confidence),
	}
}

func exportCSV(w io.Writer) exporter {
	out := csv.NewWriter(w)
	err := out.Write(mentionColumns)
	return exporter{
		write: func(a *datelinev1.Article) error {
			for _, r := range mentionRows(a) {
				if err == nil {
					err = out.Write(r.record())
				}
			}
			return err
		},
		close: func() error {
			out.Flush()
			return out.Error()
		},
	}
}

// rowGroup is how many rows of Parquet are held in memory.
const rowGroup = 100_000

func exportParquet(w io.Writer) exporter {
	out := parquet.NewGenericWriter[mentionRow](w, parquet.MaxRowsPerRowGroup(rowGroup))
	return exporter{
		write: func(a *datelinev1.Article) error {
			_, err := out.Write(mentionRows(a))
			return err
		},
		close: out.Close,
	}
}
