package tagger

import (
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

// BenchmarkTag tags one article of some thousand tokens.
func BenchmarkTag(b *testing.B) {
	tagger := newTestTagger(b)
	a := Article{Title: "Tajikistan, Afghanistan reopen border", Body: strings.Repeat(sample, 4)}
	splitter, err := text.NewSplitter()
	if err != nil {
		b.Fatal(err)
	}
	tokens, _ := splitter.Split(a.Body)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tagger.Tag(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
