package recognizer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"
)

// A model file is one zstd frame. Unpacked, all numbers little-endian:
//
//	0    magic        16 bytes, "dateline-names\x00" and the format version
//	16   rowBits      uint32
//	20   lexicon      uint32, number of slots, a power of two
//	24   scale        float32
//	28   temperature  float32
//	32   calibration  3 × (slope, shift) float32: PER, ORG, LOC
//	56   transitions  7 × 7 float32, from × to
//	252  vectors      uint32, number of word vectors; 0 when there is no net
//	256  rows         2^rowBits × 7 bytes, weights plus 128
//	     lexicon      slots × 13 bytes, see Lexicon
//	     net          when there is one, see netfile.go
//	     checksum     uint64, xxHash of all before it
//
// The checksum, in hex, is the model's version.
const (
	fileMagic  = "dateline-names\x00\x03"
	headerSize = 256
	rowSize    = tagCount
	maxFile    = 64 << 20 // unpacked
)

// ErrModel is what every damaged or foreign model file is refused with.
var ErrModel = errors.New("recognizer: no model file")

// Load reads a model file.
func Load(name string) (*Model, error) {
	packed, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	m, err := Decode(packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// Decode reads the bytes of a model file. It keeps none of them.
func Decode(packed []byte) (*Model, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxFile), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: unpacking: %w", ErrModel, err)
	}
	p, err := parse(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModel, err)
	}
	return newModel(p, fmt.Sprintf("%016x", binary.LittleEndian.Uint64(b[len(b)-8:]))), nil
}

// parse checks and reads an unpacked model file.
func parse(b []byte) (Params, error) {
	var p Params
	if len(b) < headerSize+8 {
		return p, fmt.Errorf("%d bytes, want at least %d", len(b), headerSize+8)
	}
	if got := string(b[:len(fileMagic)]); got != fileMagic {
		return p, fmt.Errorf("starts with %q, want %q", got, fileMagic)
	}
	if got := binary.LittleEndian.Uint32(b[16:]); got != rowBits {
		return p, fmt.Errorf("has 2^%d rows, want 2^%d", got, rowBits)
	}
	slots := int(binary.LittleEndian.Uint32(b[20:]))
	if slots < 1 || slots&(slots-1) != 0 || slots > maxFile/lexiconSlot {
		return p, fmt.Errorf("has a lexicon of %d slots, want a power of two", slots)
	}
	vectors := int(binary.LittleEndian.Uint32(b[252:]))
	if vectors > maxFile/VectorParts {
		return p, fmt.Errorf("has %d vectors, want at most %d", vectors, maxFile/VectorParts)
	}
	if want := fileSize(slots, vectors); len(b) != want {
		return p, fmt.Errorf("%d bytes, want %d", len(b), want)
	}
	body, sum := b[:len(b)-8], binary.LittleEndian.Uint64(b[len(b)-8:])
	if got := xxhash.Sum64(body); got != sum {
		return p, fmt.Errorf("checksum %016x, want %016x", got, sum)
	}
	p.readHeader(body)
	rows, rest := body[headerSize:headerSize+RowCount*rowSize], body[headerSize+RowCount*rowSize:]
	p.Rows = unpackRows(rows)
	p.Lexicon = &Lexicon{slots: rest[:slots*lexiconSlot], mask: uint64(slots - 1)}
	if vectors > 0 {
		var err error
		if p.Net, err = parseNet(rest[slots*lexiconSlot:], vectors); err != nil {
			return p, err
		}
	}
	return p, p.check()
}

// fileSize is how long an unpacked model file is.
func fileSize(slots, vectors int) int {
	size := headerSize + RowCount*rowSize + slots*lexiconSlot + 8
	if vectors > 0 {
		size += netSize(vectors)
	}
	return size
}

func (p *Params) readHeader(b []byte) {
	at := 24
	next := func() float32 {
		at += 4
		return math.Float32frombits(binary.LittleEndian.Uint32(b[at-4:]))
	}
	p.Scale, p.Calibration.Temperature = next(), next()
	for l := PER; l <= LOC; l++ {
		p.Calibration.Labels[l] = LabelCalibration{Slope: next(), Shift: next()}
	}
	for x := range p.Transitions {
		for y := range p.Transitions[x] {
			p.Transitions[x][y] = next()
		}
	}
}

// check refuses numbers that no training gives.
func (p *Params) check() error {
	ok := sane(p.Scale) && p.Scale >= 0 && sane(p.Calibration.Temperature) && p.Calibration.Temperature >= 0.1
	for _, l := range p.Calibration.Labels {
		ok = ok && sane(l.Slope) && sane(l.Shift)
	}
	for _, from := range p.Transitions {
		for _, v := range from {
			ok = ok && sane(v)
		}
	}
	if !ok {
		return errors.New("scale, temperature, calibration or transitions out of range")
	}
	if p.Lexicon.full() {
		return errors.New("lexicon without an empty slot")
	}
	return nil
}

func sane(v float32) bool { return !math.IsNaN(float64(v)) && math.Abs(float64(v)) <= -forbidden }

func unpackRows(b []byte) []uint64 {
	rows := make([]uint64, len(b)/rowSize)
	last := len(rows) - 1
	for i := range rows[:last] {
		rows[i] = binary.LittleEndian.Uint64(b[i*rowSize:]) &^ (0xFF << 56)
	}
	var tail [8]byte
	copy(tail[:], b[last*rowSize:])
	rows[last] = binary.LittleEndian.Uint64(tail[:])
	return rows
}

// encode lays the parameters out, unpacked.
func (p *Params) encode() []byte {
	b := make([]byte, 0, headerSize+len(p.Rows)*rowSize+len(p.Lexicon.slots)+8)
	b = append(b, fileMagic...)
	b = binary.LittleEndian.AppendUint32(b, rowBits)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.Lexicon.mask+1))
	put := func(values ...float32) {
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	put(p.Scale, p.Calibration.Temperature)
	for l := PER; l <= LOC; l++ {
		put(p.Calibration.Labels[l].Slope, p.Calibration.Labels[l].Shift)
	}
	for x := range p.Transitions {
		put(p.Transitions[x][:]...)
	}
	vectors := 0
	if p.Net != nil {
		vectors = p.Net.Vectors.Len()
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(vectors))
	for _, row := range p.Rows {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], row)
		b = append(b, word[:rowSize]...)
	}
	b = append(b, p.Lexicon.slots...)
	if p.Net != nil {
		b = appendNet(b, p.Net)
	}
	return binary.LittleEndian.AppendUint64(b, xxhash.Sum64(b))
}

// Encode writes the model as a file.
func (m *Model) Encode() ([]byte, error) {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(m.encode(), nil), nil
}

// hash is the checksum of the file that the parameters make.
func (p *Params) hash() string {
	b := p.encode()
	return fmt.Sprintf("%016x", binary.LittleEndian.Uint64(b[len(b)-8:]))
}
