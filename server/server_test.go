package server

import (
	"context"
	"io"
	"log/slog"
	"net"
	"testing"

	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/dateline-news/dateline/store"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// program is a whole server on a port of the system's choice, with a store in a
// temporary folder and a tagger that knows a small world.
type program struct {
	*Server
	conn *grpc.ClientConn
	addr string
	stop func()
}

func start(t testing.TB, change ...func(*Options)) *program {
	t.Helper()
	st, err := store.Open(store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Skip("no store yet: ", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	o := Options{Store: st, Tagger: smallWorld(t), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Version: "test"}
	for _, c := range change {
		c(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	conn, err := grpc.NewClient(l.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	p := &program{Server: s, conn: conn, addr: l.Addr().String()}
	p.stop = cancel
	t.Cleanup(func() {
		_ = conn.Close()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return p
}

// wantStatus checks code and reason of an error and returns its violations.
func wantStatus(t *testing.T, err error, code codes.Code, reason string) []*errdetails.BadRequest_FieldViolation {
	t.Helper()
	st := status.Convert(err)
	if st.Code() != code {
		t.Fatalf("got %v, want %v", err, code)
	}
	var violations []*errdetails.BadRequest_FieldViolation
	got := ""
	for _, d := range st.Details() {
		switch d := d.(type) {
		case *errdetails.ErrorInfo:
			got = d.GetReason()
			if d.GetDomain() != domain {
				t.Errorf("domain %q, want %q", d.GetDomain(), domain)
			}
		case *errdetails.BadRequest:
			violations = d.GetFieldViolations()
		}
	}
	if got != reason {
		t.Errorf("reason %q, want %q of %v", got, reason, err)
	}
	return violations
}
