package tagger

import (
	"slices"
	"testing"
)

// TestSmallNames reads texts with and without care for capitals: only where
// they lack elsewhere are names looked for in small letters.
func TestSmallNames(t *testing.T) {
	tagger := newTestTagger(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"how are vietnam and Afghanistan alike?", []string{"vietnam", "Afghanistan"}},
		{"i am from mexico and travel to san francisco next week", []string{"mexico", "san francisco"}},
		{"My mother says i was born in malaysia.", []string{"malaysia"}},
		{"i bought a chihuahua and read the nation every day", nil},
		{"i like turkey and nice reading", nil},
		{"i wrote to info@pakistan.pk and saw anti-iraq.html", nil},
		{"He wrote vietnam on the board, with a small letter.", nil},
	} {
		r, err := tagger.Tag(t.Context(), Article{Body: c.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range r.Mentions {
			if m.Type == PlaceMention {
				got = append(got, m.Span.Of(c.text))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
