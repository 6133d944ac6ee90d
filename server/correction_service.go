package server

import (
	"context"
	"errors"
	"strconv"

	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// correctionService keeps the decisions of editors.
type correctionService struct {
	datelinev1.UnimplementedCorrectionServiceServer
	s *Server
}

// CreateCorrection stores a decision and applies it.
func (c correctionService) CreateCorrection(ctx context.Context, req *datelinev1.CreateCorrectionRequest) (*datelinev1.Correction, error) {
	if err := checkCorrection(req.GetCorrection()); err != nil {
		return nil, err
	}
	at, err := c.spans(ctx, req.GetCorrection())
	if err != nil {
		return nil, err
	}
	correction, err := correctionOf(req.GetCorrection(), at)
	if err != nil {
		return nil, err
	}
	stored, err := c.s.store.Correct(ctx, correction)
	if err != nil {
		return nil, err
	}
	return correctionProto(stored, at, req.GetCorrection().GetOffsetEncoding()), nil
}

// spans counts offsets in the article that a correction speaks of.
func (c correctionService) spans(ctx context.Context, p *datelinev1.Correction) (*spans, error) {
	if p.GetArticle() == "" {
		return newSpans(&tagger.Article{}, p.GetOffsetEncoding()), nil
	}
	record, err := c.s.store.Get(ctx, idOf(p.GetArticle(), articles))
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("correction.article", p.GetArticle())
	}
	if err != nil {
		return nil, err
	}
	return newSpans(&record.Article.Article, p.GetOffsetEncoding()), nil
}

// ListCorrections lists decisions.
func (c correctionService) ListCorrections(ctx context.Context, req *datelinev1.ListCorrectionsRequest) (*datelinev1.ListCorrectionsResponse, error) {
	var p problems
	size := p.page(req.GetPageSize(), 50, 1000)
	after := p.cursor(req, req.GetPageToken())
	article := ""
	if req.GetArticle() != "" {
		article = p.name("article", req.GetArticle(), articles)
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	all, err := c.s.store.Corrections(ctx, article)
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("article", req.GetArticle())
	}
	if err != nil {
		return nil, err
	}
	page, next := pageOf(all, after, size, func(c store.Correction) []byte { return ascending(c.ID) })
	resp := &datelinev1.ListCorrectionsResponse{NextPageToken: pageToken(req, next)}
	bytes := newSpans(&tagger.Article{}, datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF8)
	for _, correction := range page {
		resp.Corrections = append(resp.Corrections, correctionProto(correction, bytes, datelinev1.OffsetEncoding_OFFSET_ENCODING_UTF8))
	}
	return resp, nil
}

// DeleteCorrection takes a decision back.
func (c correctionService) DeleteCorrection(ctx context.Context, req *datelinev1.DeleteCorrectionRequest) (*emptypb.Empty, error) {
	var p problems
	text := p.name("name", req.GetName(), corrections)
	if err := p.err(); err != nil {
		return nil, err
	}
	id, err := strconv.ParseUint(text, 10, 64)
	if err == nil {
		err = c.s.store.Uncorrect(ctx, id)
	} else {
		err = store.ErrNotFound
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("name", req.GetName())
	}
	return &emptypb.Empty{}, err
}

// checkCorrection checks all but that the span lies in the article.
func checkCorrection(c *datelinev1.Correction) error {
	var p problems
	const relink = datelinev1.CorrectionKind_CORRECTION_KIND_RELINK
	if _, known := datelinev1.CorrectionKind_name[int32(c.GetKind())]; !known || c.GetKind() == 0 {
		p.add("correction.kind", strconv.Itoa(int(c.GetKind())), "CORRECTION_KIND_PIN, _REJECT or _RELINK")
	}
	if c.GetArticle() != "" || (c.GetKind() != relink && c.GetKind() != 0) {
		p.name("correction.article", c.GetArticle(), articles)
	}
	p.name("correction.entity", c.GetEntity(), entities)
	if c.GetKind() == relink {
		p.name("correction.target_entity", c.GetTargetEntity(), entities)
	}
	p.enum("correction.type", int32(c.GetType()), datelinev1.EntityType_name)
	p.enum("correction.offset_encoding", int32(c.GetOffsetEncoding()), datelinev1.OffsetEncoding_name)
	p.size("correction.display_name", c.GetDisplayName(), 0, maxLabel)
	p.size("correction.author", c.GetAuthor(), 0, maxLabel)
	p.size("correction.note", c.GetNote(), 0, maxFilter)
	return p.err()
}

// correctionOf converts a checked correction.
func correctionOf(p *datelinev1.Correction, at *spans) (store.Correction, error) {
	c := store.Correction{
		Kind:    store.CorrectionKind(p.GetKind()),
		Article: idOf(p.GetArticle(), articles),
		Entity:  gazetteer.ID(idOf(p.GetEntity(), entities)),
		To:      gazetteer.ID(idOf(p.GetTargetEntity(), entities)),
		Name:    p.GetDisplayName(),
		Type:    gazetteer.Type(p.GetType()),
		Author:  p.GetAuthor(),
		Note:    p.GetNote(),
	}
	if p.GetSpan() == nil {
		return c, nil
	}
	var err error
	c.Field, c.Span, err = at.back("correction.span", p.GetSpan())
	return c, err
}

// correctionProto is correctionOf back.
func correctionProto(c store.Correction, at *spans, enc datelinev1.OffsetEncoding) *datelinev1.Correction {
	p := &datelinev1.Correction{
		Name:           corrections + "/" + strconv.FormatUint(c.ID, 10),
		Kind:           datelinev1.CorrectionKind(c.Kind),
		Entity:         entityName(c.Entity),
		DisplayName:    c.Name,
		Type:           datelinev1.EntityType(c.Type),
		OffsetEncoding: enc,
		Author:         c.Author,
		Note:           c.Note,
		CreateTime:     protoTime(c.Time),
	}
	if c.Article != "" {
		p.Article = articleName(c.Article)
	}
	if c.To != "" {
		p.TargetEntity = entityName(c.To)
	}
	if c.Span.Len() > 0 {
		p.Span = at.of(c.Field, c.Span)
	}
	return p
}
