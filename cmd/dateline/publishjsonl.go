package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// published is one line of output of `dateline publish --format jsonl`.
type published struct {
	ID       json.RawMessage `json:"id"`
	Outcome  string          `json:"outcome"` // created, updated, unchanged or validated
	Entities int             `json:"entities"`
	Topics   int             `json:"topics"`
}

// publishStream is one batch of JSON lines on its way to the server.
type publishStream struct {
	stream grpc.BidiStreamingClient[datelinev1.BatchPublishArticlesRequest, datelinev1.BatchPublishArticlesResponse]
	dryRun bool
	out    *bufio.Writer
	errs   io.Writer

	mu   sync.Mutex
	ids  map[string]json.RawMessage // of lines sent and not yet answered, by line number
	read int
	bad  int
}

// publishLines sends JSON lines through the batch stream and prints each
// answer as it comes: in the order in which the articles were stored.
func (c *publishCommand) publishLines(ctx context.Context, conn *grpc.ClientConn, in io.Reader, out, errs io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stream, err := datelinev1.NewArticleServiceClient(conn).BatchPublishArticles(ctx)
	if err != nil {
		return err
	}
	p := &publishStream{
		stream: stream, dryRun: c.dryRun, out: bufio.NewWriter(out), errs: errs, ids: map[string]json.RawMessage{},
	}
	go func() { // may hang in reading when the server is gone: nobody waits for it
		if err := p.send(in); err != nil {
			cancel(err)
		}
	}()
	if err := p.receive(); err != nil {
		return cmp.Or(inputError(ctx), err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bad > 0 {
		return fmt.Errorf("%d of %d lines: %w", p.bad, p.read, errPartial)
	}
	return nil
}

// inputError is why sending ended the stream, nil when it did not.
func inputError(ctx context.Context) error {
	if cause := context.Cause(ctx); !errors.Is(cause, ctx.Err()) {
		return cause
	}
	return nil
}

// send sends every good line and refuses the bad ones.
func (p *publishStream) send(in io.Reader) error {
	for l, err := range lines(in) {
		if err != nil {
			return err
		}
		req, id, err := p.parse(l)
		number := strconv.Itoa(l.number)
		p.mu.Lock()
		p.read++
		p.ids[number] = id
		p.mu.Unlock()
		if err != nil {
			p.refuse(number, err.Error())
			continue
		}
		req.CorrelationId = number
		if err := p.stream.Send(req); errors.Is(err, io.EOF) {
			return nil // receive tells why the stream ended
		} else if err != nil {
			return err
		}
	}
	return p.stream.CloseSend()
}

func (p *publishStream) parse(l line) (*datelinev1.BatchPublishArticlesRequest, json.RawMessage, error) {
	if l.err != nil {
		return nil, nil, l.err
	}
	req, err := parsePublishRequest(l.text)
	if err != nil {
		return nil, nil, err
	}
	article, err := req.message()
	if err != nil {
		return nil, nil, err
	}
	return &datelinev1.BatchPublishArticlesRequest{
		Request: &datelinev1.PublishArticleRequest{Article: article, ValidateOnly: p.dryRun},
	}, req.ID, nil
}

// receive prints the answers until the server ends the stream.
func (p *publishStream) receive() error {
	for {
		answer, err := p.stream.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case answer.GetError() != nil:
			p.refuse(answer.CorrelationId, answer.GetError().Message)
			continue
		}
		if err := p.print(answer.CorrelationId, answer.GetResponse()); err != nil {
			return err
		}
	}
}

// print writes one acknowledgement at once: whoever reads it may rely on it.
func (p *publishStream) print(number string, r *datelinev1.PublishArticleResponse) error {
	tags := r.GetArticle().GetTags()
	l, err := encodeLine(published{p.take(number), outcomeName(r.GetOutcome()), len(tags.GetEntities()), len(tags.GetTopics())})
	if err != nil {
		return err
	}
	if _, err := p.out.Write(l); err != nil {
		return err
	}
	return p.out.Flush()
}

// refuse reports a line that is not stored.
func (p *publishStream) refuse(number, why string) {
	p.take(number)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bad++
	_, _ = fmt.Fprintf(p.errs, "dateline: line %s: %s\n", number, why)
}

// take returns the id of a line and forgets it.
func (p *publishStream) take(number string) json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.ids[number]
	delete(p.ids, number)
	return id
}
