package tagger

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger/text"
)

// sample is news of the usual mix of names, quotes and numbers, of our own
// writing.
const sample = `KABUL, May 3 (Reuters) - Tajikistan and Afghanistan reopened two border crossings on Saturday, officials said, ending a closure of eleven months that had cost traders in Khujand and Kunduz millions of dollars.

“This is a first step,” said Farida Rahimova, a spokeswoman for the Ministry of Foreign Affairs in Dushanbe. “We expect the Shanghai Cooperation Organisation (SCO) to send observers before the end of the month.”

The talks began in February after the SCO’s secretary general visited both capitals. Rahimova told reporters that Tajik-Afghan trade had fallen by 40 percent since 2023, and that the World Bank had offered a loan of $120 million for new roads.

Analysts at the University of Central Asia doubt that the opening will last. The border, which stretches for 1,300 kilometres, has been closed four times in five years, they note, and militants of the Islamic State have attacked posts on both sides.
`

// BenchmarkTag tags one article of some thousand tokens, on one core at a time
// and on all.
func BenchmarkTag(b *testing.B) {
	tagger := newTestTagger(b)
	a := Article{Title: "Tajikistan, Afghanistan reopen border", Body: strings.Repeat(sample, 4)}
	tokens := countTokens(b, a.Body)
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := tagger.Tag(b.Context(), a); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
	})
	b.Run("all", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := tagger.Tag(b.Context(), a); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
	})
}

var benchTexts = flag.String("bench.texts", "", "`FILE` of articles to tag one after another, JSON lines with a field \"text\"")

// BenchmarkTagTexts tags the articles of a file one after another on one core.
// With -benchtime 1x all words are new to the tagger, as after a start.
func BenchmarkTagTexts(b *testing.B) {
	f, err := os.Open(*benchTexts)
	if err != nil {
		b.Skip("no -bench.texts: ", err)
	}
	defer func() { _ = f.Close() }()
	var articles []Article
	tokens := 0
	for d := json.NewDecoder(f); d.More(); {
		var line struct{ Text string }
		if err := d.Decode(&line); err != nil {
			b.Fatal(err)
		}
		articles = append(articles, Article{Body: line.Text})
		tokens += countTokens(b, line.Text)
	}
	tagger := newTestTagger(b)
	for b.Loop() {
		for _, a := range articles {
			if _, err := tagger.Tag(b.Context(), a); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkTagGrowth reports nanoseconds per byte of one long article and of
// one a hundred times as long: equal where the time is linear.
func BenchmarkTagGrowth(b *testing.B) {
	tagger := newTestTagger(b)
	tagger.maxBytes = 20 << 20
	for _, unit := range []struct{ name, text string }{
		{"news", sample},
		{"names", "Kabul Tehran Emomali Rahmon United Nations "},
		{"one line", strings.ReplaceAll(sample, "\n", " ")},
		{"hyphens", "Tajik-Afghan-"},
		{"acronyms", "(CSTO) "},
		{"people", "Mr. Anton N%d Berg met Berg. "},
	} {
		for _, size := range []int{100_000, 10_000_000} {
			a := Article{Body: repeat(unit.text, size/len(unit.text))}
			b.Run(fmt.Sprintf("%s/%dkB", unit.name, size/1000), func(b *testing.B) {
				for b.Loop() {
					if _, err := tagger.Tag(b.Context(), a); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(a.Body)), "ns/byte")
			})
		}
	}
}

// repeat writes a unit n times, with the number of the copy where it says %d.
func repeat(unit string, n int) string {
	before, after, numbered := strings.Cut(unit, "%d")
	if !numbered {
		return strings.Repeat(unit, n)
	}
	var b strings.Builder
	for i := range n {
		b.WriteString(before + strconv.Itoa(i) + after)
	}
	return b.String()
}

func countTokens(b *testing.B, s string) int {
	b.Helper()
	splitter, err := text.NewSplitter()
	if err != nil {
		b.Fatal(err)
	}
	tokens, _ := splitter.Split(s)
	return len(tokens)
}
