package recognizer

// Word vectors are kept by product quantization (Jégou, Douze, Schmid 2011): a
// vector is cut into VectorParts parts, and each part is the number of the
// nearest of 256 that its codebook holds. A word costs VectorParts bytes.
const (
	VectorParts = 25
	PartDim     = 4
	VectorDim   = VectorParts * PartDim
	PartCodes   = 256
)

// Vectors are the vectors of the commonest words, numbered from 1 by
// Lexeme.Vector.
type Vectors struct {
	Codebook []float32 // VectorParts × PartCodes × PartDim
	Codes    []byte    // words × VectorParts
}

// Len is how many words have a vector.
func (v *Vectors) Len() int { return len(v.Codes) / VectorParts }

// of are the codes of a word's vector, nil when it has none.
func (v *Vectors) of(word uint32) []byte {
	if word == 0 || int(word) > v.Len() {
		return nil
	}
	return v.Codes[(word-1)*VectorParts : word*VectorParts]
}

// Read writes the vector of a word, which has one, to dst.
func (v *Vectors) Read(dst []float32, word uint32) {
	for p, code := range v.of(word) {
		at := (p*PartCodes + int(code)) * PartDim
		copy(dst[p*PartDim:(p+1)*PartDim], v.Codebook[at:at+PartDim])
	}
}
