package train_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger/conll"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/recognizer/train"
)

// corpus is enough to learn that people speak and that one is in places.
const corpus = `Orlova B-PER
said O
so O
in O
Zubrin B-LOC
. O

Terent B-PER
said O
nothing O
in O
Malgor B-LOC
. O

The O
farmers O
said O
nothing O
in O
spring O
. O
`

const devCorpus = `Petrova B-PER
said O
so O
in O
Tashir B-LOC
. O
`

func recipe(t *testing.T) *train.Recipe {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.conll": corpus, "dev.conll": devCorpus} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &train.Recipe{
		Dirs: []string{dir}, Seed: 1, Epochs: 6, Rate: 0.1,
		Train: []train.Corpus{{File: "a.conll", Weight: 1}}, Dev: []string{"dev.conll"},
	}
}

// findsUnseen wants both names of a sentence whose names no corpus holds.
func findsUnseen(t *testing.T, m *recognizer.Model) {
	t.Helper()
	unseen := conll.Document{Sentences: []conll.Sentence{{
		Words: strings.Fields("Vasilev said so in Kurmen ."),
		Names: []conll.Name{{First: 0, Last: 1, Type: "PER"}, {First: 4, Last: 5, Type: "LOC"}},
	}}}
	var score conll.Score
	train.Evaluate(m, nil, &unseen, &score, new(train.Reliability))
	if score.Right != 2 || score.Found != 2 {
		t.Errorf("found %d names, %d of them right, want 2 and 2", score.Found, score.Right)
	}
}

func TestTrain(t *testing.T) {
	m, err := train.Train(recipe(t), nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	findsUnseen(t, m)
}

// withNet adds a net to a recipe, with vectors made by chance.
func withNet(t *testing.T, r *train.Recipe) *train.Recipe {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	v := &train.Vectors{Dim: recognizer.VectorDim, Words: strings.Fields("said so in nothing the farmers spring .")}
	for range len(v.Words) * v.Dim {
		v.Values = append(v.Values, random.Float32()-0.5)
	}
	c := train.Cluster(v, 1, func(int, int, float64) {})
	c.Vectors = train.Quantize(v, len(v.Words), 1)
	r.Clusters = filepath.Join(r.Dirs[0], "clusters.tsv")
	f, err := os.Create(r.Clusters)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Write(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	r.Net = train.Net{Epochs: 30, Rate: 0.01, Share: 1}
	return r
}

// TestTrainNet: the net learns alone what the linear model does, and a file
// keeps all of it.
func TestTrainNet(t *testing.T) {
	m, err := train.Train(withNet(t, recipe(t)), nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	file, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if m, err = recognizer.Decode(file); err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("a model read from its file makes another file (error %v)", err)
	}
	findsUnseen(t, m)
}

// TestTrainTwice: equal recipes and data make equal files.
func TestTrainTwice(t *testing.T) {
	var files [2][]byte
	for i := range files {
		m, err := train.Train(withNet(t, recipe(t)), nil, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = m.Encode(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two trainings after one recipe made different files")
	}
}

func TestTrainRefuses(t *testing.T) {
	same := recipe(t)
	same.Dev = []string{"a.conll"}
	bare := recipe(t)
	bare.Net.Epochs = 1
	for _, tt := range []struct {
		recipe *train.Recipe
		want   string
	}{
		{same, "no sentence to learn from"},
		{bare, "no clusters with vectors"},
	} {
		if _, err := train.Train(tt.recipe, nil, io.Discard); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got error %v, want one with %q", err, tt.want)
		}
	}
}

func TestReadRecipeRefuses(t *testing.T) {
	for _, tt := range []struct{ recipe, want string }{
		{`{`, "unexpected EOF"},
		{`{"sead": 1}`, "sead"},
		{`{"epochs": 0, "rate": 0.1, "train": [{}]}`, "want at least one, above 0, at least one"},
	} {
		if _, err := train.ReadRecipe(strings.NewReader(tt.recipe)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got error %v, want one with %q", tt.recipe, err, tt.want)
		}
	}
}

func TestReliability(t *testing.T) {
	var r train.Reliability
	for i := range 10 {
		r.Add(0.75, i < 5) // half of them right
		r.Add(0.25, i < 2)
	}
	if got, want := r.Error(), (10*0.25+10*0.05)/20; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("calibration error %g, want %g", got, want)
	}
}

const vectors = `{"dimensions": 2, "words": ["a"], "vectors": {
	"cat": [1, 0.1, 1.0, 0], "dog": [1, 0.2, 1.0, 1], "paris": [0.1, 1, 1.0, 2], "rome": [0, 1, 1.0, 3]}}`

func TestClusters(t *testing.T) {
	v, err := train.ReadVectors(strings.NewReader(vectors), 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Words) != 3 || v.Words[2] != "paris" {
		t.Fatalf("read words %v, want the first three", v.Words)
	}
	var written bytes.Buffer
	c := train.Cluster(v, 1, func(int, int, float64) {})
	if err := c.Write(&written); err != nil {
		t.Fatal(err)
	}
	again, err := train.ReadClusters(bytes.NewReader(written.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for g := range c.Of {
		for i := range c.Words {
			if again.Of[g][i] != c.Of[g][i] {
				t.Errorf("%s: cluster %d after writing and reading, want %d", c.Words[i], again.Of[g][i], c.Of[g][i])
			}
		}
	}
	if _, err := train.ReadClusters(strings.NewReader("cat\t64\t0\t0\t0\n")); err == nil {
		t.Error("cluster 64 of 64 was taken")
	}
	if _, err := train.ReadVectors(strings.NewReader(`{"words": []}`), 3); err == nil {
		t.Error("a file without vectors was taken")
	}
}
