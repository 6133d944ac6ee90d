package gazetteer

import (
	"encoding/binary"
	"math"
	"time"
)

// A detail record holds the rest of an entry. A string is its length as a
// uvarint and its bytes; a list is its length as a uvarint and its items; a
// day is a uvarint, the days since 1 January 1800 plus one, 0 when open.
//
//	id       string
//	name     string
//	flags    byte of the canonical name
//	aliases  list of: flags byte, string
//	roles    list of: title atom, country string, from day, to day
//	parents  list of: string
//	when     list of: alias string, lists of strings (outlet countries, outlet
//	         domains, words), from day, to day, weight uvarint in thousandths
type detail struct {
	b []byte // what is left to read
}

// detail starts reading the record of an entry.
func (x *index) detail(r Ref) detail {
	h := x.head(r)
	if h == nil {
		return detail{}
	}
	at := binary.LittleEndian.Uint32(h)
	if uint64(at) > uint64(len(x.details)) {
		return detail{}
	}
	return detail{x.details[at:]}
}

func (d *detail) uint() uint64 {
	if len(d.b) > 0 && d.b[0] < 0x80 { // nearly always
		v := d.b[0]
		d.b = d.b[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.b = nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

// list reads the length of a list, never more than there are bytes left.
func (d *detail) list() int {
	return int(min(d.uint(), uint64(len(d.b))))
}

func (d *detail) byte() byte {
	if len(d.b) == 0 {
		return 0
	}
	v := d.b[0]
	d.b = d.b[1:]
	return v
}

func (d *detail) str() string {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.b = nil
		return ""
	}
	s := bytesString(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *detail) strs() []string {
	n := d.list()
	if n == 0 {
		return nil
	}
	list := make([]string, 0, min(n, 64))
	for range n {
		list = append(list, d.str())
	}
	return list
}

var dayZero = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)

func (d *detail) day() time.Time {
	v := d.uint()
	if v == 0 || v > 1<<20 {
		return time.Time{}
	}
	return dayZero.AddDate(0, 0, int(v-1))
}

// alias returns the name with the given ordinal, 0 the canonical one.
func (x *index) alias(r Ref, ordinal uint8) string {
	d := x.detail(r)
	d.str()
	name := d.str()
	if ordinal == 0 {
		return name
	}
	d.byte()
	n := d.list()
	if int(ordinal) > n {
		return ""
	}
	for range ordinal - 1 {
		d.byte()
		d.str()
	}
	d.byte()
	return d.str()
}

// entry reads a whole entry.
func (x *index) entry(r Ref) Entry {
	h := x.readHead(r)
	e := Entry{ID: h.ID, Type: h.Type, Kind: h.Kind, Country: h.Country, Prior: h.Prior, Source: x.source(r)}
	if h.HasPoint {
		e.Point = &h.Point
	}
	d := x.detail(r)
	d.str()
	d.rest(&e, x.atoms.get)
	return e
}

// rest reads what stands behind the id.
func (d *detail) rest(e *Entry, atom func(uint64) string) {
	e.Name = d.str()
	e.NameFlags = AliasFlags(d.byte())
	for range d.list() {
		flags := AliasFlags(d.byte())
		e.Aliases = append(e.Aliases, Alias{Name: d.str(), Flags: flags})
	}
	for range d.list() {
		e.Roles = append(e.Roles, Role{Title: atom(d.uint()), Country: d.str(), From: d.day(), To: d.day()})
	}
	for _, p := range d.strs() {
		e.Parents = append(e.Parents, ID(p))
	}
	for range d.list() {
		e.When = append(e.When, Condition{
			Alias: d.str(), OutletCountry: d.strs(), OutletDomain: d.strs(), TextHas: d.strs(),
			From: d.day(), To: d.day(), Weight: float64(d.uint()) / weightScale,
		})
	}
}

const weightScale = 1000

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func appendDay(b []byte, t time.Time) []byte {
	if t.IsZero() || t.Before(dayZero) {
		return append(b, 0)
	}
	return binary.AppendUvarint(b, uint64(t.Sub(dayZero)/(24*time.Hour))+1)
}

// appendDetail encodes the record of an entry.
func appendDetail(b []byte, e *Entry, atoms *atomTable) []byte {
	return appendRest(appendString(b, string(e.ID)), e, atoms)
}

// appendRest encodes what stands behind the id.
func appendRest(b []byte, e *Entry, atoms *atomTable) []byte {
	b = appendString(b, e.Name)
	b = append(b, byte(e.NameFlags))
	b = binary.AppendUvarint(b, uint64(len(e.Aliases)))
	for _, a := range e.Aliases {
		b = append(b, byte(a.Flags))
		b = appendString(b, a.Name)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Roles)))
	for _, r := range e.Roles {
		b = binary.AppendUvarint(b, uint64(atoms.add(r.Title)))
		b = appendString(b, r.Country)
		b = appendDay(appendDay(b, r.From), r.To)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Parents)))
	for _, p := range e.Parents {
		b = appendString(b, string(p))
	}
	b = binary.AppendUvarint(b, uint64(len(e.When)))
	for _, c := range e.When {
		b = appendString(b, c.Alias)
		b = appendStrings(appendStrings(appendStrings(b, c.OutletCountry), c.OutletDomain), c.TextHas)
		b = appendDay(appendDay(b, c.From), c.To)
		b = binary.AppendUvarint(b, uint64(math.Round(c.Weight*weightScale)))
	}
	return b
}
