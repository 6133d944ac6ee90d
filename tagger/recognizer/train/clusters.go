package train

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Granularities are the numbers of clusters that the recognizer knows.
var Granularities = [4]int{64, 256, 1024, 4096}

// Clusters are words with the number of their cluster at each granularity,
// counted from 0.
type Clusters struct {
	Words []string
	Of    [4][]uint16
}

// Cluster groups the words by spherical k-means (Dhillon, Modha 2001): a word
// belongs to the centre with which its vector has the greatest dot product.
// Centres are found on the commonest words; the same seed gives the same
// clusters.
func Cluster(v *Vectors, seed uint64, progress func(k, pass int, mean float64)) *Clusters {
	c := &Clusters{Words: v.Words}
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

// Write writes a line for each word: the word and its clusters, parted by
// tabs, coarsest first.
func (c *Clusters) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for i, word := range c.Words {
		fmt.Fprintf(b, "%s\t%d\t%d\t%d\t%d\n", word, c.Of[0][i], c.Of[1][i], c.Of[2][i], c.Of[3][i])
	}
	return b.Flush()
}

// ReadClusters reads what Write wrote.
func ReadClusters(r io.Reader) (*Clusters, error) {
	c := &Clusters{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 1+len(Granularities) {
			return nil, fmt.Errorf("clusters, line %d: got %d fields, want a word and %d numbers",
				len(c.Words)+1, len(fields), len(Granularities))
		}
		for g, most := range Granularities {
			n, err := strconv.Atoi(fields[1+g])
			if err != nil || n < 0 || n >= most {
				return nil, fmt.Errorf("clusters, line %d: got cluster %q, want 0 to %d", len(c.Words)+1, fields[1+g], most-1)
			}
			c.Of[g] = append(c.Of[g], uint16(n))
		}
		c.Words = append(c.Words, fields[0])
	}
	return c, lines.Err()
}
