package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/dateline-news/dateline/tagger/topics"
)

// Options say how an archive is opened. Dir must be set; zero values of the
// others are the defaults.
type Options struct {
	Dir      string
	Log      *slog.Logger     // nil discards
	Taxonomy *topics.Taxonomy // knows what a topic lies below; nil is the IPTC Media Topics
	Tag      TagFunc          // tags for retag jobs; nil: they stay pending until SetTagger

	CacheBytes    int64            // blocks of the engine kept in memory, 0 is 64 MiB
	MemtableBytes int64            // writes held in memory before they go to a table, 0 is 32 MiB; bounds a transaction at 15 % of it
	NoSync        bool             // acknowledge before the disk has it: for bulk loads that can be repeated
	Now           func() time.Time // nil is time.Now
}

func (o Options) withDefaults() (Options, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	if o.MemtableBytes == 0 {
		o.MemtableBytes = 32 << 20
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Taxonomy == nil {
		tax, err := topics.MediaTopics()
		if err != nil {
			return o, err
		}
		o.Taxonomy = tax
	}
	return o, nil
}

// Store is an open archive. It is safe for all goroutines.
type Store struct {
	opts   Options
	engine *engine
	codec  codec
	mem    memory
	retags retagging

	meta    meta     // the writer's
	folding []uint32 // subjects that want folding; the writer's
	claims  claimLog // the writer's
	hints   chan uint32
	writes  chan *write
	stopped chan struct{}   // closed when the writer has ended
	life    context.Context // ends when the archive closes
	quit    context.CancelFunc
	tasks   sync.WaitGroup

	closing sync.RWMutex // held while something begins that Close waits for
	closed  bool
	open    sync.WaitGroup // views

	counters sync.Pool // of *counter, each all zero

	reading sync.Mutex
	readers map[Revision]int // views open at each revision

	waking sync.Mutex
	wake   chan struct{} // closed by the next commit
}

// Open opens the archive in a folder, which it makes when it is not there. A
// folder already open fails with ErrLocked, one that cannot be used with
// ErrUnusable. It reads every article's head: about a second for 500 thousand.
func Open(o Options) (*Store, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s, err := newStore(o)
	if err != nil {
		return nil, err
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(openError(o.Dir, err), s.abandon())
	}
	go s.run()
	s.tasks.Go(s.collectGarbage)
	s.tasks.Go(s.runJobs)
	s.tasks.Go(func() { s.resumeRestands(s.life) })
	return s, nil
}

// newStore opens the engine and reads nothing yet.
func newStore(o Options) (*Store, error) {
	if err := prepareDir(o.Dir); err != nil {
		return nil, err
	}
	codec, err := newCodec()
	if err != nil {
		return nil, err
	}
	engine, err := openEngine(o)
	if err != nil {
		codec.close()
		return nil, err
	}
	s := &Store{
		opts: o, engine: engine, codec: codec, hints: make(chan uint32, 64), writes: make(chan *write),
		stopped: make(chan struct{}), readers: map[Revision]int{}, wake: make(chan struct{}),
	}
	s.life, s.quit = context.WithCancel(context.Background())
	return s, nil
}

// abandon closes what newStore had opened.
func (s *Store) abandon() error {
	s.quit()
	s.codec.close()
	return s.engine.close()
}

// Close waits for writes and questions under way, stops jobs at their
// checkpoints and closes the archive.
func (s *Store) Close() error {
	s.closing.Lock()
	if s.closed {
		s.closing.Unlock()
		return ErrClosed
	}
	s.quit()
	s.closing.Unlock()
	s.tasks.Wait() // they still write

	s.closing.Lock()
	s.closed = true
	close(s.writes)
	s.closing.Unlock()
	<-s.stopped
	s.open.Wait()
	return s.abandon()
}

// collectGarbage frees what the value log no longer needs, now and then.
func (s *Store) collectGarbage() {
	tick := time.NewTicker(5 * time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.freeValueLogs()
		case <-s.life.Done():
			return
		}
	}
}

// freeValueLogs takes the writer's turn for one file at a time: the engine
// cannot tell, while others commit, what it still needs.
func (s *Store) freeValueLogs() {
	files, more := 0, true
	for more {
		err := s.submit(s.life, 0, func(*batch) (err error) {
			more, err = s.engine.collect()
			return err
		})
		if s.life.Err() != nil {
			return
		}
		if err != nil {
			s.opts.Log.Warn("value logs are not freed", "error", err)
			return
		}
		if more {
			files++
		}
	}
	if files > 0 {
		s.opts.Log.Info("freed value logs", "files", files)
	}
}

// Stats are sizes of an archive.
type Stats struct {
	Articles  int
	Subjects  int
	Revision  Revision
	DiskBytes int64
}

// Stats measures the archive.
func (s *Store) Stats() Stats {
	s.mem.mu.RLock()
	st := Stats{Articles: s.mem.articles, Subjects: s.mem.len(), Revision: s.mem.revision}
	s.mem.mu.RUnlock()
	st.DiskBytes = s.engine.size()
	return st
}

// load fills memory from the rows.
func (s *Store) load() error {
	if err := migrate(s.engine); err != nil {
		return err
	}
	m := &s.mem
	m.revision = s.engine.newest()
	s.claims = newClaimLog(m.revision, 32<<10)
	m.reset()
	rows := s.engine.at(m.revision)
	defer rows.discard()
	if err := s.loadMeta(rows); err != nil {
		return err
	}
	for _, load := range []func(snapshot) error{s.loadSubjects, s.loadFolds, s.loadHeads, s.loadCorrections, s.loadJobs} {
		if err := load(rows); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) loadMeta(rows snapshot) error {
	b, err := rows.get(metaTable.all())
	if err != nil {
		return err
	}
	s.meta = meta{schema: schema}
	if b == nil {
		return nil
	}
	s.meta, err = decodeMeta(b)
	return err
}

func (s *Store) loadSubjects(rows snapshot) error {
	m := &s.mem
	err := rows.scan(span{prefix: subjectTable.all()}, func(key, value []byte) (bool, error) {
		sub, err := decodeSubject(value)
		if err != nil {
			return false, err
		}
		if n := number(key); int(n) != m.len() {
			return false, fmt.Errorf("subject %d follows %d", n, m.len()-1)
		}
		m.addSubject(sub)
		return true, nil
	})
	m.names.sort()
	return err
}

func (s *Store) loadFolds(rows snapshot) error {
	return rows.scan(span{prefix: foldTable.all()}, func(key, value []byte) (bool, error) {
		n := number(key)
		if int(n) >= s.mem.len() || len(value) != 4 {
			return false, fmt.Errorf("folds of subject %d: %w", n, errDamaged)
		}
		s.mem.folds[n] = binary.BigEndian.Uint32(value)
		return true, nil
	})
}

func (s *Store) loadHeads(rows snapshot) error {
	var times []int64
	err := rows.scan(span{prefix: headTable.all()}, func(key, value []byte) (bool, error) {
		h, err := decodeHead(value)
		if err != nil {
			return false, err
		}
		for _, st := range h.stands {
			if int(st.subject) >= s.mem.len() {
				return false, fmt.Errorf("article %q speaks of subject %d, which is not there", h.name, st.subject)
			}
		}
		s.mem.swap(number(key), nil, h)
		if h.time != undated {
			times = append(times, h.time)
		}
		return true, nil
	})
	s.mem.clock = newClock(times)
	return err
}

func (s *Store) loadCorrections(rows snapshot) error {
	var all []Correction
	err := rows.scan(span{prefix: correctionTable.all()}, func(key, value []byte) (bool, error) {
		c, withdrawn, err := decodeCorrection(number64(key), value)
		if !withdrawn {
			all = append(all, c)
		}
		return true, err
	})
	s.mem.fixes = newCorrections(all)
	return err
}

func (s *Store) loadJobs(rows snapshot) error {
	s.retags.jobs, s.retags.tag, s.retags.nudge = map[uint64]*job{}, s.opts.Tag, make(chan struct{}, 1)
	return rows.scan(span{prefix: jobTable.all()}, func(key, value []byte) (bool, error) {
		j, err := decodeJob(number64(key), value)
		if err == nil {
			s.retags.jobs[j.number] = j
		}
		return true, err
	})
}

// Get finds an article by name.
func (s *Store) Get(ctx context.Context, name string) (*Record, error) {
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	article, err := v.named(name)
	if err != nil {
		return nil, err
	}
	return v.record(article)
}
