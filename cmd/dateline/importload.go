package main

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/server"
	"github.com/dateline-news/dateline/store"
	"github.com/dateline-news/dateline/tagger"
)

// bulkImport is an import into a new archive that nobody serves.
type bulkImport struct {
	*articleImport
	loader *store.Loader
	tagger *tagger.Tagger

	mu    sync.Mutex
	twice []store.PutRequest // of names that were taken: put in the end, as publishing would
}

// load makes an archive in a folder. An interruption leaves none.
func (c *articleImport) load(ctx context.Context, folder string, files []string) (err error) {
	b := bulkImport{articleImport: c}
	if b.tagger, err = newTagger(dataFiles{}, tagger.DefaultMaxBytes, false); err != nil {
		return err
	}
	if b.loader, err = store.NewLoader(store.Options{Dir: folder}); err != nil {
		return err
	}
	if err := b.addAll(ctx, files); err != nil {
		return errors.Join(err, b.loader.Abandon())
	}
	if err := b.loader.Finish(ctx); err != nil {
		return err
	}
	return b.putTwice(ctx, folder)
}

// addAll reads files in one goroutine and adds their items in as many as there
// are cores.
func (b *bulkImport) addAll(ctx context.Context, files []string) error {
	items := make(chan item, 64)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(items)
		return b.read(files, func(it item) error {
			select {
			case items <- it:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for it := range items {
				if err := b.add(ctx, it); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// add fails only where the archive does; an item that is at fault is reported.
func (b *bulkImport) add(ctx context.Context, it item) error {
	r, err := b.tagged(ctx, it)
	if err != nil {
		b.refuse(it.where, err)
		return ctx.Err()
	}
	out, err := b.loader.Add(r)
	switch {
	case errors.Is(err, store.ErrTwice):
		b.mu.Lock()
		b.twice = append(b.twice, r)
		b.mu.Unlock()
		return nil
	case errors.Is(err, store.ErrInvalid):
		b.refuse(it.where, err)
		return nil
	case err == nil:
		b.count(out)
	}
	return err
}

// tagged is an item with its own tags, where it brings some, or new ones.
func (b *bulkImport) tagged(ctx context.Context, it item) (store.PutRequest, error) {
	if it.article.Tags != nil {
		return server.Tagged(it.article)
	}
	r := server.Untagged(it.article)
	var err error
	r.Result, err = b.tagger.Tag(ctx, r.Article.Article)
	return r, err
}

var outcomeWords = map[store.Outcome]string{store.Created: "created", store.Updated: "updated", store.Unchanged: "unchanged"}

func (b *bulkImport) count(out store.Outcome) {
	b.articleImport.mu.Lock()
	b.outcomes[outcomeWords[out]]++
	b.articleImport.mu.Unlock()
	b.bar.add(1)
}

// putTwice puts the articles whose names others had.
func (b *bulkImport) putTwice(ctx context.Context, folder string) (err error) {
	if len(b.twice) == 0 {
		return nil
	}
	s, err := store.Open(store.Options{Dir: folder})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, r := range b.twice {
		put, err := s.Put(ctx, r)
		if err != nil {
			return err
		}
		b.count(put.Outcome)
	}
	return nil
}
