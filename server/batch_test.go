package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestBatchGoesOn sends good articles with bad ones among them, all before the
// first answer is read: every one is answered, the bad ones with an error.
func TestBatchGoesOn(t *testing.T) {
	p := start(t, func(o *Options) { o.Workers = 3 })
	stream, err := datelinev1.NewTaggingServiceClient(p.conn).BatchTagArticles(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	const n = 40
	go func() {
		for i := range n {
			body := fmt.Sprintf("Leaders met in Kabul for the %dth time.", i)
			if i%4 == 3 {
				body = ""
			}
			_ = stream.Send(&datelinev1.BatchTagArticlesRequest{
				CorrelationId: fmt.Sprint(i),
				Request:       &datelinev1.TagArticleRequest{Article: article("", body)},
			})
		}
		_ = stream.CloseSend()
	}()
	answered := map[string]bool{}
	for {
		resp, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		var i int
		_, _ = fmt.Sscan(resp.GetCorrelationId(), &i)
		answered[resp.GetCorrelationId()] = true
		bad := resp.GetError().GetCode() == int32(codes.InvalidArgument)
		if bad != (i%4 == 3) || (resp.GetTags() != nil) == bad {
			t.Errorf("article %d: got %v", i, resp)
		}
	}
	if len(answered) != n {
		t.Errorf("got %d answers, want %d", len(answered), n)
	}
}

// TestBatchDrains: a caller who keeps its stream open does not keep the server.
func TestBatchDrains(t *testing.T) {
	p := start(t)
	stream, err := datelinev1.NewTaggingServiceClient(p.conn).BatchTagArticles(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(&datelinev1.BatchTagArticlesRequest{CorrelationId: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	p.stop()
	_, err = stream.Recv()
	wantStatus(t, err, codes.Unavailable, "DRAINING")
}

// TestItemSurvivesPanic: a bug met by one article fails that article alone.
func TestItemSurvivesPanic(t *testing.T) {
	p := start(t)
	_, err := item(context.Background(), p.Server, &datelinev1.BatchTagArticlesRequest{}, func() (int, error) {
		panic("a bug")
	})
	if status.Code(err) != codes.Internal {
		t.Errorf("got %v, want Internal", err)
	}
}
