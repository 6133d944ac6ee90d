package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const exportHelp = `Export writes articles with their tags as they stand at one moment of the
archive, one JSON document a line:

  dateline   the message Article of the API: everything, offsets in UTF-8 bytes
  ninjs      IPTC ninjs 3.0, entities and topics in its people, organisations,
             places and subjects
  jsonld     schema.org NewsArticle: what the article is about stands in about,
             the rest of its entities in mentions

  labels     the articles about which editors decided something, with what they
             decided: labelled data for training and measuring; decisions about
             every article come first, without a text

or a table of all mentions, one a row: csv, or parquet.

A line of dateline can be published again; see ` + "`dateline import`" + `.`

const exportExamples = `  dateline export > archive.jsonl
  dateline export --as ninjs --from 2026-01-01 > year.ninjs.jsonl
  dateline export --as parquet > mentions.parquet
  dateline export --as labels > labelled.jsonl
  dateline export --as jsonld --filter 'source = "ariananews.af"' > kabul.jsonl`

// exporter writes articles in one form.
type exporter struct {
	write func(*datelinev1.Article) error
	close func() error // writes what is left
}

// exporters are the forms that --as names.
var exporters = map[string]func(io.Writer) exporter{
	"dateline": exportLines(func(a *datelinev1.Article) ([]byte, error) { return messageJSON(a) }),
	"ninjs":    exportLines(func(a *datelinev1.Article) ([]byte, error) { return json.Marshal(ninjsOf(a)) }),
	"jsonld":   exportLines(func(a *datelinev1.Article) ([]byte, error) { return json.Marshal(schemaOf(a)) }),
	"csv":      exportCSV,
	"parquet":  exportParquet,
	"labels":   exportLabels,
}

func exportLines(line func(*datelinev1.Article) ([]byte, error)) func(io.Writer) exporter {
	return func(w io.Writer) exporter {
		return exporter{
			write: func(a *datelinev1.Article) error {
				l, err := line(a)
				if err != nil {
					return fmt.Errorf("%s: %w", a.Name, err)
				}
				_, err = w.Write(append(l, '\n'))
				return err
			},
			close: func() error { return nil },
		}
	}
}

func newExportCommand() *cobra.Command {
	req := &datelinev1.ExportArticlesRequest{}
	var from, to, as string
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write articles with their tags as JSON, CSV or Parquet",
		Long:    exportHelp,
		Example: exportExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			form, ok := exporters[as]
			if !ok {
				return usagef("--as: got %q, want dateline, ninjs, jsonld, labels, csv or parquet", as)
			}
			if req.StartTime, err = parseTimestamp("--from", from); err != nil {
				return err
			}
			if req.EndTime, err = parseTimestamp("--to", to); err != nil {
				return err
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				if as == "labels" {
					if err := exportMerges(cmd.Context(), conn, cmd.OutOrStdout(), maxPage); err != nil {
						return err
					}
				}
				return export(cmd, conn, req, form)
			})
		},
	}
	addClientFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&as, "as", "dateline", "`FORM`: dateline, ninjs, jsonld, labels, csv or parquet")
	flags.StringVar(&from, "from", "", "only articles published at or after `TIME`")
	flags.StringVar(&to, "to", "", "only articles published before `TIME`")
	flags.StringVar(&req.Filter, "filter", "", "only articles that pass, as topic = \"topics/16000000\"")
	return cmd
}

func export(cmd *cobra.Command, conn *grpc.ClientConn, req *datelinev1.ExportArticlesRequest, form func(io.Writer) exporter) error {
	stream, err := datelinev1.NewArticleServiceClient(conn).ExportArticles(cmd.Context(), req)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(cmd.OutOrStdout())
	out := form(buffer)
	bar := newProgress(cmd, "export", -1, false)
	defer bar.finish()
	for {
		answer, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return errors.Join(out.close(), buffer.Flush())
		}
		if err != nil {
			return errors.Join(err, out.close(), buffer.Flush())
		}
		if err := out.write(answer.Article); err != nil {
			return err
		}
		bar.add(1)
	}
}

// ninjs is a news item of IPTC ninjs 3.0, as far as Dateline knows its fields:
// https://iptc.org/std/ninjs/.
type ninjs struct {
	URI            string         `json:"uri"`
	Type           string         `json:"type"`
	Standard       ninjsStandard  `json:"standard"`
	VersionCreated string         `json:"versionCreated,omitempty"`
	FirstCreated   string         `json:"firstCreated,omitempty"`
	Headlines      []ninjsText    `json:"headlines,omitempty"`
	Bodies         []ninjsText    `json:"bodies,omitempty"`
	Subjects       []ninjsConcept `json:"subjects,omitempty"`
	People         []ninjsConcept `json:"people,omitempty"`
	Organisations  []ninjsConcept `json:"organisations,omitempty"`
	Places         []ninjsConcept `json:"places,omitempty"`
	InfoSources    []ninjsConcept `json:"infoSources,omitempty"`
}

type ninjsStandard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type ninjsText struct {
	Role        string `json:"role,omitempty"`
	ContentType string `json:"contentType,omitempty"`
	Value       string `json:"value"`
}

type ninjsConcept struct {
	Name       string   `json:"name,omitempty"`
	URI        string   `json:"uri,omitempty"`
	Creator    string   `json:"creator,omitempty"`
	Relevance  int      `json:"relevance,omitempty"`  // 0 to 100
	Confidence int      `json:"confidence,omitempty"` // 0 to 100
	Literal    string   `json:"literal,omitempty"`    // where no uri is known
	Latitude   *float64 `json:"latitude,omitempty"`
	Longitude  *float64 `json:"longitude,omitempty"`
}

// exportTime is when an article was published, "" when nobody knows.
func exportTime(a *datelinev1.Article) string {
	if a.PublishTime == nil {
		return ""
	}
	return a.PublishTime.AsTime().Format(time.RFC3339)
}

// exportURI is the article's address, or its name as a tag URI.
func exportURI(a *datelinev1.Article) string {
	if a.Uri != "" {
		return a.Uri
	}
	return "urn:dateline:" + strings.ReplaceAll(a.Name, " ", "%20")
}

// conceptURI is the address of a Wikidata item or of an IPTC topic, "" for
// what only this archive names.
func conceptURI(resource string) string {
	kind, id, _ := strings.Cut(resource, "/")
	switch {
	case kind == "topics" && len(id) == 8:
		return "http://cv.iptc.org/newscodes/mediatopic/" + id
	case kind == "entities" && len(id) > 1 && id[0] == 'Q' && strings.Trim(id[1:], "0123456789") == "":
		return "http://www.wikidata.org/entity/" + id
	}
	return ""
}

func ninjsOf(a *datelinev1.Article) ninjs {
	n := ninjs{URI: exportURI(a), Type: "text", Standard: ninjsStandard{"ninjs", "3.0"}, VersionCreated: exportTime(a), FirstCreated: exportTime(a)}
	if a.Title != "" {
		n.Headlines = []ninjsText{{Role: "main", Value: a.Title}}
	}
	contentType := "text/plain"
	if a.BodyFormat == datelinev1.BodyFormat_BODY_FORMAT_HTML {
		contentType = "text/html"
	}
	n.Bodies = []ninjsText{{Role: "main", ContentType: contentType, Value: a.Body}}
	if a.Source != "" {
		n.InfoSources = []ninjsConcept{{Name: a.Source, Literal: a.Source}}
	}
	for _, t := range a.GetTags().GetTopics() {
		n.Subjects = append(n.Subjects, concept(t.Topic, t.DisplayName, 0, t.Score))
	}
	for _, e := range a.GetTags().GetEntities() {
		c := concept(e.Entity, e.DisplayName, e.Salience, e.Confidence)
		switch e.Type {
		case datelinev1.EntityType_ENTITY_TYPE_PERSON:
			n.People = append(n.People, c)
		case datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION:
			n.Organisations = append(n.Organisations, c)
		default:
			if p := e.GetPoint(); p != nil {
				c.Latitude, c.Longitude = &p.Latitude, &p.Longitude
			}
			n.Places = append(n.Places, c)
		}
	}
	return n
}

func concept(resource, name string, relevance, confidence float32) ninjsConcept {
	c := ninjsConcept{Name: name, URI: conceptURI(resource), Creator: "dateline", Relevance: int(relevance*100 + 0.5), Confidence: int(confidence*100 + 0.5)}
	if c.URI == "" {
		c.Literal = resource
	}
	return c
}

// schema is a NewsArticle of schema.org.
type schema struct {
	Context       string        `json:"@context"`
	Type          string        `json:"@type"`
	ID            string        `json:"@id"`
	Identifier    string        `json:"identifier"`
	Headline      string        `json:"headline,omitempty"`
	ArticleBody   string        `json:"articleBody"`
	DatePublished string        `json:"datePublished,omitempty"`
	Section       string        `json:"articleSection,omitempty"`
	URL           string        `json:"url,omitempty"`
	Publisher     *schemaThing  `json:"publisher,omitempty"`
	About         []schemaThing `json:"about,omitempty"`
	Mentions      []schemaThing `json:"mentions,omitempty"`
	Keywords      []schemaThing `json:"keywords,omitempty"`
}

type schemaThing struct {
	Type   string     `json:"@type"`
	ID     string     `json:"@id,omitempty"`
	Name   string     `json:"name"`
	SameAs string     `json:"sameAs,omitempty"`
	Geo    *schemaGeo `json:"geo,omitempty"`
}

type schemaGeo struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

func schemaOf(a *datelinev1.Article) schema {
	s := schema{
		Context: "https://schema.org", Type: "NewsArticle", ID: exportURI(a), Identifier: strings.TrimPrefix(a.Name, "articles/"),
		Headline: a.Title, ArticleBody: a.Body, DatePublished: exportTime(a), Section: a.Section, URL: a.Uri,
	}
	if a.Source != "" {
		s.Publisher = &schemaThing{Type: "Organization", Name: a.Source}
	}
	for _, e := range a.GetTags().GetEntities() {
		if thing := schemaEntity(e); e.About {
			s.About = append(s.About, thing)
		} else {
			s.Mentions = append(s.Mentions, thing)
		}
	}
	for _, t := range a.GetTags().GetTopics() {
		s.Keywords = append(s.Keywords, schemaThing{Type: "DefinedTerm", ID: conceptURI(t.Topic), Name: t.DisplayName})
	}
	return s
}

func schemaEntity(e *datelinev1.TaggedEntity) schemaThing {
	t := schemaThing{Type: "Place", Name: e.DisplayName, SameAs: conceptURI(e.Entity)}
	switch e.Type {
	case datelinev1.EntityType_ENTITY_TYPE_PERSON:
		t.Type = "Person"
	case datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION:
		t.Type = "Organization"
	}
	if p := e.GetPoint(); p != nil {
		t.Geo = &schemaGeo{"GeoCoordinates", p.Latitude, p.Longitude}
	}
	return t
}
