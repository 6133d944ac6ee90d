package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"google.golang.org/protobuf/types/known/timestamppb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// A table of mentions is read back from Parquet as it was written, the article
// without a publish time too.
func TestParquet(t *testing.T) {
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	dated := &datelinev1.Article{
		Name: "articles/one", Source: "asiaplus.tj", PublishTime: timestamppb.New(at),
		Tags: &datelinev1.Tags{
			Mentions: []*datelinev1.Mention{{
				Span: &datelinev1.Span{Field: datelinev1.ArticleField_ARTICLE_FIELD_BODY, Start: 3, End: 9}, Text: "Rahmon",
				Type: datelinev1.MentionType_MENTION_TYPE_PERSON, Entity: "entities/Q57508", Confidence: 0.5,
			}},
			Entities: []*datelinev1.TaggedEntity{{Entity: "entities/Q57508", DisplayName: "Emomali Rahmon", Type: datelinev1.EntityType_ENTITY_TYPE_PERSON, Linked: true, About: true}},
		},
	}
	undated := &datelinev1.Article{Name: "articles/two", Tags: dated.Tags}
	var file bytes.Buffer
	out := exportParquet(&file)
	for _, a := range []*datelinev1.Article{dated, undated} {
		if err := out.write(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.Read[mentionRow](bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	want := append(mentionRows(dated), mentionRows(undated)...)
	if diff := cmp.Diff(want, got); diff != "" || want[0].Name != "Emomali Rahmon" || want[1].Published != nil {
		t.Errorf("written and read (-want +got):\n%s", diff)
	}
}

// Labels are the articles with decisions, each decision with the text that it
// is about.
func TestExportLabels(t *testing.T) {
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	var file bytes.Buffer
	out := exportLabels(&file)
	for _, a := range []*datelinev1.Article{
		{Name: "articles/plain", Body: "Nothing was decided."},
		{
			Name: "articles/one", Body: "Rahmon met “Putin”.", Source: "asiaplus.tj",
			Corrections: []*datelinev1.Correction{{
				Kind: datelinev1.CorrectionKind_CORRECTION_KIND_RELINK, Entity: "entities/Q1", TargetEntity: "entities/Q57508",
				Type: datelinev1.EntityType_ENTITY_TYPE_PERSON, Author: "ed", CreateTime: timestamppb.New(at),
				Span: &datelinev1.Span{Field: datelinev1.ArticleField_ARTICLE_FIELD_BODY, Start: 0, End: 6},
			}},
		},
	} {
		if err := out.write(a); err != nil {
			t.Fatal(err)
		}
	}
	want := `{"id":"one","text":"Rahmon met “Putin”.","source":"asiaplus.tj","labels":[{"kind":"relink","entity":"Q1","target":"Q57508",` +
		`"type":"person","field":"body","start":0,"end":6,"text":"Rahmon","author":"ed","time":"2026-03-01T10:00:00Z"}]}` + "\n"
	if diff := cmp.Diff(want, file.String()); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

// Decisions about every article come each once, over several pages.
func TestExportMerges(t *testing.T) {
	ctx := context.Background()
	p, conn := startAndDial(t, t.TempDir())
	defer func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	}()
	var want, got []string
	for i := range 5 {
		c := &datelinev1.Correction{
			Kind: datelinev1.CorrectionKind_CORRECTION_KIND_RELINK, Entity: fmt.Sprint("entities/Q", 900+i), TargetEntity: "entities/Q57508",
		}
		if _, err := datelinev1.NewCorrectionServiceClient(conn).CreateCorrection(ctx, &datelinev1.CreateCorrectionRequest{Correction: c}); err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprint("Q", 900+i))
	}
	var file bytes.Buffer
	if err := exportMerges(ctx, conn, &file, 2); err != nil {
		t.Fatal(err)
	}
	for in := json.NewDecoder(&file); in.More(); {
		var d decided
		if err := in.Decode(&d); err != nil || len(d.Labels) != 1 {
			t.Fatalf("got %+v, %v, want one decision", d, err)
		}
		got = append(got, d.Labels[0].Entity)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged entities (-want +got):\n%s", diff)
	}
}
