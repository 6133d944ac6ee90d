package train

import (
	"math/rand/v2"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

const (
	quantizePasses = 12
	quantizeWords  = 30000 // how many of the commonest words find the codes
)

// Quantize makes the vectors that the net reads: product quantization of the
// first words, each part of a vector by k-means.
func Quantize(v *Vectors, words int, seed uint64) *recognizer.Vectors {
	words = min(words, len(v.Words))
	q := &recognizer.Vectors{Codes: make([]byte, words*recognizer.VectorParts)}
	random := rand.New(rand.NewPCG(seed, 25))
	for p := range recognizer.VectorParts {
		k := newPartMeans(v, p, random)
		for range quantizePasses {
			k.pass(min(words, quantizeWords))
		}
		for i := range words {
			q.Codes[i*recognizer.VectorParts+p] = uint8(k.nearest(i))
		}
		q.Codebook = append(q.Codebook, k.centres...)
	}
	return q
}

// partMeans are the centres of one part of all vectors.
type partMeans struct {
	vectors *Vectors
	part    int
	centres []float32 // PartCodes × PartDim
}

func newPartMeans(v *Vectors, part int, random *rand.Rand) *partMeans {
	k := &partMeans{vectors: v, part: part}
	for _, i := range random.Perm(max(len(v.Words), recognizer.PartCodes))[:recognizer.PartCodes] {
		k.centres = append(k.centres, k.at(i%len(v.Words))...)
	}
	return k
}

// at is the part of word i.
func (k *partMeans) at(i int) []float32 {
	return k.vectors.at(i)[k.part*recognizer.PartDim : (k.part+1)*recognizer.PartDim]
}

// nearest is the centre with the least squared distance to word i.
func (k *partMeans) nearest(i int) int {
	x := k.at(i)
	best, least := 0, float32(0)
	for c := range recognizer.PartCodes {
		var sum float32
		for d, v := range k.centres[c*recognizer.PartDim : (c+1)*recognizer.PartDim] {
			sum += (x[d] - v) * (x[d] - v)
		}
		if c == 0 || sum < least {
			best, least = c, sum
		}
	}
	return best
}

// pass moves each centre to the mean of those of the first n words that are
// nearest to it.
func (k *partMeans) pass(n int) {
	sums := make([]float32, len(k.centres))
	var counts [recognizer.PartCodes]float32
	for i := range n {
		c := k.nearest(i)
		counts[c]++
		for d, v := range k.at(i) {
			sums[c*recognizer.PartDim+d] += v
		}
	}
	for i := range sums {
		if c := counts[i/recognizer.PartDim]; c > 0 {
			k.centres[i] = sums[i] / c
		}
	}
}
