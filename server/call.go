package server

import (
	"context"
	"crypto/subtle"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// requestIDKey is the header that names a call in the logs of both sides; the
// caller's own is kept, else one is made up. It comes back with the answer.
const requestIDKey = "x-request-id"

// call is one call in progress, of gRPC or of JSON over HTTP.
type call struct {
	server *Server
	method string // "/dateline.v1.TaggingService/TagArticle"
	id     string
	start  time.Time
}

// begin lets a call in: it gets an id and its caller is checked.
func (s *Server) begin(ctx context.Context, method string) (*call, error) {
	c := &call{server: s, method: method, id: requestID(ctx), start: time.Now()}
	s.metrics.inFlight.Inc()
	return c, s.authorize(ctx, method)
}

// end turns whatever came of a call, a panic included, into a status, and
// notes it.
func (c *call) end(ctx context.Context, panicked any, err error) error {
	log := c.server.log.With("method", c.method, "request_id", c.id)
	if panicked != nil {
		log.ErrorContext(ctx, "panic", "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
		err = errPanic
	}
	st := statusOf(err)
	took := time.Since(c.start)
	c.server.metrics.observe(c.method, st.Code(), took)
	attrs := []any{"code", st.Code().String(), "ms", float64(took.Microseconds()) / 1000}
	if err != nil {
		attrs = append(attrs, "error", err.Error())
	}
	log.Log(ctx, levelOf(st.Code()), "call", attrs...)
	return st.Err()
}

// levelOf keeps callers' mistakes out of the operator's sight.
func levelOf(code codes.Code) slog.Level {
	switch code {
	case codes.Internal, codes.Unknown, codes.DataLoss:
		return slog.LevelError
	case codes.Unavailable, codes.ResourceExhausted:
		return slog.LevelWarn
	case codes.OK:
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// unary surrounds every call with one request.
func (s *Server) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (resp any, err error) {
	c, err := s.begin(ctx, info.FullMethod)
	defer func() { err = c.end(ctx, recover(), err) }()
	if err != nil {
		return nil, err
	}
	_ = grpc.SetHeader(ctx, metadata.Pairs(requestIDKey, c.id)) // JSON over HTTP sets its own
	if m, ok := req.(proto.Message); ok {
		if err := wireProblems(m).err(); err != nil {
			return nil, err
		}
	}
	return handle(ctx, req)
}

// stream surrounds every call with many requests or answers.
func (s *Server) stream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) (err error) {
	c, err := s.begin(ss.Context(), info.FullMethod)
	defer func() { err = c.end(ss.Context(), recover(), err) }()
	if err != nil {
		return err
	}
	_ = ss.SetHeader(metadata.Pairs(requestIDKey, c.id))
	if !info.IsClientStream {
		ss = checkedStream{ss}
	}
	if info.FullMethod == healthpb.Health_Watch_FullMethodName {
		ctx, cancel := s.untilDrain(ss.Context())
		defer cancel()
		ss = boundStream{ss, ctx}
	}
	return handle(srv, ss)
}

// boundStream ends when its own context does.
type boundStream struct {
	grpc.ServerStream
	ctx context.Context
}

// Context is the stream's own.
func (s boundStream) Context() context.Context { return s.ctx }

// checkedStream refuses the one request of a call with many answers for what
// codec noted on it. Streams of requests look for themselves, item by item.
type checkedStream struct{ grpc.ServerStream }

// RecvMsg receives and looks.
func (s checkedStream) RecvMsg(m any) error {
	if err := s.ServerStream.RecvMsg(m); err != nil {
		return err
	}
	if p, ok := m.(proto.Message); ok {
		return wireProblems(p).err()
	}
	return nil
}

// requestID is the caller's own id of a call, if it is a fit one.
func requestID(ctx context.Context) string {
	md, _ := metadata.FromIncomingContext(ctx)
	if ids := md.Get(requestIDKey); len(ids) > 0 && len(ids[0]) > 0 && len(ids[0]) <= maxRequestID {
		return ids[0]
	}
	return newID()
}

// authorize checks the bearer token, when the server was given one. Health
// checks need none: probes carry no secrets.
func (s *Server) authorize(ctx context.Context, method string) error {
	if s.token == "" || strings.HasPrefix(method, "/grpc.health.") {
		return nil
	}
	md, _ := metadata.FromIncomingContext(ctx)
	for _, h := range md.Get("authorization") {
		scheme, token, _ := strings.Cut(h, " ")
		if strings.EqualFold(scheme, "bearer") && subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1 {
			return nil
		}
	}
	return errNoToken
}

// errPanic stands for a panic, whose text the caller does not see.
var errPanic = status.Error(codes.Internal, "internal error, noted in the server's log")
