package train

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/tagger/recognizer"
)

// Granularities are the numbers of clusters that the recognizer knows.
var Granularities = [4]int{64, 256, 1024, 4096}

// Clusters are words with the number of their cluster at each granularity,
// counted from 0, and the vectors of the first of them.
type Clusters struct {
	Words   []string
	Of      [4][]uint16
	Vectors *recognizer.Vectors
}

// Cluster groups the words by spherical k-means (Dhillon, Modha 2001): a word
// belongs to the centre with which its vector has the greatest dot product.
// Centres are found on the commonest words; the same seed gives the same
// clusters.
func Cluster(v *Vectors, seed uint64, progress func(k, pass int, mean float64)) *Clusters {
	c := &Clusters{Words: v.Words, Vectors: &recognizer.Vectors{}}
	for g, k := range Granularities {
		m := newMeans(v, k, rand.New(rand.NewPCG(seed, uint64(k))))
		for pass := range clusterPasses {
			progress(k, pass, m.pass(v, min(len(v.Words), centreWords)))
		}
		c.Of[g], _ = m.assign(v, len(v.Words))
	}
	return c
}

const (
	clusterPasses = 8
	centreWords   = 60000 // how many of the commonest words find the centres
)

// means are the centres of clusters, vectors of length 1.
type means struct {
	dim     int
	centres []float32
}

func newMeans(v *Vectors, k int, random *rand.Rand) *means {
	k = min(k, len(v.Words))
	m := &means{dim: v.Dim}
	for _, i := range random.Perm(min(len(v.Words), 4*k))[:k] {
		m.centres = append(m.centres, v.at(i)...)
	}
	return m
}

// pass assigns the first n words and moves each centre to the mean of its
// words. It returns the mean dot product of words and their centres.
func (m *means) pass(v *Vectors, n int) float64 {
	of, mean := m.assign(v, n)
	sums := make([]float32, len(m.centres))
	for i, k := range of {
		for d, x := range v.at(i) {
			sums[int(k)*m.dim+d] += x
		}
	}
	for at := 0; at < len(sums); at += m.dim {
		sum := sums[at : at+m.dim]
		normalize(sum)
		if sum[0] != 0 { // a centre without words stays
			copy(m.centres[at:], sum)
		}
	}
	return mean
}

// assign finds the centre of each of the first n words.
func (m *means) assign(v *Vectors, n int) (of []uint16, mean float64) {
	of = make([]uint16, n)
	var sum float64
	for i := range of {
		k, dot := m.nearest(v.at(i))
		of[i] = uint16(k)
		sum += float64(dot)
	}
	return of, sum / float64(n)
}

// nearest compares four centres at a time, so that the numbers of the word are
// read a quarter as often.
func (m *means) nearest(x []float32) (best int, top float32) {
	n := m.dim
	top = -2
	x = x[:n]
	k := 0
	for ; (k+4)*n <= len(m.centres); k += 4 {
		a := m.centres[k*n : (k+1)*n]
		b := m.centres[(k+1)*n : (k+2)*n]
		c := m.centres[(k+2)*n : (k+3)*n]
		d := m.centres[(k+3)*n : (k+4)*n]
		a, b, c, d = a[:len(x)], b[:len(x)], c[:len(x)], d[:len(x)]
		var sa, sb, sc, sd float32
		for i, v := range x {
			sa += v * a[i]
			sb += v * b[i]
			sc += v * c[i]
			sd += v * d[i]
		}
		for j, s := range [4]float32{sa, sb, sc, sd} {
			if s > top {
				best, top = k+j, s
			}
		}
	}
	for ; k*n < len(m.centres); k++ {
		var s float32
		for i, v := range x {
			s += v * m.centres[k*n+i]
		}
		if s > top {
			best, top = k, s
		}
	}
	return best, top
}

// Write writes the codebook of the vectors on the first line, in hex, and then
// a line for each word: the word and its clusters, coarsest first, and in hex
// the codes of its vector, parted by tabs.
func (c *Clusters) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, x := range c.Vectors.Codebook {
		fmt.Fprintf(b, "%08x", math.Float32bits(x))
	}
	fmt.Fprintln(b)
	for i, word := range c.Words {
		fmt.Fprintf(b, "%s\t%d\t%d\t%d\t%d\t", word, c.Of[0][i], c.Of[1][i], c.Of[2][i], c.Of[3][i])
		if i < c.Vectors.Len() {
			fmt.Fprintf(b, "%x", c.Vectors.Codes[i*recognizer.VectorParts:(i+1)*recognizer.VectorParts])
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// ReadClusters reads what Write wrote.
func ReadClusters(r io.Reader) (*Clusters, error) {
	c := &Clusters{Vectors: &recognizer.Vectors{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		err := c.readLine(n, lines.Text())
		if err != nil {
			return nil, fmt.Errorf("clusters, line %d: %w", n, err)
		}
	}
	return c, lines.Err()
}

func (c *Clusters) readLine(n int, line string) error {
	if n == 1 {
		return c.readCodebook(line)
	}
	fields := strings.Split(line, "\t")
	if len(fields) != 2+len(Granularities) {
		return fmt.Errorf("got %d fields, want a word, %d numbers and the codes of a vector", len(fields), len(Granularities))
	}
	for g, most := range Granularities {
		n, err := strconv.Atoi(fields[1+g])
		if err != nil || n < 0 || n >= most {
			return fmt.Errorf("got cluster %q, want 0 to %d", fields[1+g], most-1)
		}
		c.Of[g] = append(c.Of[g], uint16(n))
	}
	c.Words = append(c.Words, fields[0])
	return c.readCodes(fields[1+len(Granularities)])
}

func (c *Clusters) readCodebook(line string) error {
	if line == "" { // no vectors
		return nil
	}
	b, err := hex.DecodeString(line)
	if want := recognizer.VectorParts * recognizer.PartCodes * recognizer.PartDim * 4; err != nil || len(b) != want {
		return fmt.Errorf("got %d bytes of codebook, want %d in hex", len(b), want)
	}
	for ; len(b) > 0; b = b[4:] {
		c.Vectors.Codebook = append(c.Vectors.Codebook, math.Float32frombits(binary.BigEndian.Uint32(b)))
	}
	return nil
}

// readCodes reads the codes of the last word. Words without follow those with.
func (c *Clusters) readCodes(field string) error {
	b, err := hex.DecodeString(field)
	if err != nil || len(b) != 0 && (len(b) != recognizer.VectorParts || c.Vectors.Len() != len(c.Words)-1) {
		return fmt.Errorf("got vector %q, want %d bytes in hex, or none from some word on", field, recognizer.VectorParts)
	}
	c.Vectors.Codes = append(c.Vectors.Codes, b...)
	return nil
}
