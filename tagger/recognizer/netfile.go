package recognizer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The net of a model file, after the lexicon and only when the header counts
// vectors, all numbers little-endian:
//
//	linear    float32
//	bias      7 × float32
//	matrices  codebook, prefix, suffix, words, rows, out: each
//	            unit   float32, a power of two
//	            values int16, as many as the matrix has, in units
//	codes     vectors × VectorParts bytes

// matrices are those of the net, in the order of the file.
func (n *Net) matrices() [6]*[]float32 {
	return [6]*[]float32{&n.Vectors.Codebook, &n.Prefix, &n.Suffix, &n.Words, &n.Rows, &n.Out}
}

// matrixSizes are their sizes.
var matrixSizes = [6]int{
	VectorParts * PartCodes * PartDim,
	AffixRows * AffixDim, AffixRows * AffixDim,
	NetWindow * WordDim * NetHidden, NetRowCount * NetHidden, NetHidden * tagCount,
}

// netSize is how many bytes a net with so many vectors takes.
func netSize(vectors int) int {
	size := 4 + 4*tagCount + vectors*VectorParts
	for _, n := range matrixSizes {
		size += 4 + 2*n
	}
	return size
}

// appendNet lays a net out.
func appendNet(b []byte, n *Net) []byte {
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(n.Linear))
	for _, v := range n.Bias {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	for _, m := range n.matrices() {
		u := unit(*m)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(u))
		for _, v := range *m {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(v/u)))
		}
	}
	return append(b, n.Vectors.Codes...)
}

// Round moves all weights to the values that a file can hold.
func (n *Net) Round() {
	for _, m := range n.matrices() {
		u := unit(*m)
		for i, v := range *m {
			(*m)[i] = u * float32(math.RoundToEven(float64(v/u)))
		}
	}
}

// unit is the power of two by which the values of a matrix fit 16 bits.
func unit(m []float32) float32 {
	top := float64(1e-6)
	for _, v := range m {
		top = max(top, math.Abs(float64(v)))
	}
	return float32(math.Exp2(math.Ceil(math.Log2(top / math.MaxInt16))))
}

// parseNet reads a net of so many vectors, of which b is as long as it must be.
func parseNet(b []byte, vectors int) (*Net, error) {
	n := &Net{Vectors: &Vectors{}}
	float := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return v
	}
	n.Linear = float()
	ok := sane(n.Linear)
	for t := range n.Bias {
		n.Bias[t] = float()
		ok = ok && sane(n.Bias[t])
	}
	if !ok {
		return nil, errors.New("bias of the net out of range")
	}
	for k, m := range n.matrices() {
		u := float()
		if !sane(u) {
			return nil, fmt.Errorf("unit of matrix %d of the net out of range", k+1)
		}
		*m = make([]float32, matrixSizes[k])
		for i := range *m {
			(*m)[i] = u * float32(int16(binary.LittleEndian.Uint16(b[2*i:])))
		}
		b = b[2*matrixSizes[k]:]
	}
	n.Vectors.Codes = b[:vectors*VectorParts]
	return n, nil
}
