package server

import (
	"context"
	"errors"

	"google.golang.org/protobuf/types/known/emptypb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// articleService keeps articles.
type articleService struct {
	datelinev1.UnimplementedArticleServiceServer
	s *Server
}

// PublishArticle tags and stores one article.
func (a articleService) PublishArticle(ctx context.Context, req *datelinev1.PublishArticleRequest) (*datelinev1.PublishArticleResponse, error) {
	if err := a.s.checkPublish(req); err != nil {
		return nil, err
	}
	article := storeArticle(req.GetArticle())
	if req.GetValidateOnly() {
		return a.preview(ctx, article, req.GetOffsetEncoding())
	}
	put, err := a.publish(ctx, article, req)
	if err != nil {
		return nil, err
	}
	return &datelinev1.PublishArticleResponse{
		Article: recordProto(put.Record, req.GetOffsetEncoding()),
		Outcome: datelinev1.PublishOutcome(put.Outcome),
	}, nil
}

// publish stores an article, and tags it first unless the store knows already
// what would come of it.
func (a articleService) publish(ctx context.Context, article store.Article, req *datelinev1.PublishArticleRequest) (store.PutResult, error) {
	etag, requestID := req.GetArticle().GetEtag(), req.GetRequestId()
	if etag == "" {
		versions := a.s.engine.live().tagger.Versions()
		put, err := a.s.store.Stored(ctx, article, versions, requestID)
		if !errors.Is(err, store.ErrNotFound) {
			return put, err
		}
	}
	result, err := a.s.tag(ctx, article.Article)
	if err != nil {
		return store.PutResult{}, err
	}
	return a.s.store.Put(ctx, store.PutRequest{Article: article, Result: result, RequestID: requestID, ETag: etag})
}

// preview answers as publish would, without storing.
func (a articleService) preview(ctx context.Context, article store.Article, enc datelinev1.OffsetEncoding) (*datelinev1.PublishArticleResponse, error) {
	result, err := a.s.tag(ctx, article.Article)
	if err != nil {
		return nil, err
	}
	p := articleProto(&article)
	p.Tags = tagsProto(&article.Article, result, enc)
	return &datelinev1.PublishArticleResponse{
		Article: p,
		Outcome: datelinev1.PublishOutcome_PUBLISH_OUTCOME_VALIDATED,
	}, nil
}

// BatchPublishArticles publishes a stream of articles.
func (a articleService) BatchPublishArticles(stream datelinev1.ArticleService_BatchPublishArticlesServer) error {
	return batch(a.s, stream, func(ctx context.Context, req *datelinev1.BatchPublishArticlesRequest) *datelinev1.BatchPublishArticlesResponse {
		resp := &datelinev1.BatchPublishArticlesResponse{CorrelationId: req.GetCorrelationId()}
		published, err := item(ctx, a.s, req, func() (*datelinev1.PublishArticleResponse, error) {
			return a.PublishArticle(ctx, req.GetRequest())
		})
		if err != nil {
			resp.Result = &datelinev1.BatchPublishArticlesResponse_Error{Error: itemError(err)}
			return resp
		}
		if req.GetOmitTags() {
			published.Article.Body, published.Article.Tags = "", nil
		}
		resp.Result = &datelinev1.BatchPublishArticlesResponse_Response{Response: published}
		return resp
	})
}

// GetArticle returns a stored article.
func (a articleService) GetArticle(ctx context.Context, req *datelinev1.GetArticleRequest) (*datelinev1.Article, error) {
	var p problems
	p.encoding(req.GetOffsetEncoding())
	id := p.name("name", req.GetName(), articles)
	if err := p.err(); err != nil {
		return nil, err
	}
	record, err := a.s.store.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("name", req.GetName())
	}
	if err != nil {
		return nil, err
	}
	return recordProto(record, req.GetOffsetEncoding()), nil
}

// ListArticles pages through stored articles.
func (a articleService) ListArticles(ctx context.Context, req *datelinev1.ListArticlesRequest) (*datelinev1.ListArticlesResponse, error) {
	var p problems
	p.encoding(req.GetOffsetEncoding())
	p.enum("view", int32(req.GetView()), datelinev1.ArticleView_name)
	q := store.ListQuery{
		Filter:      p.filter(req.GetFilter(), req.GetStartTime(), req.GetEndTime()),
		OldestFirst: p.oldestFirst(req.GetOrderBy()),
		PageSize:    p.page(req.GetPageSize(), 50, store.MaxPage),
		PageToken:   req.GetPageToken(),
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return fitting(q.PageSize, func(size int) (*datelinev1.ListArticlesResponse, error) {
		q.PageSize = size
		return a.list(ctx, q, req)
	})
}

// list reads one page.
func (a articleService) list(ctx context.Context, q store.ListQuery, req *datelinev1.ListArticlesRequest) (*datelinev1.ListArticlesResponse, error) {
	page, err := a.s.store.List(ctx, q)
	if err != nil {
		return nil, err
	}
	resp := &datelinev1.ListArticlesResponse{NextPageToken: page.NextToken}
	for _, r := range page.Records {
		if req.GetView() == datelinev1.ArticleView_ARTICLE_VIEW_FULL {
			resp.Articles = append(resp.Articles, recordProto(r, req.GetOffsetEncoding()))
		} else {
			resp.Articles = append(resp.Articles, recordHead(r))
		}
	}
	return resp, nil
}

// DeleteArticle removes an article.
func (a articleService) DeleteArticle(ctx context.Context, req *datelinev1.DeleteArticleRequest) (*emptypb.Empty, error) {
	var p problems
	id := p.name("name", req.GetName(), articles)
	if err := p.err(); err != nil {
		return nil, err
	}
	err := a.s.store.Delete(ctx, id, req.GetEtag())
	switch {
	case errors.Is(err, store.ErrNotFound) && req.GetAllowMissing():
	case errors.Is(err, store.ErrNotFound):
		return nil, notFound("name", req.GetName())
	case err != nil:
		return nil, err
	}
	return &emptypb.Empty{}, nil
}

// ExportArticles streams articles in full.
func (a articleService) ExportArticles(req *datelinev1.ExportArticlesRequest, stream datelinev1.ArticleService_ExportArticlesServer) error {
	var p problems
	p.encoding(req.GetOffsetEncoding())
	q := store.ListQuery{Filter: p.filter(req.GetFilter(), req.GetStartTime(), req.GetEndTime()), OldestFirst: true}
	if err := p.err(); err != nil {
		return err
	}
	return a.s.store.Walk(stream.Context(), q, func(r *store.Record) error {
		a := recordProto(r, req.GetOffsetEncoding())
		a.Tags.Sentences = sentencesProto(r, req.GetOffsetEncoding()) // so that the tags can be loaded elsewhere
		return stream.Send(&datelinev1.ExportArticlesResponse{Article: a})
	})
}
