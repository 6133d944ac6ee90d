package server

import (
	"context"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// entityOf tags a text and returns the entity and the gazetteer version of the
// mention that reads so, "" when there is none.
func entityOf(t *testing.T, p *program, text, mention string) (entity, version string) {
	t.Helper()
	resp, err := datelinev1.NewTaggingServiceClient(p.conn).TagArticle(context.Background(),
		&datelinev1.TagArticleRequest{Article: article("", text)})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range resp.GetTags().GetMentions() {
		if m.GetText() == mention {
			entity = m.GetEntity()
		}
	}
	return entity, resp.GetTags().GetVersions().GetGazetteer()
}

// TestEditsAreLive follows one entry from its creation to a rollback: every step
// shows in the next article tagged, and in the version that it names.
func TestEditsAreLive(t *testing.T) {
	p, ctx := start(t), context.Background()
	names := datelinev1.NewGazetteerServiceClient(p.conn)
	const text = "Envoys of the Wakhan Water Board met in Kabul on Monday."
	if got, _ := entityOf(t, p, text, "Wakhan Water Board"); got == "entities/dl:wwb" {
		t.Fatal("known before it was made")
	}

	made, err := names.CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{
		GazetteerEntryId: "dl:wwb",
		GazetteerEntry: &datelinev1.GazetteerEntry{
			Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "igo", DisplayName: "Wakhan Water Board",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, version := entityOf(t, p, text, "Wakhan Water Board")
	if got != "entities/dl:wwb" || !strings.HasSuffix(version, "+1") {
		t.Errorf("after create: got %q by %q, want entities/dl:wwb by …+1", got, version)
	}

	if _, err := names.UpdateGazetteerEntry(ctx, &datelinev1.UpdateGazetteerEntryRequest{
		GazetteerEntry: &datelinev1.GazetteerEntry{
			Name: made.GetName(), Etag: made.GetEtag(), DisplayName: "ignored by the mask",
			Aliases: []*datelinev1.GazetteerAlias{{Name: "WWB", Acronym: true}},
		},
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"aliases"}},
	}); err != nil {
		t.Fatal(err)
	}
	if got, _ := entityOf(t, p, "Envoys of the WWB met in Kabul.", "WWB"); got != "entities/dl:wwb" {
		t.Errorf("after update: WWB is %q", got)
	}
	_, err = names.UpdateGazetteerEntry(ctx, &datelinev1.UpdateGazetteerEntryRequest{
		GazetteerEntry: &datelinev1.GazetteerEntry{Name: made.GetName(), Etag: made.GetEtag(), Kind: "company"},
	})
	wantStatus(t, err, codes.Aborted, "ETAG_MISMATCH")

	if _, err := names.DeleteGazetteerEntry(ctx, &datelinev1.DeleteGazetteerEntryRequest{Name: made.GetName()}); err != nil {
		t.Fatal(err)
	}
	if got, _ := entityOf(t, p, text, "Wakhan Water Board"); got == "entities/dl:wwb" {
		t.Error("still known after the delete")
	}
	if _, err := names.UndeleteGazetteerEntry(ctx, &datelinev1.UndeleteGazetteerEntryRequest{Name: made.GetName()}); err != nil {
		t.Fatal(err)
	}
	if got, _ := entityOf(t, p, text, "Wakhan Water Board"); got != "entities/dl:wwb" {
		t.Errorf("after undelete: got %q", got)
	}

	if _, err := names.BlockName(ctx, &datelinev1.BlockNameRequest{NameText: "Kabul"}); err != nil {
		t.Fatal(err)
	}
	if got, _ := entityOf(t, p, text, "Kabul"); got == "entities/Q5838" {
		t.Error("Kabul matches although it is blocked")
	}

	back, err := names.RollbackGazetteer(ctx, &datelinev1.RollbackGazetteerRequest{Revision: 1})
	if err != nil {
		t.Fatal(err)
	}
	got, version = entityOf(t, p, text, "Kabul")
	if got != "entities/Q5838" || back.GetRevision() != 6 || !strings.HasSuffix(version, "+6") {
		t.Errorf("after rollback: Kabul is %q by %q at revision %d, want entities/Q5838 by …+6", got, version, back.GetRevision())
	}
	if got, _ := entityOf(t, p, "Envoys of the WWB met in Kabul.", "WWB"); got == "entities/dl:wwb" {
		t.Error("the acronym survived the rollback")
	}
	revisions, err := names.ListGazetteerRevisions(ctx, &datelinev1.ListGazetteerRevisionsRequest{PageSize: 2})
	if err != nil {
		t.Fatal(err)
	}
	if r := revisions.GetRevisions(); len(r) != 2 || r[0].GetDescription() != "roll back to 1" || r[1].GetDescription() != `block "Kabul"` {
		t.Errorf("got %v", revisions)
	}
}

// TestEditOfBase changes and deletes an entry of the base.
func TestEditOfBase(t *testing.T) {
	p, ctx := start(t), context.Background()
	names := datelinev1.NewGazetteerServiceClient(p.conn)
	got, err := names.UpdateGazetteerEntry(ctx, &datelinev1.UpdateGazetteerEntryRequest{
		GazetteerEntry: &datelinev1.GazetteerEntry{Name: "gazetteerEntries/Q5838", Aliases: []*datelinev1.GazetteerAlias{{Name: "Kabol"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.GetDisplayName() != "Kabul" || got.GetPoint().GetLatitude() != 34.53 {
		t.Errorf("an update without mask changed what was not filled: %v", got)
	}
	if entity, _ := entityOf(t, p, "Talks in Kabol went on.", "Kabol"); entity != "entities/Q5838" {
		t.Errorf("Kabol is %q", entity)
	}
	if _, err := names.DeleteGazetteerEntry(ctx, &datelinev1.DeleteGazetteerEntryRequest{Name: "gazetteerEntries/Q889"}); err != nil {
		t.Fatal(err)
	}
	if entity, _ := entityOf(t, p, "Talks in Afghanistan went on.", "Afghanistan"); entity == "entities/Q889" {
		t.Error("a deleted entry of the base still matches")
	}
	list, err := names.ListGazetteerEntries(ctx, &datelinev1.ListGazetteerEntriesRequest{ShowDeleted: true})
	if err != nil {
		t.Fatal(err)
	}
	if e := list.GetGazetteerEntries(); len(e) != 2 || e[0].GetName() != "gazetteerEntries/Q5838" || !e[1].GetDeleted() {
		t.Errorf("edited entries: got %v", list)
	}
}

// TestBadEdits: what cannot be made changes nothing.
func TestBadEdits(t *testing.T) {
	p, ctx := start(t), context.Background()
	names := datelinev1.NewGazetteerServiceClient(p.conn)
	board := &datelinev1.GazetteerEntry{Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "igo", DisplayName: "Wakhan Water Board"}
	_, err := names.CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{GazetteerEntryId: "Q889", GazetteerEntry: board})
	wantStatus(t, err, codes.AlreadyExists, "ALREADY_EXISTS")
	_, err = names.CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{GazetteerEntryId: "a b", GazetteerEntry: &datelinev1.GazetteerEntry{Prior: 7}})
	if v := wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST"); len(v) != 2 {
		t.Errorf("got %v, want complaints about id and entry", v)
	}
	_, err = names.GetGazetteerEntry(ctx, &datelinev1.GetGazetteerEntryRequest{Name: "gazetteerEntries/none"})
	wantStatus(t, err, codes.NotFound, "NOT_FOUND")
	_, err = names.UpdateGazetteerEntry(ctx, &datelinev1.UpdateGazetteerEntryRequest{
		GazetteerEntry: &datelinev1.GazetteerEntry{Name: "gazetteerEntries/Q889"},
		UpdateMask:     &fieldmaskpb.FieldMask{Paths: []string{"etag"}},
	})
	wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	_, err = names.RollbackGazetteer(ctx, &datelinev1.RollbackGazetteerRequest{Revision: 1})
	wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	_, err = names.CreateGazetteerEntry(ctx, &datelinev1.CreateGazetteerEntryRequest{GazetteerEntryId: "dl:wwb", GazetteerEntry: board, ValidateOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, version := entityOf(t, p, "Kabul.", ""); strings.Contains(version, "+") {
		t.Errorf("version %q after edits that were refused or only validated", version)
	}
}

// TestImportEntries takes the good entries of a stream as one revision.
func TestImportEntries(t *testing.T) {
	p, ctx := start(t), context.Background()
	stream, err := datelinev1.NewGazetteerServiceClient(p.conn).ImportGazetteerEntries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Wakhan Water Board", "", "Panj Power Company"} {
		if err := stream.Send(&datelinev1.ImportGazetteerEntriesRequest{GazetteerEntry: &datelinev1.GazetteerEntry{
			Name: "gazetteerEntries/dl:" + strings.ToLower(strings.ReplaceAll(name, " ", "-")),
			Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "company", DisplayName: name,
		}}); err != nil {
			t.Fatal(err)
		}
	}
	resp, err := stream.CloseAndRecv()
	if err != nil {
		t.Fatal(err)
	}
	if resp.GetRevision() != 1 || resp.GetImportedCount() != 2 || len(resp.GetRefused()) != 1 || resp.GetRefused()[0].GetIndex() != 1 {
		t.Errorf("got %v", resp)
	}
	if got, _ := entityOf(t, p, "Engineers of the Panj Power Company met.", "Panj Power Company"); got != "entities/dl:panj-power-company" {
		t.Errorf("after the import: got %q", got)
	}
}

// TestPreviewGazetteerEdit shows what edits would do to two stored articles, of
// which one holds the name, and that nothing was done.
func TestPreviewGazetteerEdit(t *testing.T) {
	p, ctx := start(t), context.Background()
	names, archive := datelinev1.NewGazetteerServiceClient(p.conn), datelinev1.NewArticleServiceClient(p.conn)
	for name, text := range map[string]string{
		"articles/a": "Envoys of the Wakhan Water Board met in Kabul on Monday.",
		"articles/b": "Rain fell in Kabul on Monday.",
	} {
		if _, err := archive.PublishArticle(ctx, &datelinev1.PublishArticleRequest{Article: article(name, text)}); err != nil {
			t.Fatal(err)
		}
	}
	create := &datelinev1.CreateGazetteerEntryRequest{
		GazetteerEntryId: "dl:wwb",
		GazetteerEntry: &datelinev1.GazetteerEntry{
			Type: datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION, Kind: "igo", DisplayName: "Wakhan Water Board",
		},
	}
	got, err := names.PreviewGazetteerEdit(ctx, &datelinev1.PreviewGazetteerEditRequest{
		Edit: &datelinev1.PreviewGazetteerEditRequest_Create{Create: create},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.GetExaminedCount() != 2 || !got.GetComplete() || got.GetChangedArticleCount() != 1 || len(got.GetChanges()) == 0 {
		t.Fatalf("got %v, want one of two articles changed", got)
	}
	last := got.GetChanges()[len(got.GetChanges())-1]
	if last.GetArticle() != "articles/a" || last.GetEntityAfter() != "entities/dl:wwb" || !strings.Contains(last.GetContext(), last.GetText()) {
		t.Errorf("got %v, want a mention of articles/a to become dl:wwb", last)
	}
	got, err = names.PreviewGazetteerEdit(ctx, &datelinev1.PreviewGazetteerEditRequest{
		Edit:        &datelinev1.PreviewGazetteerEditRequest_Block{Block: &datelinev1.BlockNameRequest{NameText: "Kabul"}},
		MaxArticles: 1,
	})
	if err != nil || got.GetExaminedCount() != 1 || got.GetComplete() || got.GetChangedMentionCount() == 0 {
		t.Errorf("blocking Kabul, one article: got %v, %v", got, err)
	}
	if entity, _ := entityOf(t, p, "Envoys of the Wakhan Water Board met.", "Wakhan Water Board"); entity == "entities/dl:wwb" {
		t.Error("the preview was made live")
	}
	_, err = names.PreviewGazetteerEdit(ctx, &datelinev1.PreviewGazetteerEditRequest{})
	wantStatus(t, err, codes.InvalidArgument, "INVALID_REQUEST")
}
