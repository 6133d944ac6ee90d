package text

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jdkato/prose/v3/tokenize"
)

func newSplitter(t testing.TB) *Splitter {
	t.Helper()
	s, err := NewSplitter()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// show writes sentences as lines and tokens parted by spaces.
func show(s *Splitter, text string) string {
	tokens, sentences := s.Split(text)
	var lines []string
	for _, sent := range sentences {
		var words []string
		for _, t := range tokens[sent.First:sent.Last] {
			words = append(words, t.Of(text))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}

func TestSplit(t *testing.T) {
	s := newSplitter(t)
	for _, c := range []struct{ name, text, want string }{
		{"plain", "He met her. She left.", "He met her .\nShe left ."},
		{"line break ends a sentence", "Latest News\nTalks began", "Latest News\nTalks began"},
		{"wrapped line goes on", "the long-serving head of the central\r\nbank", "the long-serving head of the central bank"},
		{"possessive", "Russia’s Izvestia", "Russia ’s Izvestia"},
		{"curly quotes end a sentence", "“We agreed.” Then he left.", "“ We agreed . ”\nThen he left ."},
		{"other quotes", "the «Vostok» forum", "the « Vostok » forum"},
		{"title", "Mr. Smith met Dr. Jones.", "Mr. Smith met Dr. Jones ."},
		{"short name at the end", "She met Xi. He smiled.", "She met Xi .\nHe smiled ."},
		{"company at the end", "He left Apple Inc. Then it rained.", "He left Apple Inc.\nThen it rained ."},
		{"initials at the end", "She came from Washington, D.C.", "She came from Washington , D.C."},
		{"initials in a name", "George H. W. Bush met George W. Bush. He left.", "George H. W. Bush met George W. Bush .\nHe left ."},
		{"initial at the end", "They spoke of Malcolm X.", "They spoke of Malcolm X ."},
		{"abbreviation", "Enron Corp. said so.", "Enron Corp. said so ."},
		{"initials", "The U.S. Senate voted.", "The U.S. Senate voted ."},
		{"dash between words", "Moscow—the capital—waits", "Moscow — the capital — waits"},
		{"brackets", "Kabul[1] fell (AFP)Herat(west)", "Kabul [ 1 ] fell ( AFP ) Herat ( west )"},
		{"slash", "a Reuters/Ipsos poll at kabul.af/News/Iran", "a Reuters / Ipsos poll at kabul.af/News/Iran"},
		{"forgotten blank", "He left Kabul.She stayed at Node.js", "He left Kabul .\nShe stayed at Node.js"},
		{"hyphen stays", "the Tajik-Afghan border", "the Tajik-Afghan border"},
		{"long run of marks", "x ((((((((((((((((", "x (((((((((((((((("},
		{"emoji", "Peace 🕊🕊 now", "Peace 🕊🕊 now"},
		{"no-break space", "10\u00a0000 men", "10 000 men"},
		{"Chinese stop", "他来了。 她走了。", "他来了 。\n她走了 。"},
		{"nothing", " \n\t\n", ""},
	} {
		if diff := cmp.Diff(c.want, show(s, c.text)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// TestSplitIsProse proves that on plain news the guards change nothing: the
// tokens are those that prose makes of the whole text.
func TestSplitIsProse(t *testing.T) {
	news, err := os.ReadFile("testdata/news.txt")
	if err != nil {
		t.Fatal(err)
	}
	plain := string(appendQuotes(nil, strings.ReplaceAll(string(news), "—", "-")))
	var want, got []string
	for _, token := range tokenize.New().Tokenize(plain) {
		want = append(want, token.Text)
	}
	tokens, _ := newSplitter(t).Split(plain)
	for _, token := range tokens {
		got = append(got, token.Of(plain))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-prose +ours)\n%s", diff)
	}
}
