package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/dateline-news/dateline/internal/extsort"
	"github.com/dateline-news/dateline/internal/scratch"
)

// Loader makes a new archive of many articles at once, several times as fast as
// publishing them: every row is written once and in order, past the engine's
// log and its compactions. Until Finish there is no archive; a load that was
// interrupted begins anew.
//
// What Add can write at once it does: text and tags. Heads wait in a file for
// their stories, and bands and postings are sorted outside of memory (load
// takes about 150 bytes an article, for names and publish order, and what the
// subjects take).
type Loader struct {
	s    *Store // its codec, taxonomy and roster; it never runs
	dir  string // of the archive to be
	rows *bulk

	mu       sync.Mutex
	names    map[string]loaded
	articles uint32
	heads    scratch.File // encoded, each behind its length, in order of number
	headsOut *bufio.Writer
	bands    *extsort.Sorter
	err      error // that ended it
}

// loaded is an article that a Loader has.
type loaded struct {
	article       uint32
	content, tags uint64
}

// sortBytes is the memory of one sort.
const sortBytes = 64 << 20

// loadRevision is the one of everything loaded.
const loadRevision Revision = 1

// NewLoader begins an archive in o.Dir, which must be empty or not be there.
func NewLoader(o Options) (*Loader, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(o.Dir); err == nil && len(entries) > 0 {
		return nil, bad(ErrNotEmpty, "dir", o.Dir, "an empty folder")
	}
	l := &Loader{dir: o.Dir, names: map[string]loaded{}}
	o.Dir = filepath.Clean(o.Dir) + ".loading"
	if err := os.RemoveAll(o.Dir); err != nil { // of a load that was interrupted
		return nil, err
	}
	o.NoSync = true // of each write; Finish does
	if l.s, err = newStore(o); err != nil {
		return nil, err
	}
	l.s.mem.reset()
	l.rows, err = l.s.engine.bulk(loadRevision)
	if err == nil {
		l.heads, err = scratch.Create(o.Dir)
	}
	if err != nil {
		return nil, errors.Join(err, l.Abandon())
	}
	l.headsOut = bufio.NewWriterSize(l.heads, 1<<20)
	l.bands = extsort.New(o.Dir, sortBytes)
	return l, nil
}

// Abandon gives the load up and leaves nothing of it.
func (l *Loader) Abandon() error {
	if l.rows != nil {
		l.rows.cancel()
	}
	l.heads.Close()
	if l.bands != nil {
		l.bands.Close()
	}
	return errors.Join(l.s.abandon(), os.RemoveAll(l.s.opts.Dir))
}

// Add takes an article. It may be called by many at once; numbers are given in
// the order of arrival. An article that was added before is Unchanged; another
// of the same name is refused with ErrTwice, and may be put when the archive is
// open.
func (l *Loader) Add(r PutRequest) (Outcome, error) {
	p, err := l.s.prepare(r)
	if err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return 0, l.err
	}
	if old, ok := l.names[p.Name]; ok {
		if old.content != p.content || old.tags != p.tagHash {
			return 0, bad(ErrTwice, "article.name", p.Name, "a name of its own")
		}
		return Unchanged, nil
	}
	if l.err = l.take(p); l.err != nil {
		return 0, l.err
	}
	l.names[p.Name] = loaded{l.articles, p.content, p.tagHash}
	l.articles++
	return Created, nil
}

// take writes what can be written of an article and keeps what cannot.
func (l *Loader) take(p *prepared) error {
	article, now := l.articles, l.s.opts.Now().UnixMicro()
	if err := l.rows.set(articleTable.of32(article), p.text); err != nil {
		return err
	}
	if err := l.rows.set(tagsTable.of32(article), p.tags); err != nil {
		return err
	}
	for i, hash := range p.sketch {
		if hash == 0 {
			break
		}
		if err := l.bands.Add(binary.BigEndian.AppendUint32(bandKey(i, hash)[1:], article)); err != nil {
			return err
		}
	}
	h := encodeHead(&head{
		name: p.Name, time: microsOf(p.PublishTime), revision: loadRevision, created: now, updated: now,
		content: p.content, tags: p.tagHash, versions: p.result.Versions, stands: l.stand(p.stands),
	})
	if _, err := l.headsOut.Write(binary.BigEndian.AppendUint32(nil, uint32(len(h)))); err != nil {
		return err
	}
	_, err := l.headsOut.Write(h)
	return err
}

// stand is batch.stand with memory as all there is.
func (l *Loader) stand(list []named) []standing {
	m := &l.s.mem
	out := make([]standing, len(list))
	for i, n := range list {
		out[i] = n.standing
		number, known := m.number(n.subject.Subject)
		switch {
		case !known:
			n.subject.forms = n.subject.forms[:min(len(n.subject.forms), maxForms)]
			number = m.add(&n.subject)
		case !m.knows(number, &n.subject):
			now := m.subject(number)
			now.learn(n.subject)
			m.replace(number, now)
		}
		out[i].subject = number
	}
	return out
}

// Finish makes the archive of what was added. It takes about a tenth of the
// time that adding took.
func (l *Loader) Finish(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := errors.Join(l.err, l.headsOut.Flush(), ctx.Err())
	l.err = ErrClosed
	if err == nil {
		err = l.finish(ctx)
	}
	if err != nil {
		return errors.Join(err, l.Abandon())
	}
	if err := l.s.abandon(); err != nil {
		return err
	}
	if err := os.Remove(l.dir); err != nil && !errors.Is(err, os.ErrNotExist) { // it is empty
		return err
	}
	return os.Rename(l.s.opts.Dir, l.dir)
}

func (l *Loader) finish(ctx context.Context) error {
	postings := extsort.New(l.s.opts.Dir, sortBytes)
	defer postings.Close()
	defer l.bands.Close()
	defer l.heads.Close()
	stories, err := l.stories()
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return l.writeClaims(stories) },
		func() error { return l.writeHeads(stories, postings) },
		func() error { return l.writePostings(postings) },
		l.writeSubjects, l.writeNames,
		func() error {
			return l.rows.set(metaTable.all(), encodeMeta(meta{schema: schema, nextArticle: l.articles, nextSubject: uint32(l.s.mem.len())}))
		},
		l.rows.finish,
	}
	for _, step := range steps {
		if err := errors.Join(ctx.Err(), step()); err != nil {
			return err
		}
	}
	return nil
}

// writeHeads completes the heads that waited and hands their postings on.
func (l *Loader) writeHeads(stories []uint32, postings *extsort.Sorter) error {
	if _, err := l.heads.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(l.heads, 1<<20)
	record := make([]byte, postingSize)
	for article, story := range stories {
		var size [4]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return err
		}
		b := make([]byte, binary.BigEndian.Uint32(size[:]))
		if _, err := io.ReadFull(in, b); err != nil {
			return err
		}
		h, err := decodeHead(b)
		if err != nil {
			return err
		}
		h.story = story
		if err := l.rows.set(headTable.of32(uint32(article)), encodeHead(h)); err != nil {
			return err
		}
		for _, st := range h.stands {
			sortedPosting(record, st.subject, h.posting(uint32(article), st))
			if err := postings.Add(record); err != nil {
				return err
			}
		}
	}
	return nil
}
