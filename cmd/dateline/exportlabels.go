package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// decided is an article with what editors decided about it: labelled data for
// whoever trains or measures. Without id and text it holds a decision about
// every article.
type decided struct {
	ID          string  `json:"id,omitempty"`
	Title       string  `json:"title,omitempty"`
	Text        string  `json:"text,omitempty"`
	HTML        bool    `json:"html,omitempty"`
	Source      string  `json:"source,omitempty"`
	PublishTime string  `json:"publish_time,omitempty"`
	Labels      []label `json:"labels"`
}

// label is one decision. Start and end are bytes of the field; without them it
// is about the article at large.
type label struct {
	Kind   string `json:"kind"` // pin: the entity stands there; reject: it does not; relink: it is the target
	Entity string `json:"entity"`
	Target string `json:"target,omitempty"`
	Name   string `json:"name,omitempty"` // of the pinned entity or of the target
	Type   string `json:"type,omitempty"` // person, organization or place
	Field  string `json:"field,omitempty"`
	Start  *int32 `json:"start,omitempty"`
	End    *int32 `json:"end,omitempty"`
	Text   string `json:"text,omitempty"` // what stands there
	Author string `json:"author,omitempty"`
	Note   string `json:"note,omitempty"`
	Time   string `json:"time"`
}

// exportLabels writes the articles that have corrections and leaves out the
// others.
func exportLabels(w io.Writer) exporter {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return exporter{
		write: func(a *datelinev1.Article) error {
			if len(a.Corrections) == 0 {
				return nil
			}
			return out.Encode(decided{
				ID: strings.TrimPrefix(a.Name, "articles/"), Title: a.Title, Text: a.Body, Source: a.Source, PublishTime: exportTime(a),
				HTML: a.BodyFormat == datelinev1.BodyFormat_BODY_FORMAT_HTML, Labels: labelsOf(a, a.Corrections),
			})
		},
		close: func() error { return nil },
	}
}

func labelsOf(a *datelinev1.Article, corrections []*datelinev1.Correction) []label {
	list := make([]label, len(corrections))
	for i, c := range corrections {
		l := label{
			Kind: enumWord(c.Kind.String(), "CORRECTION_KIND_"), Entity: strings.TrimPrefix(c.Entity, "entities/"),
			Target: strings.TrimPrefix(c.TargetEntity, "entities/"), Name: c.DisplayName, Author: c.Author, Note: c.Note,
			Time: c.CreateTime.AsTime().Format(time.RFC3339),
		}
		if c.Type != datelinev1.EntityType_ENTITY_TYPE_UNSPECIFIED {
			l.Type = enumWord(c.Type.String(), "ENTITY_TYPE_")
		}
		if s := c.Span; s != nil {
			l.Field, l.Start, l.End = enumWord(s.Field.String(), "ARTICLE_FIELD_"), &s.Start, &s.End
			text := a.GetBody()
			if s.Field == datelinev1.ArticleField_ARTICLE_FIELD_TITLE {
				text = a.GetTitle()
			}
			l.Text = text[s.Start:s.End]
		}
		list[i] = l
	}
	return list
}

// exportMerges writes the decisions about every article, of which no article
// tells, a page at a time.
func exportMerges(ctx context.Context, conn *grpc.ClientConn, w io.Writer, pageSize int32) error {
	req := &datelinev1.ListCorrectionsRequest{PageSize: pageSize}
	for {
		page, err := datelinev1.NewCorrectionServiceClient(conn).ListCorrections(ctx, req)
		if err != nil {
			return err
		}
		for _, l := range labelsOf(nil, page.Corrections) {
			text, err := json.Marshal(decided{Labels: []label{l}})
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
				return err
			}
		}
		if req.PageToken = page.NextPageToken; req.PageToken == "" {
			return nil
		}
	}
}
