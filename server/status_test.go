package server

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"

	"github.com/dateline-news/dateline/store"
)

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   codes.Code
		reason string
	}{
		{invalid("name", "nothing", "a name"), codes.InvalidArgument, "INVALID_REQUEST"},
		{fmt.Errorf("reading: %w", store.ErrNotFound), codes.NotFound, "NOT_FOUND"},
		{&store.Error{Kind: store.ErrBadPage, Field: "page_token", Got: "x", Want: "y"}, codes.InvalidArgument, "INVALID_PAGE_TOKEN"},
		{store.ErrStale, codes.Aborted, "ETAG_MISMATCH"},
		{store.ErrExpired, codes.OutOfRange, "TOKEN_EXPIRED"},
		{store.ErrReadOnly, codes.Unavailable, "READ_ONLY"},
		{fmt.Errorf("tagging: %w", context.Canceled), codes.Canceled, "CANCELLED"},
		{context.DeadlineExceeded, codes.DeadlineExceeded, "DEADLINE_EXCEEDED"},
		{errors.New("something unforeseen"), codes.Internal, "INTERNAL"},
	} {
		wantStatus(t, statusOf(c.err).Err(), c.code, c.reason)
	}
	if statusOf(nil).Code() != codes.OK {
		t.Error("no error is not OK")
	}
}

// TestDetails: a full disk says when to come back, a store's complaint names its
// field.
func TestDetails(t *testing.T) {
	var retry *errdetails.RetryInfo
	for _, d := range statusOf(fmt.Errorf("writing: %w", store.ErrFull)).Details() {
		if r, ok := d.(*errdetails.RetryInfo); ok {
			retry = r
		}
	}
	if retry.GetRetryDelay().AsDuration() != time.Minute {
		t.Errorf("full disk: got %v, want a minute", retry)
	}
	err := statusOf(&store.Error{Kind: store.ErrBadRange, Field: "end_time", Got: "1 hour buckets of 1000 years", Want: "fewer"}).Err()
	v := wantStatus(t, err, codes.InvalidArgument, "INVALID_RANGE")
	if len(v) != 1 || v[0].GetField() != "end_time" || v[0].GetDescription() != "got 1 hour buckets of 1000 years, want fewer" {
		t.Errorf("got %v", v)
	}
}
