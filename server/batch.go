package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"

	"google.golang.org/protobuf/proto"
)

// duplex is a stream of requests and answers.
type duplex[Req, Resp any] interface {
	Context() context.Context
	Recv() (*Req, error)
	Send(*Resp) error
}

// batch answers every request of a stream, as many at a time as the server has
// workers. A request is received only when a worker is free, so that gRPC's
// flow control, and not our memory, holds back a fast caller. answer does not
// fail: what goes wrong with one item stands in its response.
//
// When the server drains, the items at work are answered and the stream ends
// with Unavailable: what has no answer is to be sent again.
func batch[Req, Resp any](s *Server, stream duplex[Req, Resp], answer func(context.Context, *Req) *Resp) error {
	b := batcher[Req, Resp]{
		stream: stream,
		answer: answer,
		items:  make(chan *Req),
		ended:  make(chan error, s.workers+1),
		busy:   make(chan struct{}, s.workers),
	}
	go b.receive()
	var working sync.WaitGroup
	defer working.Wait()
	for {
		select {
		case req := <-b.items:
			working.Go(func() { b.work(req) })
		case err := <-b.ended:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		case <-s.quit:
			return errDraining
		}
	}
}

// batcher is the state of one stream.
type batcher[Req, Resp any] struct {
	stream  duplex[Req, Resp]
	answer  func(context.Context, *Req) *Resp
	items   chan *Req
	ended   chan error    // why no more can be received or sent
	busy    chan struct{} // a token for each worker at work or about to be
	sending sync.Mutex
}

// receive takes requests in. It ends with the stream, at the latest when the
// handler returns and gRPC cancels the context.
func (b *batcher[Req, Resp]) receive() {
	done := b.stream.Context().Done()
	for {
		select {
		case b.busy <- struct{}{}:
		case <-done:
			return
		}
		req, err := b.stream.Recv()
		if err != nil {
			b.ended <- err
			return
		}
		select {
		case b.items <- req:
		case <-done:
			return
		}
	}
}

// work answers one request.
func (b *batcher[Req, Resp]) work(req *Req) {
	resp := b.answer(b.stream.Context(), req)
	b.sending.Lock()
	err := b.stream.Send(resp)
	b.sending.Unlock()
	if err != nil {
		b.ended <- err
		return // stays busy: nobody is left to read answers
	}
	<-b.busy
}

// item does the work on one item of a stream: a bad string in it or a panic
// fails the item alone.
func item[T any](ctx context.Context, s *Server, req proto.Message, do func() (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	if err := wireProblems(req).err(); err != nil {
		return result, err
	}
	return do()
}
