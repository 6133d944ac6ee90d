package gazetteer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
)

// plainBit marks, until the names are sorted, the number of an entry without
// coordinates: how many have them, and stand before it, is not known yet.
const plainBit Ref = 1 << 31

// takeEntries goes through the entries in order of id, of those with one id
// only the first, and writes all of the index that is not about names.
func (m *making) takeEntries() error {
	var last []byte
	err := m.entries.Each(func(record []byte) error {
		id, body := cutDraft(record)
		if bytes.Equal(id, last) {
			m.duplicates++
			return nil
		}
		last = append(last[:0], id...)
		e := readDraft(id, body, m.drafts)
		return m.takeEntry(&e)
	})
	m.entries.Close() // most of the memory and the disk
	return err
}

func (m *making) takeEntry(e *Entry) error {
	at := m.sections[secDetails].size
	switch {
	case at > math.MaxUint32:
		return fmt.Errorf("%w: the entries need more than 4 GiB", ErrEntry)
	case m.header.entries == maxEntries:
		return fmt.Errorf("%w: more than the %d entries that an index holds", ErrEntry, maxEntries)
	}
	heads, ref := &m.sections[secHeads], Ref(m.header.points)
	if e.Point == nil {
		heads, ref = &m.plain, Ref(m.header.entries-m.header.points)|plainBit
	}
	m.header.entries++
	if _, err := heads.Write(appendHead(m.buf[:0], e, uint32(at), m.atoms)); err != nil {
		return err
	}
	if e.Point != nil {
		m.header.points++
		if _, err := m.sections[secPoints].Write(appendPoint(m.buf[:0], e.Point)); err != nil {
			return err
		}
	}
	m.buf = appendDetail(m.buf[:0], e, m.atoms)
	if _, err := m.sections[secDetails].Write(m.buf); err != nil {
		return err
	}
	return m.takeAliases(e, ref)
}

func (m *making) takeAliases(e *Entry, ref Ref) error {
	if err := m.takeName(e, ref, e.Name, e.NameFlags|Canonical, 0); err != nil {
		return err
	}
	for i, a := range e.Aliases {
		if err := m.takeName(e, ref, a.Name, a.Flags, i+1); err != nil {
			return err
		}
	}
	return nil
}

func appendHead(b []byte, e *Entry, at uint32, atoms *atomTable) []byte {
	b = binary.LittleEndian.AppendUint32(b, at)
	b = append(b, byte(e.Type), byte(atoms.add(string(e.Kind))))
	if e.Country == "" {
		b = append(b, 0, 0)
	} else {
		b = append(b, e.Country...)
	}
	b = binary.LittleEndian.AppendUint16(b, priorOf(e))
	return binary.LittleEndian.AppendUint16(b, uint16(atoms.add(e.Source)))
}
