package server

import (
	"context"
	"time"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/tagger"
)

// taggingService tags without storing.
type taggingService struct {
	datelinev1.UnimplementedTaggingServiceServer
	s *Server
}

// TagArticle tags one article.
func (t taggingService) TagArticle(ctx context.Context, req *datelinev1.TagArticleRequest) (*datelinev1.TagArticleResponse, error) {
	tags, err := t.tag(ctx, req)
	if err != nil {
		return nil, err
	}
	return &datelinev1.TagArticleResponse{Tags: tags}, nil
}

// BatchTagArticles tags a stream of articles.
func (t taggingService) BatchTagArticles(stream datelinev1.TaggingService_BatchTagArticlesServer) error {
	return batch(t.s, stream, func(ctx context.Context, req *datelinev1.BatchTagArticlesRequest) *datelinev1.BatchTagArticlesResponse {
		resp := &datelinev1.BatchTagArticlesResponse{CorrelationId: req.GetCorrelationId()}
		tags, err := item(ctx, t.s, req, func() (*datelinev1.Tags, error) { return t.tag(ctx, req.GetRequest()) })
		if err != nil {
			resp.Result = &datelinev1.BatchTagArticlesResponse_Error{Error: itemError(err)}
		} else {
			resp.Result = &datelinev1.BatchTagArticlesResponse_Tags{Tags: tags}
		}
		return resp
	})
}

func (t taggingService) tag(ctx context.Context, req *datelinev1.TagArticleRequest) (*datelinev1.Tags, error) {
	if err := t.s.checkTag(req); err != nil {
		return nil, err
	}
	a := articleInput(req.GetArticle())
	result, err := t.s.tagWith(ctx, a, req.GetExplain())
	if err != nil {
		return nil, err
	}
	tags := tagsProto(&a, result, req.GetOffsetEncoding())
	if !req.GetIncludeSentences() {
		tags.Sentences = nil
	}
	return tags, nil
}

// tag tags an article with what is live at the moment and measures it.
func (s *Server) tag(ctx context.Context, a tagger.Article) (*tagger.Result, error) {
	return s.tagWith(ctx, a, false)
}

// tagWith also keeps the rivals of every link when they are to be explained.
func (s *Server) tagWith(ctx context.Context, a tagger.Article, explain bool) (*tagger.Result, error) {
	live := s.engine.live()
	t := live.tagger
	if explain {
		t = live.explainer
	}
	select {
	case s.tagging <- struct{}{}:
		defer func() { <-s.tagging }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	start := time.Now()
	result, err := t.Tag(ctx, a)
	if err != nil {
		return nil, taggingError(err)
	}
	s.metrics.tagging.Observe(time.Since(start).Seconds())
	s.metrics.bytes.Add(float64(len(a.Title) + len(a.Body)))
	return result, nil
}
