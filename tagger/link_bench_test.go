package tagger

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
)

// BenchmarkCorefLink measures coreference and linking alone, on articles whose
// mentions stand, per token of text.
func BenchmarkCorefLink(b *testing.B) {
	g, err := gazetteer.Default()
	if err != nil {
		b.Skip(err)
	}
	tagger := newTagger(b, Options{Gazetteer: g})
	for _, c := range []struct {
		name string
		text string
	}{
		{"article", strings.Repeat(benchArticle, 4)},
		{"article×16", strings.Repeat(benchArticle, 64)},
		{"bare bodies", strings.Repeat("{O Ministry of Fish} and {O LLTC}. ", 1000)},
		{"namesakes", strings.Repeat("{P Ann Smith}, {P Bob Smith}, {P Cid Smith} and {P Smith}. ", 500)},
	} {
		b.Run(c.name, func(b *testing.B) {
			d := marked(b, c.text)
			for i := range d.mentions {
				d.mentions[i].bearers = tagger.find(d.of(&d.mentions[i]))
			}
			mentions := append([]mention(nil), d.mentions...)
			b.ReportAllocs()
			for b.Loop() {
				copy(d.mentions, mentions)
				d.chains, d.entities, d.countries = nil, nil, nil
				if tagger.coref(b.Context(), d) != nil || tagger.link(b.Context(), d) != nil || tagger.locate(b.Context(), d) != nil {
					b.Fatal("failed")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.tokens)), "ns/token")
		})
	}
}

const benchArticle = `{L Dushanbe}: The {O Lapis Lazuli Trade Council} ({O LLTC}) opened an office in {L Tajikistan} on Monday, the first
of three in {L Central Asia}. {P Zarina Holikova}, who speaks for the {O LLTC}, told {O Reuters} that carvers in northern
{L Afghanistan} had asked for it. The president, {P Emomali Rahmon}, cut a ribbon, and so did envoys from {L Russia} and {L China}.
A {D Tajik} choir sang. Prices have doubled within a year, and {P Holikova} blamed the road, which is closed for half of it.
Buyers came from as far as {L Georgia} and {L Florida}; {P John Smith} of {L Atlanta} bought a horse, and {P Smith} was pleased.
`
