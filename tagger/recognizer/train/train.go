// Package train makes models for the recognizer out of corpora of tagged
// names. Equal recipes and data make equal files, byte for byte.
package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer"
)

// Recipe is all that a model is made of. Its files lie in one of Dirs.
type Recipe struct {
	Dirs     []string `json:"-"`
	Seed     uint64   `json:"seed"`
	Epochs   int      `json:"epochs"`
	Net      Net      `json:"net"`
	Rate     float64  `json:"rate"`     // of AdaGrad
	Runs     int      `json:"runs"`     // of the linear model, whose mean is taken; 0 is 1
	Clusters string   `json:"clusters"` // written by `dateline train clusters`; "" for none
	Names    []string `json:"names"`    // gazetteer sources, JSON lines packed with gzip
	Train    []Corpus `json:"train"`
	Dev      []string `json:"dev"` // scored after each epoch; calibrates confidence
}

// Corpus is a file to learn from.
type Corpus struct {
	File   string  `json:"file"`
	Weight float64 `json:"weight"`          // of its sentences in learning
	Copies float64 `json:"copies"`          // how much of the usual share of its sentences is copied with changes
	Every  int     `json:"every,omitempty"` // n keeps one document of n; 0 and 1 keep all
}

// Net is how the net beside the linear model is trained.
type Net struct {
	Epochs int     `json:"epochs"` // 0 for none
	Rate   float64 `json:"rate"`   // of Adam at the start; it falls to 0 evenly
	Share  float64 `json:"share"`  // of the net in the scores, 0…1; the rest is the linear model's
}

// ReadRecipe reads a recipe from JSON.
func ReadRecipe(r io.Reader) (*Recipe, error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	recipe := &Recipe{}
	if err := d.Decode(recipe); err != nil {
		return nil, fmt.Errorf("recipe: %w", err)
	}
	if recipe.Epochs < 1 || recipe.Rate <= 0 || len(recipe.Train) == 0 {
		return nil, fmt.Errorf("recipe: got %d epochs at rate %g of %d corpora, want at least one, above 0, at least one",
			recipe.Epochs, recipe.Rate, len(recipe.Train))
	}
	return recipe, nil
}

// Train follows a recipe and tells log how it goes. The gazetteer may be nil.
func Train(r *Recipe, g *gazetteer.Gazetteer, log io.Writer) (*recognizer.Model, error) {
	j := &job{recipe: r, gazetteer: g, log: log, read: map[string]bool{}}
	dev, err := j.readDev()
	if err != nil {
		return nil, err
	}
	if err := j.prepare(); err != nil {
		return nil, err
	}
	if len(j.data) == 0 {
		return nil, errors.New("recipe: got no sentence to learn from beside those of the dev sets, want at least one")
	}
	if r.Net.Epochs > 0 && j.vectors.Len() == 0 {
		return nil, errors.New("recipe: got a net and no clusters with vectors, want both or neither")
	}
	p := j.trainLinear(dev)
	if r.Net.Epochs > 0 {
		p = j.trainNet(p, dev)
	}
	m := recognizer.New(j.calibrate(p, dev))
	var r10 Reliability
	for _, v := range j.verdicts(m, dev, 1) {
		r10.Add(v.probability, v.right)
	}
	return m, r10.Write(log)
}

// trainLinear trains the linear model as often as the recipe says, each time in
// another order, and takes the mean of the weights: what one order taught by
// chance averages out, and the model is no larger for it.
func (j *job) trainLinear(dev []devSet) recognizer.Params {
	mean := newCRF(j.recipe.Rate)
	runs := max(j.recipe.Runs, 1)
	for run := range runs {
		random := rand.New(rand.NewPCG(j.recipe.Seed, uint64(2+1000*run)))
		c := newCRF(j.recipe.Rate)
		for epoch := range j.recipe.Epochs {
			fmt.Fprintf(j.log, "run %d, epoch %d: loss %.5f\n", run+1, epoch+1, c.epoch(j.data, random))
			j.report(c.params(j.lexicon), dev)
		}
		mean.addShare(c, 1/float32(runs))
	}
	fmt.Fprintf(j.log, "mean of %d\n", runs)
	j.report(mean.params(j.lexicon), dev)
	return mean.params(j.lexicon)
}

// trainNet trains the net and puts it beside a linear model.
func (j *job) trainNet(linear recognizer.Params, dev []devSet) recognizer.Params {
	r := j.recipe.Net
	n := newNet(j.vectors, rand.New(rand.NewPCG(j.recipe.Seed, 3)))
	for epoch := range r.Epochs {
		loss := n.epoch(j.net, func(done float64) float32 {
			return float32(r.Rate * (1 - (float64(epoch)+done)/float64(r.Epochs)))
		})
		fmt.Fprintf(j.log, "net, epoch %d: loss %.5f\n", epoch+1, loss)
		j.report(n.join(linear, r.Share), dev)
	}
	return n.join(linear, r.Share)
}

// report scores a model on the dev sets.
func (j *job) report(p recognizer.Params, dev []devSet) {
	m := recognizer.New(p)
	for _, d := range dev {
		s := j.score(m, d.documents)
		fmt.Fprintf(j.log, "  %-28s F1 %.2f  PER %.2f  ORG %.2f  LOC %.2f\n", d.name, 100*s.F1(),
			100*s.Types["PER"].F1(), 100*s.Types["ORG"].F1(), 100*s.Types["LOC"].F1())
	}
}

// job is a recipe being followed.
type job struct {
	recipe    *Recipe
	gazetteer *gazetteer.Gazetteer
	log       io.Writer
	lexicon   *recognizer.Lexicon
	vectors   *recognizer.Vectors
	data      []sentence
	net       []netSentence
	read      map[string]bool // sentences
}

// path is where a file of the recipe lies: in the first of the folders that
// has it. Absolute names stay.
func (j *job) path(name string) string {
	for _, dir := range j.recipe.Dirs {
		at := filepath.Join(dir, name)
		if _, err := os.Stat(at); err == nil && !filepath.IsAbs(name) {
			return at
		}
	}
	return name
}

func (j *job) prepare() error {
	var files []string
	for _, f := range j.recipe.Names {
		files = append(files, j.path(f))
	}
	known, err := readNames(files)
	if err != nil {
		return err
	}
	if err := j.makeLexicon(known); err != nil {
		return err
	}
	in := &reader{
		analysis: recognizer.NewAnalysis(&recognizer.Params{Lexicon: j.lexicon}),
		members:  j.members,
	}
	a := &augmenter{random: rand.New(rand.NewPCG(j.recipe.Seed, 1)), names: known}
	c := &convention{known.demonyms, known.countries}
	for _, corpus := range j.recipe.Train {
		if err := j.readCorpus(in, a, c, corpus); err != nil {
			return err
		}
	}
	j.data, j.net = in.data, in.net
	return nil
}

func (j *job) makeLexicon(known *names) error {
	clusters := &Clusters{Vectors: &recognizer.Vectors{}}
	if j.recipe.Clusters != "" {
		f, err := os.Open(j.recipe.Clusters)
		if err != nil {
			return err
		}
		defer f.Close()
		if clusters, err = ReadClusters(f); err != nil {
			return err
		}
	}
	j.lexicon, j.vectors = lexicon(clusters, known.nameBits()), clusters.Vectors
	return nil
}

func (j *job) readCorpus(in *reader, a *augmenter, c *convention, corpus Corpus) error {
	documents, err := conll.ReadFile(j.path(corpus.File))
	if err != nil {
		return err
	}
	before := len(in.data)
	for k := range documents {
		if corpus.Every > 1 && k%corpus.Every != 0 {
			continue
		}
		d := &documents[k]
		var copies []conll.Document
		d.Sentences = slices.DeleteFunc(d.Sentences, j.known)
		if len(d.Sentences) == 0 {
			continue
		}
		for i := range d.Sentences {
			c.apply(&d.Sentences[i])
			d.Sentences[i] = a.joinHyphens(d.Sentences[i])
			copies = a.copies(copies, d.Sentences[i], corpus.Copies)
		}
		in.read(d, float32(corpus.Weight))
		for i := range copies {
			in.read(&copies[i], float32(corpus.Weight)/2)
		}
	}
	fmt.Fprintf(j.log, "%-28s %6d sentences\n", corpus.File, len(in.data)-before)
	return nil
}

// known reports whether a sentence was read before, from a dev set or from a
// corpus further up in the recipe, whose names are the better ones. Short ones
// are read again: they are common.
func (j *job) known(s conll.Sentence) bool {
	const short = 6
	if len(s.Words) < short {
		return false
	}
	words := strings.Join(s.Words, " ")
	if j.read[words] {
		return true
	}
	j.read[words] = true
	return false
}

// devSet is a corpus to score on.
type devSet struct {
	name      string
	documents []conll.Document
}

func (j *job) readDev() ([]devSet, error) {
	var dev []devSet
	for _, name := range j.recipe.Dev {
		documents, err := conll.ReadFile(j.path(name))
		if err != nil {
			return nil, err
		}
		dev = append(dev, devSet{filepath.Base(name), documents})
		for _, d := range documents {
			for _, s := range d.Sentences {
				j.known(s)
			}
		}
	}
	return dev, nil
}

func (j *job) score(m *recognizer.Model, documents []conll.Document) *conll.Score {
	score := &conll.Score{Types: map[string]*conll.Score{"PER": {}, "ORG": {}, "LOC": {}}}
	for k := range documents {
		Evaluate(m, j.gazetteer, &documents[k], score, new(Reliability))
	}
	return score
}

// Evaluate labels a document on its own words, counts the names found and how
// far their confidence can be relied on, and returns them by sentence.
func Evaluate(m *recognizer.Model, g *gazetteer.Gazetteer, d *conll.Document, score *conll.Score, rely *Reliability) [][]conll.Name {
	found := make([][]conll.Name, len(d.Sentences))
	find(m, g, d, func(k int, n conll.Name, e recognizer.Entity) {
		found[k] = append(found[k], n)
		rely.Add(float64(e.Confidence), slices.Contains(d.Sentences[k].Names, n))
	})
	for k := range d.Sentences {
		score.Add(Names(&d.Sentences[k]), found[k])
	}
	return found
}

// find calls yield with each name that the model finds in a document, in
// order, and the number of its sentence.
func find(m *recognizer.Model, g *gazetteer.Gazetteer, d *conll.Document,
	yield func(sentence int, n conll.Name, e recognizer.Entity)) {
	in := input(d)
	in.Member = members(g, in)
	k := 0
	for _, e := range m.Label(nil, in) {
		for in.Sentences[k].Last <= e.First {
			k++
		}
		first := in.Sentences[k].First
		yield(k, conll.Name{First: e.First - first, Last: e.Last - first, Type: e.Label.String()}, e)
	}
}

// Names are the names of a sentence that the recognizer should find.
func Names(s *conll.Sentence) []conll.Name {
	var kept []conll.Name
	for _, n := range s.Names {
		if labels[n.Type] != recognizer.O {
			kept = append(kept, n)
		}
	}
	return kept
}

func members(g *gazetteer.Gazetteer, in recognizer.Input) []recognizer.Membership {
	if g == nil {
		return nil
	}
	return recognizer.Members(nil, g, g.Match(nil, in.Text), in.Tokens)
}

func (j *job) members(in recognizer.Input) []recognizer.Membership { return members(j.gazetteer, in) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
