package text

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are texts that make naive readers quadratic; each is repeated to
// the length wanted.
var hostile = []struct{ name, unit string }{
	{"news", "Russia’s foreign minister, Sergei Lavrov, told Izvestia on Monday that “talks will go on.” "},
	{"parens", "("},
	{"quotes", `"`},
	{"dots", "."},
	{"stops", ". "},
	{"spaces", " "},
	{"word", "a"},
	{"capitals", "A"},
	{"possessives", "'s"},
	{"initials", "U."},
	{"marks and letters", ")a("},
	{"digits", "1,"},
	{"Chinese", "新华社北京电"},
	{"zero width", "\u200b"},
	{"combining", "a\u0301\u0302"},
	{"emoji", "👩‍👩‍👧"},
	{"nesting", "<div><nav>"},
	{"comments", "<!--"},
	{"ends", "</nav>"},
	{"angles", "<"},
	{"attributes", "<a b=c "},
	{"references", "&amp"},
	{"scripts", "<script><!--"},
	{"hidden", "<p hidden>x<p>"},
}

// BenchmarkGrowth reports nanoseconds per byte at 100 kB and at 10 MB: equal
// where the time is linear.
func BenchmarkGrowth(b *testing.B) {
	s := newSplitter(b)
	for _, h := range hostile {
		for _, size := range []int{100_000, 10_000_000} {
			text := strings.Repeat(h.unit, size/len(h.unit))
			b.Run(fmt.Sprintf("%s/%dkB", h.name, size/1000), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s.Split(Plain("", text).Text)
					s.Split(HTML("", text).Text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
			})
		}
	}
}

// TestHostile splits a long run of each hostile text; BenchmarkGrowth shows
// that the time it takes is linear.
func TestHostile(t *testing.T) {
	s := newSplitter(t)
	for _, h := range hostile {
		text := strings.Repeat(h.unit, 30_000/len(h.unit))
		for _, v := range []View{Plain("", text), HTML("", text)} {
			tokens, sentences := s.Split(v.Text)
			checkTiling(t, v.Text, tokens, sentences)
		}
	}
}
