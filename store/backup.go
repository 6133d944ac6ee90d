package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// A backup is
//
//	"DLBACKUP" | format 1 | since 8 | upTo 8 | rows as the engine writes them
//
// It holds the newest version of every row with since < revision ≤ upTo. A
// chain begins with a backup since 0; each that follows is since the upTo of
// the one before.
const (
	backupMagic  = "DLBACKUP"
	backupFormat = 1
)

// Backup writes all changes after a revision, 0 for everything, while the
// archive goes on, and returns the revision up to which it wrote.
func (s *Store) Backup(ctx context.Context, w io.Writer, since Revision) (Revision, error) {
	v, err := s.view(ctx)
	if err != nil {
		return 0, err
	}
	defer v.close()
	if since > v.revision {
		return 0, bad(ErrInvalid, "since", fmt.Sprint(since), fmt.Sprintf("a revision of this archive, at most %d", v.revision))
	}
	out := bufio.NewWriterSize(ctxWriter{ctx, w}, 1<<20)
	header := append([]byte(backupMagic), backupFormat)
	header = binary.BigEndian.AppendUint64(header, uint64(since))
	header = binary.BigEndian.AppendUint64(header, uint64(v.revision))
	if _, err := out.Write(header); err != nil {
		return 0, err
	}
	if err := s.engine.backup(out, since, v.revision); err != nil {
		return 0, err
	}
	return v.revision, out.Flush()
}

// ctxWriter fails once its context has ended.
type ctxWriter struct {
	ctx context.Context
	w   io.Writer
}

func (w ctxWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(b)
}

// Restore makes an archive in an empty folder from a chain of backups, the full
// one first, verifies it and closes it. Indexes are made anew: a row deleted
// between two backups may be in the first and not in the second, since the
// engine forgets deletions in time, but what was deleted is recorded in rows of
// its own.
func Restore(ctx context.Context, o Options, chain ...io.Reader) (Report, error) {
	if len(chain) == 0 {
		return Report{}, bad(ErrInvalid, "backups", "none", "a full backup and those that follow it")
	}
	if entries, err := os.ReadDir(o.Dir); err == nil && len(entries) > 0 {
		return Report{}, bad(ErrNotEmpty, "dir", o.Dir, "an empty folder")
	}
	if err := loadChain(o, chain); err != nil {
		return Report{}, err
	}
	s, err := Open(o)
	if err != nil {
		return Report{}, err
	}
	report, err := s.settle(ctx)
	if closed := s.Close(); err == nil {
		err = closed
	}
	return report, err
}

func loadChain(o Options, chain []io.Reader) error {
	o, err := o.withDefaults()
	if err != nil {
		return err
	}
	if err := prepareDir(o.Dir); err != nil {
		return err
	}
	engine, err := openEngine(o)
	if err != nil {
		return err
	}
	var upTo Revision
	for i, r := range chain {
		if upTo, err = loadOne(engine, r, i, upTo); err != nil {
			break
		}
	}
	if closed := engine.close(); err == nil {
		err = closed
	}
	return err
}

// loadOne reads one backup, which must begin where the one before ended.
func loadOne(e *engine, r io.Reader, i int, after Revision) (Revision, error) {
	field := fmt.Sprintf("backups[%d]", i)
	header := make([]byte, len(backupMagic)+17)
	if _, err := io.ReadFull(r, header); err != nil || string(header[:len(backupMagic)]) != backupMagic {
		return 0, bad(ErrInvalid, field, string(header[:len(backupMagic)]), "a file written by backup")
	}
	if header[len(backupMagic)] != backupFormat {
		return 0, bad(ErrInvalid, field, fmt.Sprint("format ", header[len(backupMagic)]), fmt.Sprint("format ", backupFormat))
	}
	since := Revision(binary.BigEndian.Uint64(header[len(backupMagic)+1:]))
	if since != after {
		return 0, bad(ErrInvalid, field, fmt.Sprintf("a backup since revision %d", since), fmt.Sprintf("one since %d, where the one before ends", after))
	}
	return Revision(binary.BigEndian.Uint64(header[len(backupMagic)+9:])), e.load(r)
}

// settle finishes a restored archive: what was deleted goes, and all indexes
// are made anew.
func (s *Store) settle(ctx context.Context) (Report, error) {
	v, err := s.view(ctx)
	if err != nil {
		return Report{}, err
	}
	var deleted []uint32
	v.rows.keys(span{prefix: graveTable.all()}, func(key []byte) bool {
		deleted = append(deleted, number(key))
		return true
	})
	v.close()
	for _, article := range deleted {
		if err := s.submit(ctx, 0, func(b *batch) error { return b.bury(article) }); err != nil {
			return Report{}, err
		}
	}
	return s.Repair(ctx)
}

// bury deletes what is left of a deleted article.
func (b *batch) bury(article uint32) error {
	old, err := b.head(article)
	if err != nil || old == nil {
		return err
	}
	for _, t := range []table{headTable, articleTable, tagsTable} {
		b.del(t.of32(article))
	}
	b.swaps = append(b.swaps, swapped{article, old, nil})
	return nil
}
