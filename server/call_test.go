package server

import (
	"context"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

func TestToken(t *testing.T) {
	p := start(t, func(o *Options) { o.Token = "secret" })
	client := datelinev1.NewTopicServiceClient(p.conn)
	for header, want := range map[string]codes.Code{
		"": codes.Unauthenticated, "Bearer wrong": codes.Unauthenticated, "secret": codes.Unauthenticated,
		"Basic secret": codes.Unauthenticated, "Bearer secret": codes.OK, "bearer secret": codes.OK,
	} {
		ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", header)
		_, err := client.GetTopic(ctx, &datelinev1.GetTopicRequest{Name: "topics/16000000"})
		if status.Code(err) != want {
			t.Errorf("authorization %q: got %v, want %v", header, err, want)
		}
	}
	if _, err := healthpb.NewHealthClient(p.conn).Check(context.Background(), &healthpb.HealthCheckRequest{}); err != nil {
		t.Errorf("a health check without token: %v", err)
	}
}

func TestRequestID(t *testing.T) {
	p := start(t)
	client := datelinev1.NewTopicServiceClient(p.conn)
	var header metadata.MD
	ctx := metadata.AppendToOutgoingContext(context.Background(), requestIDKey, "mine-7")
	if _, err := client.GetTopic(ctx, &datelinev1.GetTopicRequest{Name: "topics/16000000"}, grpc.Header(&header)); err != nil {
		t.Fatal(err)
	}
	if got := header.Get(requestIDKey); len(got) != 1 || got[0] != "mine-7" {
		t.Errorf("got request id %q, want mine-7", got)
	}
}

func TestPanicIsInternal(t *testing.T) {
	p := start(t)
	_, err := p.unary(context.Background(), nil, &grpc.UnaryServerInfo{FullMethod: "/x/Y"},
		func(context.Context, any) (any, error) { panic("a bug with a secret in it") })
	if got := status.Convert(err); got.Code() != codes.Internal || got.Message() != "internal error, noted in the server's log" {
		t.Errorf("got %v", err)
	}
}

// TestHealth: every service is healthy while serving, none while draining.
func TestHealth(t *testing.T) {
	p := start(t)
	client := healthpb.NewHealthClient(p.conn)
	for name := range p.grpc.GetServiceInfo() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		resp, err := client.Check(ctx, &healthpb.HealthCheckRequest{Service: name})
		cancel()
		if err != nil || resp.GetStatus() != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("%s: got %v, %v, want SERVING", name, resp, err)
		}
	}
	watch, err := client.Watch(context.Background(), &healthpb.HealthCheckRequest{Service: "dateline.v1.TaggingService"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := watch.Recv(); err != nil {
		t.Fatal(err)
	}
	p.stop()
	resp, err := watch.Recv()
	if err != nil || resp.GetStatus() != healthpb.HealthCheckResponse_NOT_SERVING {
		t.Errorf("while draining: got %v, %v, want NOT_SERVING", resp, err)
	}
	if _, err := watch.Recv(); err == nil {
		t.Error("the watch of health goes on, and keeps the server from stopping")
	}
}

// TestEveryMethodIsThere sends an empty request to each method of each service:
// whatever it answers, it is not that there is no such method.
func TestEveryMethodIsThere(t *testing.T) {
	p := start(t)
	for path := range p.methods.unary {
		err := p.conn.Invoke(context.Background(), path, &emptypb.Empty{}, &emptypb.Empty{})
		if status.Code(err) == codes.Unimplemented || status.Code(err) == codes.Internal {
			t.Errorf("%s: %v", path, err)
		}
	}
	for path := range p.methods.stream {
		ctx, cancel := context.WithCancel(context.Background())
		stream, err := p.conn.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, path)
		if err != nil {
			t.Fatal(err)
		}
		_ = stream.SendMsg(&emptypb.Empty{})
		_ = stream.CloseSend()
		err = stream.RecvMsg(&emptypb.Empty{})
		if status.Code(err) == codes.Unimplemented || status.Code(err) == codes.Internal {
			t.Errorf("%s: %v", path, err)
		}
		cancel()
	}
}
