package text

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkSplit splits 40 kB of news with curly quotes.
func BenchmarkSplit(b *testing.B) {
	news, err := os.ReadFile("testdata/news.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(string(news), 10)
	s := newSplitter(b)
	tokens, _ := s.Split(text)
	b.ReportAllocs()
	for b.Loop() {
		s.Split(text)
	}
	b.ReportMetric(float64(len(tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
