package topics

import (
	"cmp"
	"io"
	"math"
	"math/rand/v2"
	"slices"
)

// TrainOptions say how to train a model; the zero value works.
type TrainOptions struct {
	Seed     uint64  // of the order of the examples
	Epochs   int     // passes over the examples; 0: 6
	MinTexts int     // a feature must occur in so many texts; 0: 4
	MinLabel int     // a narrow topic must have so many texts; 0: 60
	MaxCells int     // weights kept, the largest ones; 0: 700 000, about 2 MB
	Rate     float64 // of AdaGrad; 0: 0.3
}

func (o TrainOptions) withDefaults() TrainOptions {
	o.Epochs = cmp.Or(o.Epochs, 6)
	o.MinTexts = cmp.Or(o.MinTexts, 4)
	o.MinLabel = cmp.Or(o.MinLabel, 60)
	o.MaxCells = cmp.Or(o.MaxCells, 700_000)
	o.Rate = cmp.Or(o.Rate, 0.3)
	return o
}

// Train learns a model from texts and writes its file. Every text is labelled
// by the rules of c, softly, with their probabilities; a text that carries
// labels of its own, in Labelled.Top, keeps those for its level-1 topics. The
// names and definitions of the topics are texts as well. The same texts, options and classifier give the same file.
func (c *Classifier) Train(w io.Writer, texts []Labelled, o TrainOptions) error {
	t := &trainer{TrainOptions: o.withDefaults(), c: assemble(c.rules, nil, c.combiner, "")}
	texts = slices.Concat(texts, definitions(c.rules.taxonomy))
	t.label(texts)
	t.index(texts)
	t.learn()
	labels, bias, scale, features := t.quantize()
	return writeModel(w, labels, bias, scale, features)
}

// definitions are the topics themselves as texts.
func definitions(taxonomy *Taxonomy) []Labelled {
	var out []Labelled
	for _, topic := range taxonomy.All() {
		if topic.Retired == "" {
			out = append(out, Labelled{Text: topic.Name + ". " + topic.Definition, Top: []Code{topic.Top}})
		}
	}
	return out
}

// trainer is one training run.
type trainer struct {
	TrainOptions
	c       *Classifier
	labels  []Code
	targets [][]float32 // by text, by label: the wanted probability, -1 unknown
	texts   [][]int32   // by text: its features
	hashes  []uint64    // by feature
	weights [][]float32 // by feature, by label
	bias    []float32
}

// label sets the labels worth learning and the targets of every text.
func (t *trainer) label(texts []Labelled) {
	odds := make([]map[Code]float32, len(texts))
	texted := map[Code]int{}
	a := newAnalysis(t.c)
	for i := range texts {
		a.read(t.c, texts[i].Input())
		a.judge(t.c)
		odds[i] = map[Code]float32{}
		for k, topic := range t.c.rules.topics {
			if p := a.odds[k]; p > 0.02 {
				odds[i][topic.Code] = float32(p)
				if p >= 0.4 {
					texted[topic.Code]++
				}
			}
		}
	}
	for _, topic := range t.c.rules.topics {
		if topic.Level == 1 || topic.Level <= 3 && texted[topic.Code] >= t.MinLabel {
			t.labels = append(t.labels, topic.Code)
		}
	}
	slices.SortFunc(t.labels, func(a, b Code) int { return cmp.Or(cmp.Compare(texted[b], texted[a]), cmp.Compare(a, b)) })
	t.labels = t.labels[:min(len(t.labels), maxLabels)]
	for i := range texts {
		t.targets = append(t.targets, t.target(&texts[i], odds[i]))
	}
}

// target is what to learn from one text. A text with labels of its own has
// them for certain; of the other level-1 topics, those that the rules see are
// left open.
func (t *trainer) target(l *Labelled, odds map[Code]float32) []float32 {
	out := make([]float32, len(t.labels))
	for k, code := range t.labels {
		p := odds[code]
		topic, _ := t.c.rules.taxonomy.Topic(code)
		switch {
		case len(l.Top) == 0 || topic.Level > 1:
			out[k] = p
		case slices.Contains(l.Top, code):
			out[k] = 1
		case p > 0.3:
			out[k] = -1
		}
	}
	return out
}

// index numbers the features that enough texts have.
func (t *trainer) index(texts []Labelled) {
	all := make([][]uint64, len(texts))
	count := map[uint64]int{}
	for i := range texts {
		all[i] = textFeatures(texts[i].Input())
		for _, h := range all[i] {
			count[h]++
		}
	}
	number := map[uint64]int32{}
	for _, features := range all {
		var known []int32
		for _, h := range features {
			if count[h] < t.MinTexts {
				continue
			}
			f, ok := number[h]
			if !ok {
				f = int32(len(t.hashes))
				number[h] = f
				t.hashes = append(t.hashes, h)
			}
			known = append(known, f)
		}
		t.texts = append(t.texts, known)
	}
}

// textFeatures lists the distinct features of a text.
func textFeatures(in Input) []uint64 {
	seen := map[uint64]bool{}
	var out []uint64
	add := func(h uint64) {
		if h != 0 && !seen[h] {
			seen[h] = true
			out = append(out, h)
		}
	}
	var walk featureWalk
	scan := scanner{text: in.Text}
	for w, ok := scan.next(); ok; w, ok = scan.next() {
		single, pair := walk.word(&w, hash64(singular(w.folded)))
		add(single)
		add(pair)
		if w.start < in.Body {
			add(single ^ titleSalt)
		}
	}
	for _, e := range in.Entities {
		if e.Kind != "" {
			add(kindHash(e))
		}
	}
	return out
}

// learn runs logistic regression for all labels at once, by stochastic
// gradient descent with AdaGrad steps (Duchi, Hazan and Singer, JMLR 2011).
func (t *trainer) learn() {
	labels := len(t.labels)
	t.bias = make([]float32, labels)
	t.weights = make([][]float32, len(t.hashes))
	squares := make([][]float32, len(t.hashes))
	for f := range t.weights {
		t.weights[f] = make([]float32, labels)
		squares[f] = make([]float32, labels)
	}
	squareBias := make([]float32, labels)
	order := make([]int, len(t.texts))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(t.Seed, 1))
	z := make([]float32, labels)
	for range t.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if len(t.texts[i]) > 0 {
				t.step(t.texts[i], t.targets[i], z, squares, squareBias)
			}
		}
	}
}

// step learns from one text; z is scratch.
func (t *trainer) step(features []int32, target, z []float32, squares [][]float32, squareBias []float32) {
	x := float32(1 / math.Sqrt(float64(len(features))))
	copy(z, t.bias)
	for _, f := range features {
		for k, w := range t.weights[f] {
			z[k] += x * w
		}
	}
	for k := range z {
		if target[k] < 0 {
			continue
		}
		d := float32(sigmoid(float64(z[k]))) - target[k]
		if d > -0.005 && d < 0.005 {
			continue
		}
		squareBias[k] += d * d
		t.bias[k] -= float32(t.Rate) * d / float32(math.Sqrt(float64(squareBias[k])+1))
		g := d * x
		for _, f := range features {
			squares[f][k] += g * g
			t.weights[f][k] -= float32(t.Rate) * g / float32(math.Sqrt(float64(squares[f][k])+0.01))
		}
	}
}

// quantize keeps the largest weights, as whole steps of a scale.
func (t *trainer) quantize() (labels []Code, bias []float32, scale float32, features []modelFeature) {
	var sizes []float32
	for _, row := range t.weights {
		for _, w := range row {
			sizes = append(sizes, float32(math.Abs(float64(w))))
		}
	}
	slices.Sort(sizes)
	least := sizes[max(0, len(sizes)-t.MaxCells)]
	// The scale lets one weight in ten thousand saturate.
	scale = sizes[len(sizes)-1-len(sizes)/10_000] / math.MaxInt8
	for f, row := range t.weights {
		var cells []labelWeight
		for k, w := range row {
			q := math.Round(float64(w / scale))
			if math.Abs(float64(w)) >= float64(least) && q != 0 {
				cells = append(cells, labelWeight{uint8(k), int8(min(max(q, -127), 127))})
			}
		}
		if len(cells) > 0 {
			features = append(features, modelFeature{t.hashes[f], cells})
		}
	}
	return t.labels, t.bias, scale, features
}
