package store

import (
	"encoding/binary"
	"errors"
	"math"
)

// posting is a subject standing in an article.
type posting struct {
	place
	story    uint32
	mentions uint32
	salience uint16 // of salienceOne
	flags    flags
}

// flags of a posting.
type flags uint8

const (
	about   flags = 1 << iota // the article is about the subject
	derived                   // the publish time was derived
	removed                   // a tombstone: the posting in the block is no more
)

// salienceOne is salience 1: postings keep two bytes of it.
const salienceOne = math.MaxUint16

// quantize is how a salience is kept and how one is compared with.
func quantize(salience float32) uint16 {
	return uint16(math.Round(float64(min(max(salience, 0), 1)) * salienceOne))
}

// A row of p holds what its key does not:
//
//	flags 1 | salience 2 | story uvarint | mentions uvarint
//
// A block holds postings one behind the other, places as differences from the
// one before (the first from zero) and the story from the article, to which it
// is mostly equal:
//
//	count uvarint | { time varint | article varint | article-story varint | mentions uvarint | salience 2 | flags 1 }
//
// About ten bytes a posting.
const (
	// blockSize is the most postings of one block, chosen so that a block stays
	// in the sorted tables (see inline).
	blockSize = 80
	// foldAt is how many rows a subject collects before they are folded: rows
	// cost a reader ten times what blocks cost, folding rewrites a block.
	foldAt = 2 * blockSize
)

var errDamaged = errors.New("damaged postings")

func (p posting) row() []byte {
	b := make([]byte, 0, 12)
	b = append(b, byte(p.flags))
	b = binary.BigEndian.AppendUint16(b, p.salience)
	b = binary.AppendUvarint(b, uint64(p.story))
	return binary.AppendUvarint(b, uint64(p.mentions))
}

func readRow(key, value []byte) (posting, error) {
	if len(key) < placeSize || len(value) < 5 {
		return posting{}, errDamaged
	}
	p := posting{place: placeOf(key), flags: flags(value[0]), salience: binary.BigEndian.Uint16(value[1:])}
	r := varints{rest: value[3:]}
	p.story, p.mentions = uint32(r.unsigned()), uint32(r.unsigned())
	return p, r.err
}

// appendBlock writes postings, which are sorted.
func appendBlock(b []byte, list []posting) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	var last place
	for _, p := range list {
		b = binary.AppendVarint(b, p.time-last.time) // wraps for undated, and back
		b = binary.AppendVarint(b, int64(p.article)-int64(last.article))
		b = binary.AppendVarint(b, int64(p.article)-int64(p.story))
		b = binary.AppendUvarint(b, uint64(p.mentions))
		b = append(b, byte(p.salience>>8), byte(p.salience), byte(p.flags))
		last = p.place
	}
	return b
}

// readBlock appends a block's postings to dst.
func readBlock(dst []posting, b []byte) ([]posting, error) {
	r := varints{rest: b}
	n := r.unsigned()
	var last place
	for range n {
		last.time += r.signed()
		last.article += uint32(r.signed())
		p := posting{place: last, story: last.article - uint32(r.signed()), mentions: uint32(r.unsigned())}
		if len(r.rest) < 3 || r.err != nil {
			return dst, errDamaged
		}
		p.salience, p.flags = binary.BigEndian.Uint16(r.rest), flags(r.rest[2])
		r.rest = r.rest[3:]
		dst = append(dst, p)
	}
	return dst, nil
}

// varints reads numbers from the front of a slice; its first error sticks.
type varints struct {
	rest []byte
	err  error
}

func (r *varints) unsigned() uint64 {
	v, n := binary.Uvarint(r.rest)
	return r.step(v, n)
}

func (r *varints) signed() int64 {
	u, n := binary.Uvarint(r.rest)
	v := r.step(u, n)
	return int64(v>>1) ^ -int64(v&1)
}

func (r *varints) step(v uint64, n int) uint64 {
	if n <= 0 || r.err != nil {
		r.err = errDamaged
		return 0
	}
	r.rest = r.rest[n:]
	return v
}
