package store

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/conll"
)

var storiesConll = flag.String("stories.conll", "", "news in CoNLL columns, in which passages that were written anew are sought")

// Copies and light edits are one story; other articles are others, however
// alike their themes. -v shows the share of each kind of edit that joins.
func TestStories(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	s := openTest(t, testOptions(t))
	story := func(name, title, body string) uint32 {
		req := written(name, modelStart)
		req.Article.Title, req.Article.Body = title, body
		return put(t, s, req).Record.Story
	}
	const texts = 60
	joined := make([]int, len(edits))
	seen := map[uint32]bool{}
	for k, e := range edits {
		for i := range texts {
			words := randomWords(r, 300)
			first := story(fmt.Sprint("first", k, " ", i), "A title", strings.Join(words, " "))
			if seen[first] {
				t.Errorf("%s: text %d joined another", e.name, i)
			}
			seen[first] = true
			if story(fmt.Sprint("edit", k, " ", i), "Another title", strings.Join(e.edit(r, words), " ")) == first {
				joined[k]++
			}
		}
	}
	for k, e := range edits {
		t.Logf("%-34s %3d %% joined", e.name, 100*joined[k]/texts)
		if joined[k] < texts*e.least/100 || joined[k] > texts*e.most/100 {
			t.Errorf("%s: %d of %d joined, want %d to %d %%", e.name, joined[k], texts, e.least, e.most)
		}
	}
}

// edits are what outlets do to a text, with the percentage that is to join.
var edits = []struct {
	name        string
	least, most int
	edit        func(*rand.Rand, []string) []string
}{
	{"another title, case and spacing", 100, 100, func(_ *rand.Rand, w []string) []string {
		return strings.Split(strings.ToUpper(strings.Join(w, "  "))+".", " ")
	}},
	{"the last quarter cut", 95, 100, func(_ *rand.Rand, w []string) []string { return w[:len(w)*3/4] }},
	{"the last half cut", 20, 80, func(_ *rand.Rand, w []string) []string { return w[:len(w)/2] }},
	{"the last three quarters cut", 0, 10, func(_ *rand.Rand, w []string) []string { return w[:len(w)/4] }},
	{"a paragraph of a fifth put before", 95, 100, func(r *rand.Rand, w []string) []string { return append(randomWords(r, len(w)/5), w...) }},
	{"one word in 50 replaced", 95, 100, replaced(50)},
	{"one word in 25 replaced", 95, 100, replaced(25)},
	{"one word in 12 replaced", 50, 100, replaced(12)},
	{"one word in 6 replaced", 0, 60, replaced(6)},
}

func replaced(every int) func(*rand.Rand, []string) []string {
	return func(r *rand.Rand, w []string) []string {
		for range len(w) / every {
			w[r.IntN(len(w))] = "edited"
		}
		return w
	}
}

// TestRealStories measures on news that agencies wrote anew. Borders of
// articles are not marked there, so passages of five sentences stand for them;
// every two that overlap are compared by the shingles they share:
//
//	go test ./store -run TestRealStories -v -stories.conll gmb-clean.train.conll
func TestRealStories(t *testing.T) {
	if *storiesConll == "" {
		t.Skip("-stories.conll names the news")
	}
	docs, err := conll.ReadFile(*storiesConll)
	if err != nil {
		t.Fatal(err)
	}
	var pairs, joined [5]int // by how much of their shingles two share, in fifths
	all := passages(docs)
	for p, shared := range sharing(all) {
		a, b := all[p[0]], all[p[1]]
		fifth := min(int(5*float64(shared)/float64(len(a.shingles)+len(b.shingles)-shared)), 4)
		pairs[fifth]++
		if agreeing(a.sketch, b.sketch) >= agree {
			joined[fifth]++
			if fifth < 2 {
				t.Logf("joined though little is shared:\n\t%s\n\t%s", a.text, b.text)
			}
		} else if fifth >= 2 {
			t.Errorf("not joined though much is shared:\n\t%s\n\t%s", a.text, b.text)
		}
	}
	t.Logf("%d passages", len(all))
	for i := range pairs {
		t.Logf("%.1f to %.1f shared: %d of %d pairs joined", float64(i)/5, float64(i+1)/5, joined[i], pairs[i])
	}
}

type passage struct {
	text     string
	shingles map[uint64]bool
	sketch   sketch
}

// passages begin at each sentence.
func passages(docs []conll.Document) (all []passage) {
	const sentences = 5
	var texts []string
	for _, d := range docs {
		for _, s := range d.Sentences {
			texts = append(texts, strings.Join(s.Words, " "))
		}
	}
	for i := range max(len(texts)-sentences+1, 0) {
		p := passage{text: strings.Join(texts[i:i+sentences], " "), shingles: map[uint64]bool{}}
		shingles(p.text, func(h uint64) { p.shingles[h] = true })
		p.sketch = sketchOf(tagger.Article{Body: p.text})
		all = append(all, p)
	}
	return all
}

// sharing counts the shingles of every two passages that share one in ten or
// more and no sentence; rare shingles find them.
func sharing(all []passage) map[[2]int]int {
	at := map[uint64][]int{}
	for i, p := range all {
		for h := range p.shingles {
			at[h] = append(at[h], i)
		}
	}
	shared := map[[2]int]int{}
	for _, list := range at {
		if len(list) > 60 {
			continue
		}
		for i, b := range list {
			for _, a := range list[:i] {
				if b-a >= 5 {
					shared[[2]int{a, b}]++
				}
			}
		}
	}
	for p, n := range shared {
		if n < len(all[p[0]].shingles)/10 {
			delete(shared, p)
		}
	}
	return shared
}

func agreeing(a, b sketch) (n int) {
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

// randomWords draws words as unevenly as language does.
func randomWords(r *rand.Rand, n int) []string {
	zipf := rand.NewZipf(r, 1.1, 2, 30_000)
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprint("w", zipf.Uint64())
	}
	return words
}
