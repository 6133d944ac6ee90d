package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http/httptest"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/status"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestTLS: a server with a certificate answers those who speak TLS and nobody
// else.
func TestTLS(t *testing.T) {
	web := httptest.NewTLSServer(nil) // for its certificate
	web.Close()
	p := start(t, func(o *Options) { o.TLS = &tls.Config{Certificates: web.TLS.Certificates} })
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	conn, err := grpc.NewClient(p.addr, grpc.WithTransportCredentials(credentials.NewClientTLSFromCert(roots, "example.com")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	req := &datelinev1.GetTopicRequest{Name: "topics/16000000"}
	if _, err := datelinev1.NewTopicServiceClient(conn).GetTopic(context.Background(), req); err != nil {
		t.Errorf("with TLS: %v", err)
	}
	if _, err := datelinev1.NewTopicServiceClient(p.conn).GetTopic(context.Background(), req); status.Code(err) != codes.Unavailable {
		t.Errorf("in the clear: got %v, want Unavailable", err)
	}
}
