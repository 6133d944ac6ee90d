package source

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/internal/extsort"
	"github.com/dateline-news/dateline/internal/scratch"
)

// The columns of alternateNamesV2.txt; version 1 has the first eight.
const (
	anPlace      = 1
	anLanguage   = 2
	anName       = 3
	anColloquial = 6
	anHistoric   = 7
	anColumns    = 8
)

// alternates are the English names, abbreviations and Wikidata items of places,
// sorted by place in a file of records:
//
//	place   uint32, big-endian
//	turn    uint32, the order of the lines
//	flags   byte, AliasFlags, or isItem
//	length  uint16
//	name
//
// In memory is where in the file every 64th record lies, so that a
// place is found with one reading of a few kilobytes. nil has no names.
type alternates struct {
	file   scratch.File
	blocks []block
}

// block is a run of records in the file.
type block struct {
	place uint32 // of the first
	at    int64
}

const (
	blockRecords   = 64
	alternateHead  = 11
	isItem         = 0xff
	alternatesSort = 32 << 20
)

// alternate is a line that the file keeps.
type alternate struct {
	place uint32
	flags byte
	name  string
}

// readAlternates sorts a file of alternate names, nil for none. An error that
// wraps ErrLines comes with what the good lines hold.
func readAlternates(in io.Reader, dir string) (*alternates, error) {
	if in == nil {
		return nil, nil
	}
	sorted := extsort.New(dir, alternatesSort)
	defer sorted.Close()
	var record []byte
	turn := uint32(0)
	bad := eachParsed(in, Resume{}, parseAlternate, func(a alternate) error {
		record = binary.BigEndian.AppendUint32(record[:0], a.place)
		record = binary.BigEndian.AppendUint32(record, turn)
		record = binary.BigEndian.AppendUint16(append(record, a.flags), uint16(len(a.name)))
		record = append(record, a.name...)
		turn++
		return sorted.Add(record)
	})
	if bad != nil && !errors.Is(bad, ErrLines) {
		return nil, bad
	}
	a, err := writeAlternates(sorted, dir)
	if err != nil {
		return nil, err
	}
	return a, bad
}

// parseAlternate reads a line; ok is false for other languages.
func parseAlternate(line []byte) (a alternate, ok bool, err error) {
	col := strings.Split(string(line), "\t")
	if len(col) < anColumns {
		return a, false, fmt.Errorf("got %d columns, want at least %d parted by tabs", len(col), anColumns)
	}
	l := col[anLanguage]
	if l != "en" && l != "abbr" && l != "wkdt" || col[anColloquial] == "1" {
		return a, false, nil
	}
	place, err := strconv.ParseUint(col[anPlace], 10, 32)
	if err != nil {
		return a, false, fmt.Errorf("geonameid: got %q, want a number", col[anPlace])
	}
	a = alternate{place: uint32(place), name: col[anName]}
	switch {
	case len(a.name) > math.MaxUint16:
		return a, false, fmt.Errorf("name: got %d bytes, want at most %d", len(a.name), math.MaxUint16)
	case l == "wkdt":
		a.flags = isItem
		return a, strings.HasPrefix(a.name, "Q"), nil
	case l == "abbr" || isAcronymLike(a.name):
		a.flags = byte(gazetteer.Acronym | gazetteer.NeedsContext)
	case col[anHistoric] == "1":
		a.flags = byte(gazetteer.Former)
	}
	return a, true, nil
}

// writeAlternates writes the sorted records to a file.
func writeAlternates(sorted *extsort.Sorter, dir string) (*alternates, error) {
	f, err := scratch.Create(dir)
	if err != nil {
		return nil, err
	}
	a := &alternates{file: f}
	out := bufio.NewWriterSize(f, 1<<16)
	at, n := int64(0), 0
	err = sorted.Each(func(record []byte) error {
		if n%blockRecords == 0 {
			a.blocks = append(a.blocks, block{binary.BigEndian.Uint32(record), at})
		}
		n++
		at += int64(len(record))
		_, err := out.Write(record)
		return err
	})
	a.blocks = append(a.blocks, block{math.MaxUint32, at})
	if err = errors.Join(err, out.Flush()); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// addTo gives an entry the names of its place.
func (a *alternates) addTo(e *gazetteer.Entry, place uint32) error {
	if a == nil {
		return nil
	}
	records, err := a.read(place)
	for err == nil && len(records) > 0 {
		of, flags := binary.BigEndian.Uint32(records), records[8]
		end := alternateHead + int(binary.BigEndian.Uint16(records[9:]))
		name := string(records[alternateHead:end])
		records = records[end:]
		switch {
		case of > place:
			return nil
		case of < place:
		case flags == isItem:
			e.ID = gazetteer.ID(name)
		default:
			addAlias(e, gazetteer.AliasFlags(flags), name)
		}
	}
	return err
}

// read reads the blocks that may hold records of a place.
func (a *alternates) read(place uint32) ([]byte, error) {
	byPlace := func(b block, place uint32) int { return int(int64(b.place) - int64(place)) }
	first, _ := slices.BinarySearchFunc(a.blocks, place, byPlace) // the first that begins with it, or after it
	end := first
	for end < len(a.blocks)-1 && a.blocks[end].place == place {
		end++
	}
	first = max(first-1, 0)
	records := make([]byte, a.blocks[end].at-a.blocks[first].at)
	_, err := a.file.ReadAt(records, a.blocks[first].at)
	return records, err
}

func (a *alternates) close() {
	if a != nil {
		a.file.Close()
	}
}
