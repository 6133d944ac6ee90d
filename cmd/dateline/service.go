package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/server"
	"github.com/dateline-news/dateline/store"
)

// serviceOptions say what a service works with. Data and Addr must be set.
type serviceOptions struct {
	Data     string    // folder of the archive, made when it is not there
	Files    dataFiles // of the tagger
	Addr     string    // of gRPC; port 0 takes any free one
	HTTPAddr string    // of the web page, JSON over HTTP, metrics and health; none when empty

	Log        *slog.Logger
	MaxArticle int           // bytes of the longest title and body together, 0 for the default
	Drain      time.Duration // for calls in progress at shutdown, 0 for the default
	TLS        *tls.Config   // nil serves in the clear
	Token      string        // that every call must carry, none when empty
}

// service is a whole Dateline in one value, listening and not yet answering:
// serve runs it for good, demo and tests for a moment.
type service struct {
	rules  string // folder of topic rules, read again at SIGHUP
	log    *slog.Logger
	store  *store.Store
	server *server.Server
	grpc   net.Listener
	http   net.Listener // nil when there is none
}

// openService opens the archive, loads the models and starts to listen, so
// that whatever is wrong is known before anything runs.
func openService(o serviceOptions) (*service, error) {
	s := &service{}
	if err := s.open(o); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *service) open(o serviceOptions) error {
	tagging, err := o.Files.load()
	if err != nil {
		return err
	}
	if s.grpc, err = net.Listen("tcp", o.Addr); err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if o.HTTPAddr != "" {
		if s.http, err = net.Listen("tcp", o.HTTPAddr); err != nil {
			return fmt.Errorf("--http: %w", err)
		}
	}
	if s.store, err = store.Open(store.Options{Dir: o.Data, Log: o.Log, Taxonomy: tagging.Topics.Taxonomy()}); err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	s.rules, s.log = o.Files.rules, cmp.Or(o.Log, slog.Default())
	s.server, err = server.New(server.Options{
		Store: s.store, Tagger: tagging, Version: version(), Log: o.Log,
		MaxArticleBytes: o.MaxArticle, DrainTimeout: o.Drain, TLS: o.TLS, Token: o.Token,
	})
	return err
}

// run answers until ctx is done, lets calls in progress end and closes the
// archive.
func (s *service) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.server.Serve(ctx, s.grpc) })
	if s.http != nil {
		g.Go(func() error { return s.server.ServeHTTP(ctx, s.http) })
	}
	serving, stopped := context.WithCancel(ctx)
	var reloading sync.WaitGroup
	reloading.Go(func() { s.reloadTopics(serving) })
	err := g.Wait()
	stopped()
	reloading.Wait()
	return cmp.Or(err, s.close())
}

// close closes what is open; the listeners may have been closed by the server.
func (s *service) close() error {
	for _, l := range []net.Listener{s.grpc, s.http} {
		if l != nil {
			_ = l.Close()
		}
	}
	if s.store == nil {
		return nil
	}
	return s.store.Close()
}
