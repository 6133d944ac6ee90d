package gazetteer

import (
	"bytes"
	"encoding/binary"
	"math"
)

// A draft is an entry on its way through the sort of a Builder. Its shared
// strings are numbers of a table of their own, in order of appearance:
//
//	id       bytes, a zero: drafts sort by id
//	turn     uint64, big-endian: and of one id, the first to come before the others
//	type     byte
//	kind     atom
//	country  string
//	prior    uint16
//	source   atom
//	point    byte 0, or byte 1 and latitude, longitude as in the section points
//	rest     as a detail has it
func appendDraft(b []byte, e *Entry, turn uint64, atoms *atomTable) []byte {
	b = append(append(b, e.ID...), 0)
	b = binary.BigEndian.AppendUint64(b, turn)
	b = append(b, byte(e.Type))
	b = binary.AppendUvarint(b, uint64(atoms.add(string(e.Kind))))
	b = appendString(b, e.Country)
	b = binary.LittleEndian.AppendUint16(b, priorOf(e))
	b = binary.AppendUvarint(b, uint64(atoms.add(e.Source)))
	if e.Point == nil {
		b = append(b, 0)
	} else {
		b = appendPoint(append(b, 1), e.Point)
	}
	return appendRest(b, e, atoms)
}

// cutDraft parts a draft into its id and what [readDraft] reads.
func cutDraft(record []byte) (id, body []byte) {
	n := bytes.IndexByte(record, 0)
	return record[:n], record[n+1+8:]
}

// readDraft reads an entry, whose strings share the memory of the record, but
// for those of the table.
func readDraft(id, body []byte, atoms *atomTable) Entry {
	d := detail{body}
	atom := func(i uint64) string { return atoms.list[i] }
	e := Entry{ID: ID(bytesString(id)), Type: Type(d.byte()), Kind: Kind(atom(d.uint())), Country: d.str()}
	e.Prior = float64(uint16(d.byte())|uint16(d.byte())<<8) / priorScale
	e.Source = atom(d.uint())
	if d.byte() == 1 {
		p := readPoint(d.b)
		e.Point, d.b = &p, d.b[pointSize:]
	}
	d.rest(&e, atom)
	return e
}

// priorOf is the prior as the index keeps it.
func priorOf(e *Entry) uint16 { return uint16(math.Round(e.Prior * priorScale)) }

func appendPoint(b []byte, p *Point) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(p.Lat*pointScale))))
	return binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(p.Lon*pointScale))))
}

func readPoint(b []byte) Point {
	return Point{
		Lat: float64(int32(binary.LittleEndian.Uint32(b))) / pointScale,
		Lon: float64(int32(binary.LittleEndian.Uint32(b[4:]))) / pointScale,
	}
}
