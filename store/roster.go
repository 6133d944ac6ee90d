package store

import (
	"encoding/binary"
	"hash/maphash"
	"math"

	"github.com/dateline-news/dateline/gazetteer"
)

// roster is what memory holds of subjects, by number. A description is a
// string of bytes in an arena rather than a value with pointers: a third of the
// memory, and nothing for the garbage collector to follow.
type roster struct {
	kinds    []SubjectKind
	classes  []gazetteer.Type
	counts   []uint32 // articles of each
	mentions []uint32 // in them
	loose    []uint32 // postings not yet in a block, as far as is known
	folds    []uint32 // how often its postings were folded; none: none is in a block
	at       []uint32 // its description
	entries  arena
	numbers  map[uint64]uint32 // by hash of kind and id; see number
}

// A description is
//
//	linked 1 | id | name | fine kind | country | point 0 or 1+16 | count uvarint | forms
//
// with strings as their length, uvarint, and their bytes. Kind and class stand
// apart, because rankings run over all of them.

func (r *roster) len() int { return len(r.at) }

// add enters a subject under the next number.
func (r *roster) add(s *subject) uint32 {
	n := uint32(len(r.at))
	r.kinds, r.classes = append(r.kinds, s.Kind), append(r.classes, s.class)
	r.counts, r.mentions = append(r.counts, 0), append(r.mentions, 0)
	r.loose, r.folds = append(r.loose, 0), append(r.folds, 0)
	r.at = append(r.at, r.entries.add(describe(s)))
	for h := hashOf(s.Subject); ; h++ {
		if _, taken := r.numbers[h]; !taken {
			r.numbers[h] = n
			return n
		}
	}
}

// replace changes a subject's description.
func (r *roster) replace(n uint32, s *subject) {
	r.classes[n] = s.class
	r.at[n] = r.entries.add(describe(s))
}

// number finds a subject's number, whether or not an article still has it. Two
// subjects of one hash stand under it and the next.
func (r *roster) number(s Subject) (uint32, bool) {
	for h := hashOf(s); ; h++ {
		n, ok := r.numbers[h]
		if !ok {
			return 0, false
		}
		if d := r.read(n); r.kinds[n] == s.Kind && string(d.id) == s.ID {
			return n, true
		}
	}
}

var hashSeed = maphash.MakeSeed() // of this process, so that nobody can choose ids that collide

func hashOf(s Subject) uint64 { return maphash.String(hashSeed, s.ID) + uint64(s.Kind) }

// isOf reports whether a subject is of a kind, and of a class unless that is
// NoType.
func (r *roster) isOf(n uint32, k SubjectKind, t gazetteer.Type) bool {
	return r.kinds[n] == k && (t == gazetteer.NoType || r.classes[n] == t)
}

// related reports whether related subjects, trends and watchers speak of it.
func (r *roster) related(n uint32) bool { return r.kinds[n].related() }

func (k SubjectKind) related() bool { return k == Entity || k == Topic }

// info is all that memory holds of a subject.
func (r *roster) info(n uint32) SubjectInfo {
	s := r.subject(n)
	return SubjectInfo{
		Subject: s.Subject, Name: s.name, Type: s.class, Kind: s.fine, Country: s.country, Point: s.point, Linked: s.linked,
		Forms: s.forms, Articles: int(r.counts[n]), Mentions: int(r.mentions[n]),
	}
}

// subject copies a description.
func (r *roster) subject(n uint32) *subject {
	d := r.read(n)
	s := &subject{
		Subject: Subject{r.kinds[n], string(d.id)}, name: string(d.name), class: r.classes[n], fine: gazetteer.Kind(d.fine),
		country: string(d.country), point: d.point(), linked: d.linked,
	}
	d.eachForm(func(f []byte) bool {
		s.forms = append(s.forms, string(f))
		return true
	})
	return s
}

// knows reports whether what an article says of a subject is known already, so
// that subject.learn would change nothing. It allocates nothing: it is asked
// of every subject of every article.
func (r *roster) knows(n uint32, s *subject) bool {
	d := r.read(n)
	if s.linked && (!d.linked || string(d.name) != s.name || r.classes[n] != s.class ||
		string(d.fine) != string(s.fine) || string(d.country) != s.country) {
		return false
	}
	for _, f := range s.forms {
		if f != string(d.name) && !d.hasForm(f) {
			return false
		}
	}
	return true
}

func describe(s *subject) []byte {
	b := []byte{0}
	if s.linked {
		b[0] = 1
	}
	for _, text := range []string{s.ID, s.name, string(s.fine), s.country} {
		b = appendText(b, text)
	}
	if s.point == nil {
		b = append(b, 0)
	} else {
		b = binary.BigEndian.AppendUint64(append(b, 1), math.Float64bits(s.point.Lat))
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(s.point.Lon))
	}
	b = binary.AppendUvarint(b, uint64(len(s.forms)))
	for _, f := range s.forms {
		b = appendText(b, f)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// description is one read in place.
type description struct {
	linked                  bool
	id, name, fine, country []byte
	rest                    []byte // point and forms
}

func (r *roster) read(n uint32) description {
	b := r.entries.from(r.at[n])
	d := description{linked: b[0] == 1, rest: b[1:]}
	for _, text := range []*[]byte{&d.id, &d.name, &d.fine, &d.country} {
		*text, d.rest = cutText(d.rest)
	}
	return d
}

func cutText(b []byte) (text, rest []byte) {
	n, k := binary.Uvarint(b)
	return b[k : k+int(n)], b[k+int(n):]
}

const pointSize = 16

func (d *description) point() *gazetteer.Point {
	if d.rest[0] == 0 {
		return nil
	}
	return &gazetteer.Point{
		Lat: math.Float64frombits(binary.BigEndian.Uint64(d.rest[1:])),
		Lon: math.Float64frombits(binary.BigEndian.Uint64(d.rest[9:])),
	}
}

// eachForm calls do with each surface form until it returns false.
func (d *description) eachForm(do func([]byte) bool) {
	rest := d.rest[1+pointSize*int(d.rest[0]):]
	n, k := binary.Uvarint(rest)
	rest = rest[k:]
	for range n {
		var f []byte
		if f, rest = cutText(rest); !do(f) {
			return
		}
	}
}

// hasForm reports whether a form is known, or none can be added any more.
func (d *description) hasForm(form string) bool {
	n, has := 0, false
	d.eachForm(func(f []byte) bool {
		n++
		has = string(f) == form
		return !has
	})
	return has || n >= maxForms
}

// arena keeps strings of bytes one behind the other, in pieces that never
// move: what from returned stays right for ever.
type arena struct{ pieces [][]byte }

// Four thousand pieces of a MiB can be addressed; a longer string gets a piece
// of its own.
const pieceBits = 20

// add copies a string and returns where it is.
func (a *arena) add(b []byte) uint32 {
	n := len(a.pieces)
	if n == 0 || len(a.pieces[n-1])+len(b) > cap(a.pieces[n-1]) {
		a.pieces = append(a.pieces, make([]byte, 0, max(1<<pieceBits, len(b))))
		n++
	}
	p := &a.pieces[n-1]
	at := uint32(n-1)<<pieceBits | uint32(len(*p))
	*p = append(*p, b...)
	return at
}

// from is what was added at a place, and what follows it.
func (a *arena) from(at uint32) []byte { return a.pieces[at>>pieceBits][at&(1<<pieceBits-1):] }
