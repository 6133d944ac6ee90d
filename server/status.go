package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// domain of every ErrorInfo.
const domain = "dateline"

// Errors of the edge itself.
var (
	errNoToken  = errors.New("got no valid bearer token, want metadata \"authorization: Bearer TOKEN\"")
	errDraining = errors.New("the server is shutting down, go on at another or later")
	errTooBig   = errors.New("request too large")
	errMissing  = errors.New("not found")
)

func errTooLarge(most int64) error {
	return fmt.Errorf("%w: got more than %d bytes, want at most that", errTooBig, most)
}

// notFound says which field names something that is not there.
func notFound(field, got string) error {
	return fmt.Errorf("%s: got %s, want the name of something that exists: %w", field, quote(got), errMissing)
}

// kinds is the one place where an error becomes a code and a reason. The first
// match counts.
var kinds = []struct {
	kind   error
	code   codes.Code
	reason string
	retry  time.Duration // advice to the caller; 0: do not try the same again
}{
	{errNoToken, codes.Unauthenticated, "NO_TOKEN", 0},
	{errMissing, codes.NotFound, "NOT_FOUND", 0},
	{store.ErrNotFound, codes.NotFound, "NOT_FOUND", 0},
	{store.ErrStale, codes.Aborted, "ETAG_MISMATCH", 0},
	{store.ErrReused, codes.AlreadyExists, "REQUEST_ID_REUSED", 0},
	{store.ErrBadPage, codes.InvalidArgument, "INVALID_PAGE_TOKEN", 0},
	{store.ErrBadRange, codes.InvalidArgument, "INVALID_RANGE", 0},
	{store.ErrInvalid, codes.InvalidArgument, "INVALID_REQUEST", 0},
	{store.ErrExpired, codes.OutOfRange, "TOKEN_EXPIRED", 0},
	{store.ErrWrongTurn, codes.FailedPrecondition, "WRONG_STATE", 0},
	{store.ErrNotEmpty, codes.FailedPrecondition, "NOT_EMPTY", 0},
	{store.ErrFull, codes.ResourceExhausted, "DISK_FULL", time.Minute},
	{store.ErrReadOnly, codes.Unavailable, "READ_ONLY", time.Minute},
	{store.ErrClosed, codes.Unavailable, "CLOSED", time.Second},
	{store.ErrLocked, codes.Unavailable, "LOCKED", 0},
	{store.ErrUnusable, codes.Unavailable, "UNUSABLE", 0},
	{errExists, codes.AlreadyExists, "ALREADY_EXISTS", 0},
	{errStaleEntry, codes.Aborted, "ETAG_MISMATCH", 0},
	{errNoGazetteer, codes.FailedPrecondition, "NO_GAZETTEER", 0},
	{gazetteer.ErrEntry, codes.InvalidArgument, "INVALID_ENTRY", 0},
	{errTooBig, codes.ResourceExhausted, "REQUEST_TOO_LARGE", 0},
	{errDraining, codes.Unavailable, "DRAINING", time.Second},
	{context.Canceled, codes.Canceled, "CANCELLED", 0},
	{context.DeadlineExceeded, codes.DeadlineExceeded, "DEADLINE_EXCEEDED", 0},
}

// statusOf turns any error into a status with ErrorInfo, and BadRequest and
// RetryInfo where they apply; nil into OK.
func statusOf(err error) *status.Status {
	if err == nil {
		return status.New(codes.OK, "")
	}
	var invalid invalidError
	if errors.As(err, &invalid) {
		return withDetails(codes.InvalidArgument, err, "INVALID_REQUEST",
			&errdetails.BadRequest{FieldViolations: invalid.violations})
	}
	for _, k := range kinds {
		if !errors.Is(err, k.kind) {
			continue
		}
		return withDetails(k.code, err, k.reason, furtherDetails(err, k.retry)...)
	}
	if st, ok := status.FromError(err); ok {
		return st // grpc's own, or made with care by a handler
	}
	return withDetails(codes.Internal, err, "INTERNAL")
}

// furtherDetails are the details beside ErrorInfo.
func furtherDetails(err error, retry time.Duration) (more []protoadapt.MessageV1) {
	if retry > 0 {
		more = append(more, &errdetails.RetryInfo{RetryDelay: durationpb.New(retry)})
	}
	var field *store.Error
	if errors.As(err, &field) {
		var p problems
		p.add(field.Field, field.Got, field.Want)
		more = append(more, &errdetails.BadRequest{FieldViolations: p})
	}
	return more
}

func withDetails(code codes.Code, err error, reason string, more ...protoadapt.MessageV1) *status.Status {
	st := status.New(code, err.Error())
	details := append([]protoadapt.MessageV1{&errdetails.ErrorInfo{Reason: reason, Domain: domain}}, more...)
	full, detailErr := st.WithDetails(details...)
	if detailErr != nil { // a detail that cannot be marshalled is no reason to lose the error
		return st
	}
	return full
}

// itemError is the error of one item of a stream.
func itemError(err error) *datelinev1.ItemError {
	p := statusOf(err).Proto()
	return &datelinev1.ItemError{Code: p.Code, Message: p.Message, Details: p.Details}
}

// taggingError names the field of the request in what the tagger refused.
func taggingError(err error) error {
	var input *tagger.InputError
	if errors.As(err, &input) {
		return invalid("article."+input.Field, input.Got, input.Want)
	}
	return err
}
