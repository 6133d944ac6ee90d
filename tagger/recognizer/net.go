package recognizer

import "sync/atomic"

// NetHidden is the width of the net's hidden layer.
const NetHidden = 128

// Net is a feed-forward net of one hidden layer that scores the tags of a
// token by the words around it. What it says is added to what the linear model
// says. All matrices are row by row.
type Net struct {
	Vectors *Vectors
	Prefix  []float32 // AffixRows × AffixDim
	Suffix  []float32
	Words   []float32 // NetWindow × WordDim × NetHidden
	Rows    []float32 // NetRowCount × NetHidden
	Out     []float32 // NetHidden × TagCount
	Bias    [tagCount]float32
	Linear  float32 // what the linear model's scores are multiplied with where the net is asked

	parts [VectorParts * PartCodes]atomic.Pointer[netSums] // see part
}

// netSums are what one word, or a part of one, adds to the hidden layers of the
// tokens around it: NetHidden numbers for each place in the window.
type netSums [netSpan]float32

const netSpan = NetWindow * NetHidden

// part is what code k of the codebook adds, the product of its numbers and the
// first layer. It is computed when first asked for, since a start of the program
// is faster without the 16 MB of all; two goroutines that do so at once store the
// same numbers.
func (n *Net) part(k int) *netSums {
	if sums := n.parts[k].Load(); sums != nil {
		return sums
	}
	sums := new(netSums)
	n.addDims(sums[:], k/PartCodes*PartDim, n.Vectors.Codebook[k*PartDim:(k+1)*PartDim])
	n.parts[k].Store(sums)
	return sums
}

// addDims adds to sum what values make of the dimensions of a word from first
// on.
func (n *Net) addDims(sum []float32, first int, values []float32) {
	for o := range NetWindow {
		for d, v := range values {
			layer := n.Words[(o*WordDim+first+d)*NetHidden:]
			addScaled(sum[o*NetHidden:(o+1)*NetHidden], layer[:NetHidden], v)
		}
	}
}

// addScaled adds by·b to a, eight numbers at a time as add does.
func addScaled(a, b []float32, by float32) {
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		x, y := (*[8]float32)(a), (*[8]float32)(b)
		x[0] += by * y[0]
		x[1] += by * y[1]
		x[2] += by * y[2]
		x[3] += by * y[3]
		x[4] += by * y[4]
		x[5] += by * y[5]
		x[6] += by * y[6]
		x[7] += by * y[7]
	}
}

// add adds b to a, eight numbers at a time, since the compiler makes no vectors
// of loops. The length must be a multiple of eight, as NetHidden is.
func add(a, b []float32) {
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		x, y := (*[8]float32)(a), (*[8]float32)(b)
		x[0] += y[0]
		x[1] += y[1]
		x[2] += y[2]
		x[3] += y[3]
		x[4] += y[4]
		x[5] += y[5]
		x[6] += y[6]
		x[7] += y[7]
	}
}

// netCache keeps what words, beginnings and endings add, for one labelling.
type netCache struct {
	affixes [2][]int32 // by row of Prefix and Suffix: the number of its sums, plus one; 0 when not known yet
	sums    netStore   // of affixes
	words   netStore   // of the words of the vocabulary that were asked for
	rows    []uint16
}

// netStore grows without moving what it holds, as an array of forty megabytes
// would that doubles.
type netStore struct {
	blocks []*[netBlock]netSums
	used   int
}

const netBlock = 64

// add makes room for one more, all zero, whose number is used-1.
func (s *netStore) add() *netSums {
	if s.used == len(s.blocks)*netBlock {
		s.blocks = append(s.blocks, new([netBlock]netSums))
	}
	s.used++
	sums := s.at(s.used - 1)
	*sums = netSums{}
	return sums
}

func (s *netStore) at(i int) *netSums { return &s.blocks[i/netBlock][i%netBlock] }

// wordSums are what a word adds, computed at the first time.
func (c *netCache) wordSums(n *Net, w *word) *netSums {
	if w.netAt == 0 {
		c.sumWord(n, c.words.add(), w.net)
		w.netAt = int32(c.words.used)
	}
	return c.words.at(int(w.netAt - 1))
}

func (c *netCache) sumWord(n *Net, sum *netSums, w NetWord) {
	for p, code := range n.Vectors.of(w.Vector) {
		add(sum[:], n.part(p*PartCodes + int(code))[:])
	}
	add(sum[:], c.affixSums(n, 0, n.Prefix, w.Prefix)[:])
	add(sum[:], c.affixSums(n, 1, n.Suffix, w.Suffix)[:])
	for o := range NetWindow {
		c.rows = w.Rows(c.rows[:0], o)
		n.addRows(sum[o*NetHidden:(o+1)*NetHidden], c.rows)
	}
}

// affixSums are what a row of one of the tables of beginnings and endings
// adds, computed at the first time.
func (c *netCache) affixSums(n *Net, table int, values []float32, row uint16) *netSums {
	if c.affixes[table] == nil {
		c.affixes[table] = make([]int32, AffixRows)
	}
	at := &c.affixes[table][row]
	if *at == 0 {
		n.addDims(c.sums.add()[:], VectorDim+table*AffixDim, values[int(row)*AffixDim:][:AffixDim])
		*at = int32(c.sums.used)
	}
	return c.sums.at(int(*at - 1))
}

// addRows adds sparse inputs to a hidden layer.
func (n *Net) addRows(h []float32, rows []uint16) {
	for _, r := range rows {
		add(h, n.Rows[int(r)*NetHidden:int(r+1)*NetHidden])
	}
}

// scores adds the scores of a hidden layer to those of the tags.
func (n *Net) scores(e *emission, h *[NetHidden]float32) {
	y := n.Bias
	for d, v := range h {
		if v > 0 {
			out := n.Out[d*tagCount : (d+1)*tagCount]
			for t := range y {
				y[t] += v * out[t]
			}
		}
	}
	for t := range e {
		e[t] += y[t]
	}
}
