package gazetteer

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/cespare/xxhash/v2"
)

// The index file. All integers are little-endian, all positions absolute.
//
//	header, 256 bytes
//	  0   magic      "DLGAZ\x1a\r\n"
//	  8   version    uint32 = 3
//	  12  entries    uint32, of which the first
//	  16  points     uint32 have coordinates
//	  20  names      uint32, distinct folded names
//	  24  seed       uint64 of the hashes in table
//	  32  content    SHA-256 of all bytes after the header
//	  64  sections   9 × (offset uint64, length uint64)
//	  208 zero
//	  248 check      xxhash64 of bytes 0–247
//
//	sections, each on a multiple of 64
//	  table    buckets of 8 slots; see slot
//	  starts   the words that start a name and may be small; see wordSet
//	  laters   the words later in a name that may be small
//	  bearers  8 bytes each; see bearer
//	  heads    12 bytes each; see head
//	  points   8 bytes each: latitude, longitude in int32 millionths of a degree
//	  details  one record an entry, of varying length; see detail
//	  atoms    strings shared by many entries; see atoms
//	  words    4 bytes each: given names, family names, titles; see wordSlot
//
// Entries are sorted by id, those with coordinates first: a Ref is a position
// in heads, and an id is found by two binary searches.
//
// What opening checks is the header and that the sections lie within the file,
// so that ten million names open at once. Every read checks its own bounds and
// gives zero values beyond them: a truncated or hostile file makes wrong
// answers, never a crash. [Verify] reads all of it and compares the hash.
const (
	magic       = "DLGAZ\x1a\r\n"
	version     = 3
	headerSize  = 256
	sectionBase = 64
	checkAt     = 248
	align       = 64
)

// The sections, in file order.
const (
	secTable = iota
	secStarts
	secLaters
	secBearers
	secHeads
	secPoints
	secDetails
	secAtoms
	secWords
	numSections
)

// Sizes of the fixed records.
const (
	slotSize   = 8
	bucketSize = 8 * slotSize
	bearerSize = 8
	headSize   = 12
	pointSize  = 8
	wordSize   = 4
)

// ErrFormat is wrapped by every error about a file that is no index, is cut
// short or damaged.
var ErrFormat = errors.New("not a gazetteer index")

func formatErrorf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrFormat, fmt.Sprintf(format, args...))
}

// parseIndex makes an index of the bytes of a file, which it keeps.
func parseIndex(b []byte) (*index, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, formatErrorf("the file does not start with its magic number")
	}
	if got := binary.LittleEndian.Uint32(b[8:]); got != version {
		return nil, formatErrorf("format version is %d, want %d", got, version)
	}
	if xxhash.Sum64(b[:checkAt]) != binary.LittleEndian.Uint64(b[checkAt:]) {
		return nil, formatErrorf("the header is damaged")
	}
	x := &index{
		entries: binary.LittleEndian.Uint32(b[12:]),
		points:  binary.LittleEndian.Uint32(b[16:]),
		names:   binary.LittleEndian.Uint32(b[20:]),
		seed:    binary.LittleEndian.Uint64(b[24:]),
		version: hex.EncodeToString(b[32:38]),
		file:    b,
	}
	var sec [numSections][]byte
	for i := range sec {
		at := sectionBase + 16*i
		off, n := binary.LittleEndian.Uint64(b[at:]), binary.LittleEndian.Uint64(b[at+8:])
		if off > uint64(len(b)) || n > uint64(len(b))-off {
			return nil, formatErrorf("section %d wants bytes %d+%d of a file of %d", i, off, n, len(b))
		}
		sec[i] = b[off : off+n]
	}
	x.table, x.bearers, x.heads = sec[secTable], sec[secBearers], sec[secHeads]
	x.pts, x.details, x.words = sec[secPoints], sec[secDetails], sec[secWords]
	return x, x.settle(&sec)
}

// settle checks that the sections have the sizes which the counts demand, and
// computes what reading needs.
func (x *index) settle(sec *[numSections][]byte) error {
	x.buckets = uint64(len(x.table) / bucketSize)
	switch {
	case x.buckets == 0:
		return formatErrorf("the table is empty")
	case len(x.heads) != headSize*int(x.entries) || len(x.pts) != pointSize*int(x.points) || x.points > x.entries:
		return formatErrorf("%d entries and %d points do not fill their sections", x.entries, x.points)
	case len(x.words) > 0 && len(x.words)/wordSize < 2:
		return formatErrorf("the word list is too short")
	}
	var errs [3]error
	x.starts, errs[0] = parseWordSet(sec[secStarts])
	x.laters, errs[1] = parseWordSet(sec[secLaters])
	x.atoms, errs[2] = parseAtoms(sec[secAtoms])
	return cmp.Or(errs[:]...)
}

// verify reads the whole file and compares its hash.
func (x *index) verify() error {
	sum := sha256.Sum256(x.file[headerSize:])
	if !bytes.Equal(sum[:], x.file[32:64]) {
		return formatErrorf("the content does not have the hash that the header states: the file is damaged or was cut short")
	}
	return nil
}

// header is what stands at the beginning of the file, sections aside.
type header struct {
	entries, points, names uint32
	seed                   uint64
}

// writeFile writes the header and behind it the sections.
func (m *making) writeFile(w io.Writer) (int64, error) {
	hash := sha256.New()
	if err := m.writeSections(hash); err != nil {
		return 0, err
	}
	b := make([]byte, headerSize)
	copy(b, magic)
	binary.LittleEndian.PutUint32(b[8:], version)
	binary.LittleEndian.PutUint32(b[12:], m.header.entries)
	binary.LittleEndian.PutUint32(b[16:], m.header.points)
	binary.LittleEndian.PutUint32(b[20:], m.header.names)
	binary.LittleEndian.PutUint64(b[24:], m.header.seed)
	copy(b[32:], hash.Sum(nil))
	end := int64(headerSize)
	for i := range m.sections {
		size := m.sections[i].size
		binary.LittleEndian.PutUint64(b[sectionBase+16*i:], uint64(end))
		binary.LittleEndian.PutUint64(b[sectionBase+16*i+8:], uint64(size))
		end += size + padding(size)
	}
	binary.LittleEndian.PutUint64(b[checkAt:], xxhash.Sum64(b[:checkAt]))
	if _, err := w.Write(b); err != nil {
		return 0, err
	}
	return end, m.writeSections(w)
}

func (m *making) writeSections(w io.Writer) error {
	for i := range m.sections {
		s := &m.sections[i]
		if err := s.writeTo(w); err != nil {
			return err
		}
		if _, err := w.Write(make([]byte, padding(s.size))); err != nil {
			return err
		}
	}
	return nil
}

// padding is how many bytes follow a section so that the next is aligned.
func padding(size int64) int64 { return -size & (align - 1) }
