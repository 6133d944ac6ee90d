package recognizer_test

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// story is news of every kind of name, repeated to the length asked for.
const story = `KABUL, May 3 (Reuters) - Natalia Kharitonova of the Institute of Oriental Studies met
President Emomali Rahmon in Dushanbe on Tuesday. The ministers agreed to build a railway across the
northern plains, which the World Bank will pay for, officials said. "We have waited for a long time," a
farmer told the agency. Shares of Siemens and Alstom rose by three percent in Frankfurt and Paris.
`

func split(t testing.TB, s string) recognizer.Input {
	t.Helper()
	splitter, err := text.NewSplitter()
	if err != nil {
		t.Fatal(err)
	}
	in := recognizer.Input{Text: s}
	in.Tokens, in.Sentences = splitter.Split(s)
	return in
}

// BenchmarkLabel measures the recognizer alone, its words and buffers warm.
func BenchmarkLabel(b *testing.B) {
	m, err := recognizer.Default()
	if err != nil {
		b.Fatal(err)
	}
	in := split(b, strings.Repeat(story, 50))
	found := m.Label(nil, in)
	b.ReportAllocs()
	for b.Loop() {
		found = m.Label(found[:0], in)
	}
	b.ReportMetric(float64(len(in.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkLoad measures unpacking and checking the embedded model.
func BenchmarkLoad(b *testing.B) {
	m, err := recognizer.Default()
	if err != nil {
		b.Fatal(err)
	}
	packed, err := m.Encode()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := recognizer.Decode(packed); err != nil {
			b.Fatal(err)
		}
	}
}
