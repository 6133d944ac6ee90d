package topics

import (
	"strings"
	"testing"
)

// BenchmarkClassify gives the cost of topics for each word of a news article.
func BenchmarkClassify(b *testing.B) {
	c := classifier(b)
	in := Input{Text: strings.Repeat(article+"\n", 4), Body: strings.Index(article, "\n") + 1}
	words := float64(countWords(in.Text))
	var tags []Tag
	b.ReportAllocs()
	for b.Loop() {
		tags = c.Classify(tags[:0], in)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/words, "ns/word")
}

// BenchmarkMatch gives the cost of matching alone: it must not allocate.
func BenchmarkMatch(b *testing.B) {
	c := classifier(b)
	a := newAnalysis(c)
	in := Input{Text: article}
	words := float64(countWords(article))
	b.ReportAllocs()
	for b.Loop() {
		a.read(c, in)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/words, "ns/word")
}

func countWords(text string) (n int) {
	s := scanner{text: text}
	for _, ok := s.next(); ok; _, ok = s.next() {
		n++
	}
	return n
}
