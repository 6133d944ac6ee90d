package store

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// migrations bring an archive from one schema to the next: the first from 1 to
// 2. Each may be run again over what it did before it was interrupted; that it
// is done is written last.
var migrations = []func(*migration) error{numberFolds}

// migrate brings the rows up to this program's schema, when the archive is
// opened and before anything is read. A newer archive is refused.
func migrate(e *engine) error {
	m := &migration{engine: e, revision: e.newest(), changes: map[string]change{}}
	m.rows = e.at(m.revision)
	defer m.rows.discard()
	b, err := m.rows.get(metaTable.all())
	if err != nil || b == nil {
		return err
	}
	now, err := decodeMeta(b)
	if err != nil {
		return err
	}
	if now.schema < 1 || now.schema > schema {
		return fmt.Errorf("the archive has schema %d, this program reads and writes 1 to %d", now.schema, schema)
	}
	for _, step := range migrations[now.schema-1:] {
		if err := step(m); err != nil {
			return fmt.Errorf("from schema %d: %w", now.schema, err)
		}
		now.schema++
		m.set(metaTable.all(), encodeMeta(now))
		if err := m.flush(); err != nil {
			return err
		}
	}
	return nil
}

// migration is rows on their way to another schema: read as of its beginning,
// written some at a time.
type migration struct {
	engine   *engine
	rows     snapshot
	revision Revision
	changes  map[string]change
}

func (m *migration) set(key, value []byte) { m.changes[string(key)] = change{value: value} }
func (m *migration) del(key []byte)        { m.changes[string(key)] = change{} }

// spill writes when many changes have come together.
func (m *migration) spill() error {
	if len(m.changes) < mostFolded {
		return nil
	}
	return m.flush()
}

func (m *migration) flush() error {
	m.revision++
	err := m.engine.commit(m.changes, m.revision)
	clear(m.changes)
	return err
}

// numberFolds puts postings under the number of folds before them: one where a
// subject has blocks, none where not. In schema 1 no number stood between
// subject and place.
func numberFolds(m *migration) error {
	const oldKey = 5 + placeSize
	folded := map[uint32]bool{}
	m.rows.keys(span{prefix: blockTable.all()}, func(key []byte) bool {
		folded[number(key)] = true
		return true
	})
	for subject := range folded {
		m.set(foldTable.of32(subject), binary.BigEndian.AppendUint32(nil, 1))
		if err := m.spill(); err != nil {
			return err
		}
	}
	err := m.rows.scan(span{prefix: postingTable.all()}, func(key, value []byte) (bool, error) {
		if len(key) != oldKey {
			return true, nil
		}
		folds := uint32(0)
		if folded[number(key)] {
			folds = 1
		}
		m.set(postingKey(number(key), folds, placeOf(key)), slices.Clone(value))
		m.del(slices.Clone(key))
		return true, m.spill()
	})
	if err != nil {
		return err
	}
	return m.flush()
}
