package store

import (
	"encoding/binary"
	"math"
)

// schema is the version of the key table in doc.go.
const schema = 2

// table is the first byte of a key.
type table byte

const (
	metaTable       table = 'm'
	nameTable       table = 'n'
	articleTable    table = 'a'
	tagsTable       table = 't'
	headTable       table = 'h'
	subjectTable    table = 's'
	foldTable       table = 'f'
	postingTable    table = 'p'
	blockTable      table = 'b'
	bandTable       table = 'k'
	changeTable     table = 'w'
	requestTable    table = 'q'
	correctionTable table = 'c'
	restandTable    table = 'r'
	jobTable        table = 'j'
	graveTable      table = 'd'
	blobTable       table = 'o'
)

// all is the prefix of every key of a table.
func (t table) all() []byte { return []byte{byte(t)} }

func (t table) of32(n uint32) []byte {
	return binary.BigEndian.AppendUint32(t.all(), n)
}

func (t table) of64(n uint64) []byte {
	return binary.BigEndian.AppendUint64(t.all(), n)
}

func (t table) ofString(s string) []byte { return appendString(t.all(), s) }

// appendString writes a string so that keys sort as strings do and none is a
// prefix of another.
func appendString(key []byte, s string) []byte {
	for i := range len(s) {
		if s[i] <= 1 {
			key = append(key, 1, s[i]+1)
		} else {
			key = append(key, s[i])
		}
	}
	return append(key, 0)
}

// undated is the time of an article whose publish time is missing. It sorts
// before all others.
const undated = math.MinInt64

// place is where a posting stands in its subject's list.
type place struct {
	time    int64 // microseconds since 1970 UTC, or undated
	article uint32
}

func (a place) before(b place) bool {
	return a.time < b.time || a.time == b.time && a.article < b.article
}

// placeSize is the length of a place within a key.
const placeSize = 12

func appendPlace(key []byte, p place) []byte {
	key = binary.BigEndian.AppendUint64(key, uint64(p.time)^1<<63)
	return binary.BigEndian.AppendUint32(key, p.article)
}

// blockKey is the key of a block whose last posting has a place.
func blockKey(subject uint32, end place) []byte {
	key := append(make([]byte, 0, 5+placeSize), byte(blockTable))
	return appendPlace(binary.BigEndian.AppendUint32(key, subject), end)
}

// postingsSince is the prefix of a subject's postings after so many folds.
func postingsSince(subject, folds uint32) []byte {
	key := append(make([]byte, 0, 9+placeSize), byte(postingTable))
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(key, subject), folds)
}

// postingKey is the key of a posting after so many folds.
func postingKey(subject, folds uint32, p place) []byte {
	return appendPlace(postingsSince(subject, folds), p)
}

// placeOf reads the place at the end of a key.
func placeOf(key []byte) place {
	key = key[len(key)-placeSize:]
	return place{
		time:    int64(binary.BigEndian.Uint64(key) ^ 1<<63),
		article: binary.BigEndian.Uint32(key[8:]),
	}
}

// number reads the 32-bit number behind a key's table.
func number(key []byte) uint32 { return binary.BigEndian.Uint32(key[1:]) }

func bandKey(band int, hash uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{byte(bandTable), byte(band)}, hash)
}

func changeKey(r Revision, index uint32) []byte {
	return binary.BigEndian.AppendUint32(changeTable.of64(uint64(r)), index)
}

func blobKey(collection string, revision uint64) []byte {
	return binary.BigEndian.AppendUint64(blobTable.ofString(collection), revision)
}

// number64 reads the 64-bit number behind a key's table.
func number64(key []byte) uint64 { return binary.BigEndian.Uint64(key[1:]) }

// blobRevision reads the revision at the end of a key.
func blobRevision(key []byte) uint64 { return binary.BigEndian.Uint64(key[len(key)-8:]) }
