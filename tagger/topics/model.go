package topics

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"slices"
)

// Model is a linear classifier over words and pairs of words: for each of its
// labels a weighted sum, turned into log odds. It is immutable and safe for
// all goroutines.
//
// Its file, all numbers varints unless said otherwise:
//
//	"dateline topics 1\n"
//	labels: count, then for each: length and bytes of its code,
//	        bias (float32, little endian)
//	scale   (float32, little endian): what a weight of 1 stands for
//	features: count, then for each, sorted by hash: hash as the difference
//	        from the one before, number of weights, then for each weight
//	        its label (one byte) and its value (int8)
//	FNV-1a 64 of all before, little endian
type Model struct {
	labels []Code
	bias   []float32
	scale  float32
	index  table         // hash of a feature → its number
	rows   []int32       // by feature: where its weights start; one more at the end
	cells  []labelWeight // the weights of all features
	hash   []byte        // of the file
}

// labelWeight is what a feature says of one label, in units of Model.scale.
type labelWeight struct {
	label  uint8
	weight int8
}

const (
	modelMagic = "dateline topics 1\n"
	maxLabels  = 256
)

// Version is a hash of the model's file.
func (m *Model) Version() string { return fmt.Sprintf("%x", m.hash) }

// Labels is the topics that the model knows, level-1 topics among them.
func (m *Model) Labels() []Code { return m.labels }

// modelFeature is one feature on its way into a file.
type modelFeature struct {
	hash    uint64
	weights []labelWeight
}

// writeModel writes the file of a model.
func writeModel(w io.Writer, labels []Code, bias []float32, scale float32, features []modelFeature) error {
	slices.SortFunc(features, func(a, b modelFeature) int { return cmp.Compare(a.hash, b.hash) })
	out := []byte(modelMagic)
	out = binary.AppendUvarint(out, uint64(len(labels)))
	for i, code := range labels {
		out = binary.AppendUvarint(out, uint64(len(code)))
		out = append(out, code...)
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(bias[i]))
	}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	out = binary.AppendUvarint(out, uint64(len(features)))
	last := uint64(0)
	for _, f := range features {
		out = binary.AppendUvarint(out, f.hash-last)
		last = f.hash
		out = binary.AppendUvarint(out, uint64(len(f.weights)))
		for _, c := range f.weights {
			out = append(out, c.label, byte(c.weight))
		}
	}
	_, err := w.Write(append(out, checksum(out)...))
	return err
}

func checksum(b []byte) []byte {
	h := fnv.New64a()
	_, _ = h.Write(b)
	return binary.LittleEndian.AppendUint64(nil, h.Sum64())
}

// ReadModel reads the file of a model. It checks all of it: what is cut short
// or altered is refused.
func ReadModel(data []byte) (*Model, error) {
	body, ok := bytes.CutPrefix(data, []byte(modelMagic))
	if !ok {
		return nil, fmt.Errorf("topics model: got %q at its start, want %q", data[:min(len(data), len(modelMagic))], modelMagic)
	}
	if len(body) < 8 || !bytes.Equal(checksum(data[:len(data)-8]), data[len(data)-8:]) {
		return nil, errors.New("topics model: the checksum is wrong: the file is damaged or cut short")
	}
	r := modelReader{rest: body[:len(body)-8]}
	m := &Model{hash: data[len(data)-8:]}
	m.labels, m.bias = r.labels()
	m.scale = math.Float32frombits(r.fixed())
	r.features(m)
	if r.bad || len(r.rest) != 0 {
		return nil, fmt.Errorf("topics model: malformed %d bytes before its end", len(r.rest)+8)
	}
	if m.scale <= 0 || math.IsInf(float64(m.scale), 0) || m.scale != m.scale {
		return nil, fmt.Errorf("topics model: scale is %v, want a positive number", m.scale)
	}
	return m, nil
}

// modelReader takes a file apart; after the first fault it is bad and returns
// zeros.
type modelReader struct {
	rest []byte
	bad  bool
}

func (r *modelReader) number() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *modelReader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.bad = true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *modelReader) fixed() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *modelReader) labels() (labels []Code, bias []float32) {
	n := r.number()
	if n > maxLabels {
		r.bad = true
	}
	for range n {
		if r.bad {
			break
		}
		labels = append(labels, Code(r.take(r.number())))
		bias = append(bias, math.Float32frombits(r.fixed()))
	}
	return labels, bias
}

// features reads the features into a model that has its labels.
func (r *modelReader) features(m *Model) {
	room := len(r.rest) / 2 // a feature takes two bytes and more, a weight two
	count := int(min(r.number(), uint64(room)))
	m.index = newTable(count)
	m.rows = make([]int32, 0, count+1)
	m.cells = make([]labelWeight, 0, max(room-count, 0))
	last := uint64(0)
	for i := range count {
		step := r.number()
		if r.bad || last+step <= last {
			r.bad = true
			return
		}
		last += step
		m.index.put(last, int32(i))
		m.rows = append(m.rows, int32(len(m.cells)))
		cells := r.take(2 * min(r.number(), maxLabels+1))
		for k := 0; k+1 < len(cells); k += 2 {
			if int(cells[k]) >= len(m.labels) {
				r.bad = true
			}
			m.cells = append(m.cells, labelWeight{cells[k], int8(cells[k+1])})
		}
	}
	m.rows = append(m.rows, int32(len(m.cells)))
}
