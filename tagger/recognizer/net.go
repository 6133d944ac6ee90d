package recognizer

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
	Rows    []float32 // NetRows × NetHidden
	Out     []float32 // NetHidden × TagCount
	Bias    [tagCount]float32
	Linear  float32 // what the linear model's scores are multiplied with where the net is asked

	parts []float32 // what each code of each part adds: NetWindow × VectorParts × PartCodes × NetHidden
}

// prepare multiplies the codebook with the first layer once and for all, so
// that a word's vector costs VectorParts additions.
func (n *Net) prepare() {
	n.parts = make([]float32, NetWindow*VectorParts*PartCodes*NetHidden)
	for o := range NetWindow {
		for p := range VectorParts {
			layer := n.Words[(o*WordDim+p*PartDim)*NetHidden:]
			for c := range PartCodes {
				centre := n.Vectors.Codebook[(p*PartCodes+c)*PartDim:]
				sum := n.parts[((o*VectorParts+p)*PartCodes+c)*NetHidden:][:NetHidden]
				for d := range PartDim {
					addScaled(sum, layer[d*NetHidden:][:NetHidden], centre[d])
				}
			}
		}
	}
}

// addScaled adds by·b to a.
func addScaled(a, b []float32, by float32) {
	b = b[:len(a)]
	for i := range a {
		a[i] += by * b[i]
	}
}

func add(a, b []float32) {
	b = b[:len(a)]
	for i := range a {
		a[i] += b[i]
	}
}

// wordSums appends what a word adds to the hidden layer of the tokens around
// it, NetHidden numbers for each place in the window.
func (n *Net) wordSums(dst []float32, w NetWord) []float32 {
	codes := n.Vectors.of(w.Vector)
	prefix := n.Prefix[int(w.Prefix)*AffixDim:][:AffixDim]
	suffix := n.Suffix[int(w.Suffix)*AffixDim:][:AffixDim]
	for o := range NetWindow {
		for range NetHidden {
			dst = append(dst, 0)
		}
		sum := dst[len(dst)-NetHidden:]
		for p, c := range codes {
			add(sum, n.parts[((o*VectorParts+p)*PartCodes+int(c))*NetHidden:][:NetHidden])
		}
		layer := n.Words[(o*WordDim+VectorDim)*NetHidden:]
		for d := range AffixDim {
			addScaled(sum, layer[d*NetHidden:][:NetHidden], prefix[d])
			addScaled(sum, layer[(AffixDim+d)*NetHidden:][:NetHidden], suffix[d])
		}
	}
	return dst
}
