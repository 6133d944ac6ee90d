package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"
)

// This file is all that knows Badger. Its timestamps are ours: Badger runs in
// managed mode and the archive's revision is the version of every row, which
// makes a snapshot of rows and of what memory holds the same moment.

// engine is an ordered map from keys to values on disk, with versions.
type engine struct {
	db      *badger.DB
	probe   probe
	disk    func() (disk, error) // asks the probe
	reserve int64                // bytes of the disk that commits leave free
}

// keptFree is the share of the memtables' size that commits leave free: two of
// them on their way to tables, the log of a third, a value log's next file and a
// compaction.
const keptFree = 8

// Values up to inline bytes live in the sorted tables beside their keys. Longer
// ones, in practice the texts, go to the value log once and are not moved by
// each compaction; postings, blocks and heads stay below it on purpose.
const inline = 1 << 10

func openEngine(o Options) (*engine, error) {
	opts := badger.DefaultOptions(o.Dir).
		WithSyncWrites(!o.NoSync).
		WithDetectConflicts(false). // there is one writer
		WithValueThreshold(inline).
		WithMemTableSize(o.MemtableBytes).
		WithNumMemtables(2). // full ones that wait for the disk; each is held at one and a half times its size
		WithValueLogFileSize(max(o.MemtableBytes*4, 1<<20)).
		WithBlockCacheSize(o.CacheBytes).
		WithCompression(options.Snappy).
		WithMetricsEnabled(false).
		WithLogger(badgerLog{o.Log})
	db, err := badger.OpenManaged(opts)
	if err != nil {
		return nil, openError(o.Dir, err)
	}
	p, err := newProbe(o.Dir)
	if err != nil {
		return nil, errors.Join(openError(o.Dir, err), db.Close())
	}
	return &engine{db, p, p.look, keptFree * o.MemtableBytes}, nil
}

// openError tells a folder in use from one that cannot be used.
func openError(dir string, err error) error {
	kind, want := ErrUnusable, "a folder that can be read and written, with an archive or nothing in it"
	if strings.Contains(err.Error(), "Another process") {
		kind, want = ErrLocked, "a folder that no other process has open"
	}
	return fmt.Errorf("%w (%w)", bad(kind, "dir", dir, want), err)
}

// prepareDir makes the folder and refuses one that holds anything else.
func prepareDir(dir string) error {
	if dir == "" {
		return bad(ErrInvalid, "dir", dir, "a folder")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return openError(dir, err)
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return openError(dir, err)
	}
	has := func(name string) bool {
		for _, e := range names {
			if e.Name() == name {
				return true
			}
		}
		return false
	}
	if len(names) > 0 && !has("MANIFEST") && !has("LOCK") {
		return openError(dir, errors.New("the folder holds other files and no archive"))
	}
	return nil
}

// close leaves the engine as it is when the disk takes no writes: it would wait
// for the disk for ever, and all that it has acknowledged is in its logs.
func (e *engine) close() error {
	defer e.probe.file.Close()
	if err := e.takes(0, 0); errors.Is(err, ErrReadOnly) {
		return err
	}
	return e.db.Close()
}

// newest is the version of the newest row.
func (e *engine) newest() Revision { return Revision(e.db.MaxVersion()) }

// forget lets versions die that no snapshot at or after r can see.
func (e *engine) forget(r Revision) { e.db.SetDiscardTs(uint64(r)) }

// change is one write: a value, or none to delete the key.
type change struct {
	value []byte
	ttl   time.Duration // 0 for ever
}

// commit writes all changes at one version or none. It returns once they are
// on disk.
func (e *engine) commit(changes map[string]change, r Revision) error {
	bytes := int64(0)
	for key, c := range changes {
		bytes += int64(len(key) + len(c.value))
	}
	if err := e.takes(bytes, e.reserve); err != nil {
		return writeError(err)
	}
	txn := e.db.NewTransactionAt(uint64(r-1), true)
	defer txn.Discard()
	for key, c := range changes {
		if err := stage(txn, []byte(key), c); err != nil {
			return writeError(err)
		}
	}
	return writeError(txn.CommitAt(uint64(r), nil))
}

// takes reports why the disk cannot take so many bytes and leave some free.
func (e *engine) takes(bytes, reserve int64) error {
	d, err := e.disk()
	if err != nil {
		return err
	}
	return d.takes(bytes, reserve)
}

func stage(txn *badger.Txn, key []byte, c change) error {
	if c.value == nil {
		return txn.Delete(key)
	}
	entry := badger.NewEntry(key, c.value)
	if c.ttl > 0 {
		entry = entry.WithTTL(c.ttl)
	}
	return txn.SetEntry(entry)
}

// writeError gives the disk's refusals their kind.
func writeError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, badger.ErrBlockedWrites), errors.Is(err, badger.ErrDBClosed):
		return ErrClosed
	case errors.Is(err, badger.ErrTxnTooBig):
		return bad(ErrInvalid, "article", "more than fits one transaction", "a smaller one")
	}
	return err
}

// room is how many bytes and rows one commit may hold.
func (e *engine) room() (bytes, rows int) {
	return int(e.db.MaxBatchSize()), int(e.db.MaxBatchCount())
}

// snapshot is the rows up to one revision. discard it when done.
type snapshot struct {
	txn *badger.Txn
}

func (e *engine) at(r Revision) snapshot { return snapshot{e.db.NewTransactionAt(uint64(r), false)} }

func (s snapshot) discard() { s.txn.Discard() }

// get copies the value of a key; nil when there is none.
func (s snapshot) get(key []byte) ([]byte, error) {
	item, err := s.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return item.ValueCopy(nil)
}

// span is a range of keys: those that begin with prefix, from lo on and before
// hi. A nil end is open.
type span struct {
	prefix, lo, hi []byte
}

// start is the key at which reading a span begins.
func (r span) start() []byte {
	if r.lo == nil {
		return r.prefix
	}
	return r.lo
}

// endsBefore reports whether a key lies behind the span.
func (r span) endsBefore(key []byte) bool { return r.hi != nil && bytes.Compare(key, r.hi) >= 0 }

// scan calls do with each row of a span in order, until do returns false. Key
// and value are valid only during the call.
func (s snapshot) scan(r span, do func(key, value []byte) (bool, error)) error {
	it := s.txn.NewIterator(badger.IteratorOptions{Prefix: r.prefix})
	defer it.Close()
	for it.Seek(r.start()); it.Valid(); it.Next() {
		item := it.Item()
		if r.endsBefore(item.Key()) {
			return nil
		}
		more := false
		err := item.Value(func(v []byte) (err error) {
			more, err = do(item.Key(), v)
			return err
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// keys calls do with each key of a span without reading values.
func (s snapshot) keys(r span, do func(key []byte) bool) {
	it := s.txn.NewIterator(badger.IteratorOptions{Prefix: r.prefix})
	defer it.Close()
	for it.Seek(r.start()); it.Valid(); it.Next() {
		key := it.Item().Key()
		if r.endsBefore(key) || !do(key) {
			return
		}
	}
}

// keysBack is keys from the end: those before hi, which must be set.
func (s snapshot) keysBack(r span, do func(key []byte) bool) {
	it := s.txn.NewIterator(badger.IteratorOptions{Prefix: r.prefix, Reverse: true})
	defer it.Close()
	for it.Seek(r.hi); it.Valid(); it.Next() {
		if !do(it.Item().Key()) {
			return
		}
	}
}

// size is the bytes that the archive takes on disk. Badger's own figure is
// minutes old, and its files are longer than what is in them.
func (e *engine) size() int64 {
	var n int64
	entries, _ := os.ReadDir(e.db.Opts().Dir) // gone: nothing to count
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			continue // removed meanwhile
		}
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			n += st.Blocks * 512
		}
	}
	return n
}

// collect rewrites the value log with most garbage when that is half of it or
// more, and reports whether there was one. Compactions find out what is garbage.
// Nothing may be committed meanwhile.
func (e *engine) collect() (bool, error) {
	if err := e.takes(e.db.Opts().ValueLogFileSize, 0); err != nil { // for what is no garbage
		return false, writeError(err)
	}
	err := e.db.RunValueLogGC(0.5)
	if errors.Is(err, badger.ErrNoRewrite) {
		return false, nil
	}
	return err == nil, writeError(err)
}

// backup writes all rows with versions in (since, upTo].
func (e *engine) backup(w io.Writer, since, upTo Revision) error {
	stream := e.db.NewStreamAt(uint64(upTo))
	stream.LogPrefix = "backup"
	stream.SinceTs = uint64(since)
	_, err := stream.Backup(w, uint64(since))
	return err
}

// load reads what backup wrote.
func (e *engine) load(r io.Reader) error { return writeError(e.db.Load(r, 16)) }

// bulk fills an empty engine with rows of one revision, past its log and its
// compactions. The keys of each table must come in ascending order.
type bulk struct {
	writer   *badger.StreamWriter
	buf      *z.Buffer
	revision Revision
	finished bool
}

// bulkBytes is how much is handed to the engine at once.
const bulkBytes = 4 << 20

func (e *engine) bulk(r Revision) (*bulk, error) {
	b := &bulk{writer: e.db.NewStreamWriter(), buf: z.NewBuffer(bulkBytes*5/4, "bulk"), revision: r}
	return b, b.writer.Prepare()
}

func (b *bulk) set(key, value []byte) error {
	badger.KVToBuffer(&pb.KV{Key: key, Value: value, Version: uint64(b.revision), StreamId: uint32(key[0])}, b.buf)
	if b.buf.LenNoPadding() < bulkBytes {
		return nil
	}
	return b.flush()
}

func (b *bulk) flush() error {
	err := b.writer.Write(b.buf)
	b.buf.Reset()
	return writeError(err)
}

// finish completes the tables. The engine is to be closed and opened again.
func (b *bulk) finish() error {
	if err := b.flush(); err != nil {
		return err
	}
	b.finished = true
	return errors.Join(writeError(b.writer.Flush()), b.buf.Release())
}

// cancel ends a bulk that is not finished, so that the engine can be closed.
func (b *bulk) cancel() {
	if !b.finished {
		b.writer.Cancel()
	}
}

// badgerLog passes on what an operator should see.
type badgerLog struct{ log *slog.Logger }

func (l badgerLog) Errorf(f string, a ...any)   { l.log.Error("badger: " + line(f, a)) }
func (l badgerLog) Warningf(f string, a ...any) { l.log.Warn("badger: " + line(f, a)) }
func (l badgerLog) Infof(f string, a ...any)    { l.log.Debug("badger: " + line(f, a)) }
func (l badgerLog) Debugf(string, ...any)       {}

func line(f string, a []any) string { return strings.TrimSpace(fmt.Sprintf(f, a...)) }
