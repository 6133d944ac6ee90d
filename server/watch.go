package server

import (
	"context"
	"errors"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
)

// WatchAppearances streams changes of subjects until the caller goes or the
// server drains.
func (t timelineService) WatchAppearances(req *datelinev1.WatchAppearancesRequest, stream datelinev1.TimelineService_WatchAppearancesServer) error {
	var p problems
	p.encoding(req.GetOffsetEncoding())
	subjects := p.subjects("subjects", req.GetSubjects(), maxWatched)
	if err := p.err(); err != nil {
		return err
	}
	token := req.GetResumeToken()
	if token == "" {
		token = t.s.store.WatchToken()
		if err := stream.Send(&datelinev1.WatchAppearancesResponse{ResumeToken: token}); err != nil {
			return err
		}
	}
	ctx, cancel := t.s.untilDrain(stream.Context())
	defer cancel()
	err := t.s.store.Watch(ctx, subjects, token, func(e store.Event) error {
		return stream.Send(eventProto(e, req.GetOffsetEncoding()))
	})
	return drainError(ctx, err)
}

// untilDrain ends a context also when the server drains: GracefulStop would
// wait for ever for a stream that waits for news.
func (s *Server) untilDrain(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.quit:
			cancel(errDraining)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(context.Canceled) }
}

// drainError tells a caller that it is the server that goes.
func drainError(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errDraining) {
		return errDraining
	}
	return err
}

func eventProto(e store.Event, enc datelinev1.OffsetEncoding) *datelinev1.WatchAppearancesResponse {
	p := &datelinev1.WatchAppearancesResponse{
		Change:      datelinev1.AppearanceChange(e.Kind),
		ResumeToken: e.Token,
		Appearance: &datelinev1.Appearance{
			Subject: subjectName(e.Subject),
			Article: &datelinev1.Article{Name: articleName(e.Name)},
		},
	}
	if e.Record != nil {
		p.Appearance = recordAppearance(e.Subject, e.Record, enc)
	}
	return p
}
