package gazetteer

import (
	_ "embed"
	"fmt"
	"os"
	"sync"

	"github.com/blevesearch/mmap-go"
	"github.com/klauspost/compress/zstd"
)

// embedded is an index file, compressed to less than half: the binary grows by
// 8 MB instead of 19, and the first use of it pays some 30 ms.
//
//go:embed default.gaz.zst
var embedded []byte

// Default is the gazetteer embedded in the binary, opened once.
func Default() (*Gazetteer, error) { return openDefault() }

var openDefault = sync.OnceValues(func() (*Gazetteer, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b, err := z.DecodeAll(embedded, nil)
	if err != nil {
		return nil, fmt.Errorf("embedded gazetteer: %w", err)
	}
	return FromBytes(b)
})

// FromBytes opens an index in memory, which must not change afterwards.
// Errors wrap [ErrFormat].
func FromBytes(b []byte) (*Gazetteer, error) {
	x, err := parseIndex(b)
	if err != nil {
		return nil, err
	}
	return &Gazetteer{base: x}, nil
}

// Open maps an index file into memory. Only what a text asks for is read, so
// opening takes the same time for a thousand names and for ten million.
// Errors about the content wrap [ErrFormat].
//
// The mapping stays until the process ends, because strings of it live on in
// results; unused pages cost no memory. Replace a file by renaming a new one
// over it, never by writing into it.
func Open(path string) (*Gazetteer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() < headerSize {
		return nil, fmt.Errorf("%s: %w: it has %d bytes, a header has %d", path, ErrFormat, info.Size(), headerSize)
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s into memory: %w", path, err)
	}
	g, err := FromBytes(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return g, nil
}

// Verify reads the whole base and compares its content hash. Opening does not,
// for the sake of speed.
func (g *Gazetteer) Verify() error { return g.base.verify() }

// MatchingBytes is the size of what matching reads for every text: the table,
// the bitmaps and the bearers. The rest of the file is read for what was found.
func (g *Gazetteer) MatchingBytes() int {
	return len(g.base.table) + len(g.base.starts.bitmap) + len(g.base.laters.bitmap) + len(g.base.bearers)
}
