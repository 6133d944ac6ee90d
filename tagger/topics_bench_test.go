package tagger_test

import (
	"context"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/topics"
)

// BenchmarkTopics tags one article with and without topics: what the two
// differ by is what topics add. Compare within one run.
func BenchmarkTopics(b *testing.B) {
	g, err := gazetteer.Default()
	if err != nil {
		b.Fatal(err)
	}
	c, err := topics.Default()
	if err != nil {
		b.Fatal(err)
	}
	m, err := recognizer.Default()
	if err != nil {
		b.Fatal(err)
	}
	body := strings.Repeat("The foreign ministers of Tajikistan and Afghanistan met in Dushanbe on Monday to discuss the border, "+
		"officials said. The talks came a week after an earthquake killed 14 people in Badakhshan. ", 12)
	for name, o := range map[string]tagger.Options{
		"without": {Gazetteer: g, Recognizer: m},
		"with":    {Gazetteer: g, Recognizer: m, Topics: c},
	} {
		t, err := tagger.New(o)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := t.Tag(context.Background(), tagger.Article{Title: "Ministers meet in Dushanbe", Body: body}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
