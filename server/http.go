package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/textproto"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/dateline-news/dateline/server/console"
)

// JSON over HTTP serves callers without gRPC from the same handlers:
//
//	POST /dateline.v1.ArticleService/GetArticle
//	Content-Type: application/json
//
//	{"name": "articles/1"}
//
// answers 200 and the response in protobuf's JSON mapping, or another status and
// a google.rpc.Status. A call with many answers sends one a line
// (application/x-ndjson); calls with many requests are for gRPC only.

// methods finds a method of a service by its path.
type methods struct {
	unary  map[string]unaryMethod
	stream map[string]streamMethod
}

type unaryMethod struct {
	service any
	desc    grpc.MethodDesc
}

type streamMethod struct {
	service any
	desc    grpc.StreamDesc
}

// recorder registers services with gRPC and keeps their methods.
type recorder struct {
	grpc.ServiceRegistrar
	methods *methods
}

// RegisterService registers a service.
func (r recorder) RegisterService(d *grpc.ServiceDesc, service any) {
	r.ServiceRegistrar.RegisterService(d, service)
	if r.methods.unary == nil {
		*r.methods = methods{unary: map[string]unaryMethod{}, stream: map[string]streamMethod{}}
	}
	for _, m := range d.Methods {
		r.methods.unary["/"+d.ServiceName+"/"+m.MethodName] = unaryMethod{service, m}
	}
	for _, m := range d.Streams {
		if !m.ClientStreams {
			r.methods.stream["/"+d.ServiceName+"/"+m.StreamName] = streamMethod{service, m}
		}
	}
}

// ServeHTTP answers JSON over HTTP on a listener until ctx is done, with the
// analysts' page at /, /healthz and Prometheus's /metrics beside it.
func (s *Server) ServeHTTP(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		TLSConfig:         s.tls,
	}
	stopped := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		defer close(stopped)
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.drain)
		defer cancel()
		if srv.Shutdown(late) != nil {
			_ = srv.Close()
		}
	})
	s.log.Info("serving JSON over HTTP", "addr", l.Addr().String())
	err := s.serveHTTP(srv, l)
	if !unhook() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (s *Server) serveHTTP(srv *http.Server, l net.Listener) error {
	if s.tls != nil {
		return srv.ServeTLS(l, "", "")
	}
	return srv.Serve(l)
}

// Handler is the HTTP side of the server.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{service}/{method}", s.serveCall)
	mux.Handle("GET /", console.Handler())
	mux.HandleFunc("GET /healthz", s.serveHealth)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

func (s *Server) serveHealth(w http.ResponseWriter, r *http.Request) {
	resp, err := s.health.Check(r.Context(), &healthpb.HealthCheckRequest{})
	if err != nil || resp.Status != healthpb.HealthCheckResponse_SERVING {
		http.Error(w, "not serving", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "serving\n")
}

// serveCall answers one call.
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request) {
	// A page of another site cannot send this type without asking first, so
	// that browsers do not become a way to a server on localhost.
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		writeError(w, invalid("Content-Type", quote(r.Header.Get("Content-Type")), "application/json"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.maxMessage))
	if err != nil {
		writeError(w, errTooLarge(s.maxMessage))
		return
	}
	decode := func(m any) error { return decodeJSON(body, m) }
	r = r.WithContext(incoming(r)) //nolint:contextcheck // made of the request's own
	if m, ok := s.methods.unary[r.URL.Path]; ok {
		s.serveUnary(w, r, m, decode)
	} else if m, ok := s.methods.stream[r.URL.Path]; ok {
		s.serveStream(w, r, m, decode)
	} else {
		writeError(w, status.Errorf(codes.Unimplemented, "got %s, want a method with one request, such as /dateline.v1.TaggingService/TagArticle", quote(r.URL.Path)))
	}
}

// incoming carries the headers that calls look at over to where gRPC has them.
func incoming(r *http.Request) context.Context {
	md := metadata.MD{}
	for _, key := range []string{"authorization", requestIDKey} {
		if values := r.Header[textproto.CanonicalMIMEHeaderKey(key)]; values != nil {
			md[key] = values
		}
	}
	return metadata.NewIncomingContext(r.Context(), md)
}

func decodeJSON(body []byte, m any) error {
	if len(body) == 0 {
		return nil
	}
	if err := protojson.Unmarshal(body, m.(proto.Message)); err != nil {
		return invalid("request", err.Error(), "JSON as protobuf maps it")
	}
	return nil
}

func (s *Server) serveUnary(w http.ResponseWriter, r *http.Request, m unaryMethod, decode func(any) error) {
	resp, err := m.desc.Handler(m.service, r.Context(), decode, s.unary)
	if err != nil {
		writeError(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	writeJSON(w, resp.(proto.Message))
}

func (s *Server) serveStream(w http.ResponseWriter, r *http.Request, m streamMethod, decode func(any) error) {
	out := &lines{w: w, ctx: r.Context(), decode: decode}
	info := &grpc.StreamServerInfo{FullMethod: r.URL.Path, IsServerStream: true}
	err := s.stream(m.service, out, info, m.desc.Handler) //nolint:contextcheck // out carries it
	switch {
	case err != nil && out.sent:
		// The status has gone out: cut the answer off, so that it cannot be
		// taken for whole.
		panic(http.ErrAbortHandler)
	case err != nil:
		writeError(w, err)
	}
}

// lines is a stream of answers as lines of JSON.
type lines struct {
	grpc.ServerStream // nil: no handler asks for the rest
	w                 http.ResponseWriter
	ctx               context.Context
	decode            func(any) error
	sent              bool
}

// Context is that of the HTTP request.
func (l *lines) Context() context.Context { return l.ctx }

// SetHeader is for gRPC.
func (l *lines) SetHeader(metadata.MD) error { return nil }

// RecvMsg decodes the one request.
func (l *lines) RecvMsg(m any) error { return l.decode(m) }

// SendMsg writes one line.
func (l *lines) SendMsg(m any) error {
	if !l.sent {
		l.w.Header().Set("Content-Type", "application/x-ndjson")
		l.sent = true
	}
	writeJSON(l.w, m.(proto.Message))
	return http.NewResponseController(l.w).Flush()
}

func writeJSON(w io.Writer, m proto.Message) {
	b, err := protojson.Marshal(m)
	if err != nil { // invalid UTF-8 in an answer, which the edge does not let in
		b = fmt.Appendf(nil, `{"code":13,"message":%q}`, err.Error())
	}
	_, _ = w.Write(append(b, '\n')) // a caller who has gone needs no answer
}

func writeError(w http.ResponseWriter, err error) {
	st := statusOf(err)
	w.Header().Set("Content-Type", "application/json")
	if st.Code() == codes.Unauthenticated {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(httpStatus(st.Code()))
	writeJSON(w, st.Proto())
}

// httpStatus maps codes as google/rpc/code.proto says.
func httpStatus(c codes.Code) int {
	switch c {
	case codes.OK:
		return http.StatusOK
	case codes.InvalidArgument, codes.FailedPrecondition, codes.OutOfRange:
		return http.StatusBadRequest
	case codes.Unauthenticated:
		return http.StatusUnauthorized
	case codes.PermissionDenied:
		return http.StatusForbidden
	case codes.NotFound:
		return http.StatusNotFound
	case codes.AlreadyExists, codes.Aborted:
		return http.StatusConflict
	case codes.ResourceExhausted:
		return http.StatusTooManyRequests
	case codes.Unimplemented:
		return http.StatusNotImplemented
	case codes.Unavailable:
		return http.StatusServiceUnavailable
	case codes.DeadlineExceeded:
		return http.StatusGatewayTimeout
	default:
		return http.StatusInternalServerError
	}
}
