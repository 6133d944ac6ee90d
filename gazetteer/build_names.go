package gazetteer

import (
	"encoding/binary"
	"fmt"
)

// named is one name of one entry, on its way into the index.
type named struct {
	hash    uint64 // of all its words
	prior   uint16
	ref     Ref
	ordinal uint8
	flags   AliasFlags
	rule    caseRule
}

// appendNamed encodes a name for the sort, big-endian, which brings the bearers
// of one name together, those most spoken of first:
//
//	hash 8 | prior 2, inverted | ref 4 | ordinal 1 | flags 1 | rule 1
func appendNamed(b []byte, n named) []byte {
	b = binary.BigEndian.AppendUint64(b, n.hash)
	b = binary.BigEndian.AppendUint16(b, ^n.prior)
	b = binary.BigEndian.AppendUint32(b, uint32(n.ref))
	return append(b, n.ordinal, byte(n.flags), byte(n.rule))
}

func readNamed(b []byte) named {
	return named{
		hash: binary.BigEndian.Uint64(b), prior: ^binary.BigEndian.Uint16(b[8:]),
		ref: Ref(binary.BigEndian.Uint32(b[10:])), ordinal: b[14], flags: AliasFlags(b[15]), rule: caseRule(b[16]),
	}
}

// takeName sorts a name, its beginnings and its words in.
func (m *making) takeName(e *Entry, ref Ref, name string, flags AliasFlags, ordinal int) error {
	var h uint64
	var w word
	for s := (scanner{text: name}); s.next(&w); {
		if err := m.takeWord(&w, h == 0, e.Type); err != nil {
			return err
		}
		if h != 0 {
			if err := m.takePrefix(h, slotMore); err != nil {
				return err
			}
		}
		h = prefixHash(h, w.hash)
	}
	m.buf = appendNamed(m.buf[:0], named{
		hash: h, prior: priorOf(e), ref: ref, ordinal: uint8(ordinal), flags: flags, rule: ruleOf(flags, e.Type),
	})
	return m.names.Add(m.buf)
}

// takeNames lays the bearers of each name out side by side and adds the names
// to their beginnings.
func (m *making) takeNames() error {
	bearers := make([]named, 0, MaxBearers)
	err := m.names.Each(func(record []byte) error {
		n := readNamed(record)
		if n.ref&plainBit != 0 {
			n.ref = n.ref&^plainBit + Ref(m.header.points)
		}
		if len(bearers) > 0 && bearers[0].hash != n.hash {
			if err := m.writeBearers(bearers); err != nil {
				return err
			}
			bearers = bearers[:0]
		}
		if len(bearers) < MaxBearers {
			bearers = append(bearers, n)
		}
		return nil
	})
	if err == nil && len(bearers) > 0 {
		err = m.writeBearers(bearers)
	}
	m.names.Close()
	return err
}

// writeBearers writes those of one name.
func (m *making) writeBearers(bearers []named) error {
	first := m.sections[secBearers].size / bearerSize
	if first+int64(len(bearers)) > maxBearers {
		return fmt.Errorf("%w: more than the %d names that an index holds", ErrEntry, maxBearers)
	}
	m.header.names++
	m.buf = m.buf[:0]
	for i, n := range bearers {
		m.buf = binary.LittleEndian.AppendUint32(m.buf, uint32(n.ref))
		m.buf = append(m.buf, byte(n.flags), n.ordinal, byte(n.rule<<1)|byte(btoi(i == len(bearers)-1)), checkOf(n.hash))
	}
	if _, err := m.sections[secBearers].Write(m.buf); err != nil {
		return err
	}
	return m.takePrefix(bearers[0].hash, nameSlot(bearers, int(first)))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// nameSlot is the slot of a name whose bearers begin at first.
func nameSlot(bearers []named, first int) slot {
	s := slotName | slot(first)
	if m := bearers[0]; len(bearers) == 1 && m.flags&^Canonical == 0 {
		s |= slot(m.rule) << slotRule
		if m.flags == Canonical {
			s |= slotCanonical
		}
	}
	return s
}
