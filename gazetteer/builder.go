package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of an index. Text beyond them is matched all the same; entries beyond
// them are refused by [Builder.Add], but for the bearers of one name, of whom
// the most prominent are kept.
const (
	MaxNameWords = 15  // words of one name
	MaxAliases   = 255 // aliases of one entry
	MaxBearers   = 64  // entries that bear one name
	maxEntries   = 1<<31 - 2
	maxKinds     = 250
)

// ErrEntry is wrapped by every error about an entry that cannot be indexed.
var ErrEntry = errors.New("bad gazetteer entry")

func entryErrorf(e *Entry, field, format string, args ...any) error {
	return fmt.Errorf("%w %s %q: %s: %s", ErrEntry, e.ID, e.Name, field, fmt.Sprintf(format, args...))
}

// Builder turns entries into an index. The zero value is ready; the same
// entries in any order make the same bytes. It is not safe for concurrent use.
type Builder struct {
	// Notice is the attribution that the sources ask for; the index carries it.
	Notice string

	entries []Entry
	ids     map[ID]struct{}
	words   map[string]WordList
}

// Add takes one entry. The error wraps ErrEntry and names the field, what
// came and what was wanted.
func (b *Builder) Add(e Entry) error {
	if err := e.validate(); err != nil {
		return err
	}
	if _, dup := b.ids[e.ID]; dup {
		return entryErrorf(&e, "id", "another entry has it already")
	}
	if len(b.entries) == maxEntries {
		return entryErrorf(&e, "id", "an index holds at most %d entries", maxEntries)
	}
	if b.ids == nil {
		b.ids = make(map[ID]struct{})
	}
	b.ids[e.ID] = struct{}{}
	b.entries = append(b.entries, e)
	return nil
}

// Has reports whether an entry of that id has been added.
func (b *Builder) Has(id ID) bool {
	_, ok := b.ids[id]
	return ok
}

// AddWord puts a single word on lists; see [Gazetteer.Word].
func (b *Builder) AddWord(w string, lists WordList) {
	if b.words == nil {
		b.words = make(map[string]WordList)
	}
	b.words[Fold(w)] |= lists
}

// Validate says what keeps an entry out of an index. The error wraps ErrEntry
// and names the field, what came and what was wanted.
func (e *Entry) Validate() error { return e.validate() }

func (e *Entry) validate() error {
	switch {
	case e.ID == "" || len(e.ID) > 256 || strings.ContainsAny(string(e.ID), " \t\r\n") || !utf8.ValidString(string(e.ID)):
		return entryErrorf(e, "id", "got %q, want 1 to 256 bytes without white space", e.ID)
	case e.Type < Person || e.Type > Place:
		return entryErrorf(e, "type", "got %d, want person, organization or place", e.Type)
	case len(e.Aliases) > MaxAliases:
		return entryErrorf(e, "aliases", "got %d, want at most %d", len(e.Aliases), MaxAliases)
	case e.Country != "" && !isCountryCode(e.Country):
		return entryErrorf(e, "country", "got %q, want two capital letters of ISO 3166-1", e.Country)
	case !(e.Prior >= 0 && e.Prior <= 1):
		return entryErrorf(e, "prior", "got %g, want 0 to 1", e.Prior)
	case e.Point != nil && !(math.Abs(e.Point.Lat) <= 90 && math.Abs(e.Point.Lon) <= 180):
		return entryErrorf(e, "point", "got %g, %g, want latitude within 90 and longitude within 180 degrees", e.Point.Lat, e.Point.Lon)
	}
	if reason := badName(e.Name); reason != "" {
		return entryErrorf(e, "name", "%s", reason)
	}
	for _, a := range e.Aliases {
		if reason := badName(a.Name); reason != "" {
			return entryErrorf(e, "aliases", "%q: %s", a.Name, reason)
		}
	}
	for _, c := range e.When {
		if !(c.Weight >= 0 && c.Weight <= 20) {
			return entryErrorf(e, "when", "weight: got %g, want 0 to 20", c.Weight)
		}
	}
	return nil
}

func isCountryCode(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

// badName says why a name cannot be matched, "" when it can.
func badName(name string) string {
	if !utf8.ValidString(name) {
		return "it is not valid UTF-8"
	}
	n, long := 0, false
	var w word
	for s := (scanner{text: name}); s.next(&w); n++ {
		long = long || w.long
	}
	switch {
	case n == 0:
		return "it has no letter or digit"
	case n > MaxNameWords:
		return fmt.Sprintf("it has %d words, want at most %d", n, MaxNameWords)
	case long:
		return fmt.Sprintf("it has a word of more than %d bytes", maxWordBytes)
	}
	return ""
}

// Build makes a gazetteer in memory.
func (b *Builder) Build() (*Gazetteer, error) {
	file, err := b.encode()
	if err != nil {
		return nil, err
	}
	return FromBytes(file)
}

// WriteTo writes the index file.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	file, err := b.encode()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(file)
	return int64(n), err
}

func (b *Builder) encode() ([]byte, error) {
	slices.SortFunc(b.entries, func(p, q Entry) int {
		if (p.Point != nil) != (q.Point != nil) {
			return cmp.Compare(btoi(q.Point != nil), btoi(p.Point != nil))
		}
		return strings.Compare(string(p.ID), string(q.ID))
	})
	var sec [numSections][]byte
	points, err := b.encodeEntries(&sec)
	if err != nil {
		return nil, err
	}
	var count uint32
	names, prefixes := b.collectNames()
	if len(names) > maxBearers {
		return nil, fmt.Errorf("%w: %d names, want at most %d", ErrEntry, len(names), maxBearers)
	}
	sec[secBearers], prefixes, count = encodeBearers(names, prefixes)
	sec[secStarts], sec[secLaters] = b.encodeSmall()
	table, seed := encodeTable(mergePrefixes(prefixes))
	sec[secTable] = table
	sec[secWords] = encodeWords(b.words)
	return encodeFile(sec, uint32(len(b.entries)), points, count, seed), nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// encodeEntries fills the sections heads, points, details and atoms.
func (b *Builder) encodeEntries(sec *[numSections][]byte) (points uint32, err error) {
	atoms := newAtomTable(b.Notice)
	for i := range b.entries {
		atoms.add(string(b.entries[i].Kind))
	}
	if len(atoms.list) > maxKinds {
		return 0, fmt.Errorf("%w: %d kinds, want at most %d", ErrEntry, len(atoms.list), maxKinds)
	}
	for i := range b.entries {
		atoms.add(b.entries[i].Source)
	}
	if len(atoms.list) > 1<<16 {
		return 0, fmt.Errorf("%w: %d distinct sources, want at most %d", ErrEntry, len(atoms.list), 1<<16)
	}
	for i := range b.entries {
		e := &b.entries[i]
		at := len(sec[secDetails])
		if at > math.MaxUint32 {
			return 0, fmt.Errorf("%w: the entries need more than 4 GiB", ErrEntry)
		}
		sec[secHeads] = appendHead(sec[secHeads], e, uint32(at), atoms)
		sec[secDetails] = appendDetail(sec[secDetails], e, atoms)
		if e.Point != nil {
			points++
			p := binary.LittleEndian.AppendUint32(sec[secPoints], uint32(int32(math.Round(e.Point.Lat*pointScale))))
			sec[secPoints] = binary.LittleEndian.AppendUint32(p, uint32(int32(math.Round(e.Point.Lon*pointScale))))
		}
	}
	sec[secAtoms] = atoms.encode()
	return points, nil
}

func appendHead(b []byte, e *Entry, at uint32, atoms *atomTable) []byte {
	b = binary.LittleEndian.AppendUint32(b, at)
	b = append(b, byte(e.Type), byte(atoms.add(string(e.Kind))))
	if e.Country == "" {
		b = append(b, 0, 0)
	} else {
		b = append(b, e.Country...)
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(math.Round(e.Prior*priorScale)))
	return binary.LittleEndian.AppendUint16(b, uint16(atoms.add(e.Source)))
}

// named is one name of one entry, on its way into the index.
type named struct {
	hash    uint64 // of all its words
	ref     Ref
	prior   uint16
	flags   AliasFlags
	ordinal uint8
	rule    caseRule
}

// prefix is the first words of a name, on their way into the table.
type prefix struct {
	hash uint64
	slot slot // its flags and bearer, without fingerprint
}

// collectNames lists every name of every entry and the beginnings of all
// names.
func (b *Builder) collectNames() ([]named, []prefix) {
	var names []named
	var prefixes []prefix
	add := func(i int, name string, flags AliasFlags, ordinal int) {
		e := &b.entries[i]
		n := named{
			ref: Ref(i), prior: uint16(math.Round(e.Prior * priorScale)),
			flags: flags, ordinal: uint8(ordinal), rule: ruleOf(flags, e.Type),
		}
		prefixes, n.hash = appendPrefixes(prefixes, name)
		names = append(names, n)
	}
	for i := range b.entries {
		add(i, b.entries[i].Name, b.entries[i].NameFlags|Canonical, 0)
		for j, a := range b.entries[i].Aliases {
			add(i, a.Name, a.Flags, j+1)
		}
	}
	slices.SortFunc(names, func(p, q named) int {
		return cmp.Or(cmp.Compare(p.hash, q.hash), cmp.Compare(q.prior, p.prior),
			cmp.Compare(p.ref, q.ref), cmp.Compare(p.ordinal, q.ordinal))
	})
	return names, prefixes
}

// appendPrefixes appends the beginnings of a name but not the name itself,
// and returns the hash of the whole.
func appendPrefixes(dst []prefix, name string) ([]prefix, uint64) {
	var h uint64
	var w word
	for s := (scanner{text: name}); s.next(&w); {
		if h != 0 {
			dst = append(dst, prefix{h, slotMore})
		}
		h = prefixHash(h, w.hash)
	}
	return dst, h
}

// encodeBearers lays the bearers of each name out side by side and appends
// the names to the prefixes.
func encodeBearers(names []named, prefixes []prefix) ([]byte, []prefix, uint32) {
	b := make([]byte, 0, len(names)*bearerSize)
	var count uint32
	for len(names) > 0 {
		n := 1
		for n < len(names) && names[n].hash == names[0].hash {
			n++
		}
		kept := names[:min(n, MaxBearers)]
		prefixes = append(prefixes, prefix{names[0].hash, nameSlot(kept, len(b)/bearerSize)})
		for i, m := range kept {
			b = binary.LittleEndian.AppendUint32(b, uint32(m.ref))
			b = append(b, byte(m.flags), m.ordinal, byte(m.rule<<1)|byte(btoi(i == len(kept)-1)), checkOf(m.hash))
		}
		names = names[n:]
		count++
	}
	return b, prefixes, count
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

// mergePrefixes sorts the prefixes and makes those with equal hashes one.
func mergePrefixes(list []prefix) []prefix {
	slices.SortFunc(list, func(p, q prefix) int { return cmp.Compare(p.hash, q.hash) })
	out := list[:0]
	for _, p := range list {
		if n := len(out); n > 0 && out[n-1].hash == p.hash {
			out[n-1].slot |= p.slot
		} else {
			out = append(out, p)
		}
	}
	return out
}

// tableLoad is the share of slots in use. At 0.85 about one bucket in seven
// overflows into its neighbour.
const tableLoad = 0.85

// errCollision says that two beginnings of names look the same in the table.
var errCollision = errors.New("two names share bucket and fingerprint")

// encodeTable puts the prefixes into buckets. A seed is chosen with which no
// two prefixes that could be mistaken for each other meet.
func encodeTable(list []prefix) (table []byte, seed uint64) {
	for {
		table, err := fillTable(list, seed)
		if err == nil {
			return table, seed
		}
		seed++
	}
}

func fillTable(list []prefix, seed uint64) ([]byte, error) {
	x := &index{buckets: uint64(float64(len(list))/tableLoad/8) + 1, seed: seed}
	x.table = make([]byte, x.buckets*bucketSize)
	for _, p := range list {
		b, fp := x.place(p.hash)
		if err := x.insert(b, slot(fp<<fingerprintShift)|p.slot); err != nil {
			return nil, err
		}
	}
	return x.table, nil
}

// insert puts a slot into the first free place from bucket b on.
func (x *index) insert(b uint64, v slot) error {
	for {
		bucket := x.table[b*bucketSize : b*bucketSize+bucketSize]
		for i := 0; i < bucketSize; i += slotSize {
			have := slot(binary.LittleEndian.Uint64(bucket[i:]))
			if have == 0 {
				binary.LittleEndian.PutUint64(bucket[i:], uint64(v))
				return nil
			}
			if have>>fingerprintShift == v>>fingerprintShift {
				return errCollision
			}
		}
		if b++; b == x.buckets {
			b = 0
		}
	}
}
