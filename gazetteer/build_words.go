package gazetteer

import (
	"encoding/binary"
	"math/bits"

	"github.com/dateline-news/dateline/internal/extsort"
)

// takeWord sorts in what matching asks of words that begin with a small letter:
// which of them names start with, and which stand later in names, where those of
// organizations may be small in any case.
func (m *making) takeWord(w *word, first bool, t Type) error {
	to := m.laters
	switch {
	case first && w.letters == lower:
		to = m.starts
	case first, t != Organization && w.letters != lower && w.letters != caseless:
		return nil
	}
	m.buf = binary.BigEndian.AppendUint64(m.buf[:0], w.hash)
	return to.Add(m.buf)
}

// takeWords makes the bitmaps.
func (m *making) takeWords() error {
	for sec, words := range map[int]*extsort.Sorter{secStarts: m.starts, secLaters: m.laters} {
		b, err := encodeWordSet(words)
		if err == nil {
			_, err = m.sections[sec].Write(b)
		}
		if err != nil {
			return err
		}
		words.Close()
	}
	return nil
}

// maxWordSet bounds a bitmap. Of more than eight million words more than one bit
// in sixteen is set.
const maxWordSet = 16 << 20

// encodeWordSet makes the bitmap of sorted hashes.
func encodeWordSet(hashes *extsort.Sorter) ([]byte, error) {
	count, last := 0, uint64(0)
	err := hashes.Each(func(record []byte) error {
		if h := binary.BigEndian.Uint64(record); count == 0 || h != last {
			count, last = count+1, h
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	size := 64
	for size*8 < 16*count && size < maxWordSet {
		size *= 2
	}
	shift := uint(64 - bits.TrailingZeros(uint(size)*8))
	bitmap := make([]byte, size)
	err = hashes.Each(func(record []byte) error {
		i := binary.BigEndian.Uint64(record) >> shift
		bitmap[i>>3] |= 1 << (i & 7)
		return nil
	})
	return bitmap, err
}
