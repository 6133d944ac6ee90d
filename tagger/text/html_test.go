package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", "<p>Kabul said\nno.</p><p>Tehran agreed.</p>", "Kabul said no.\nTehran agreed."},
		{"inline", "The <b>Tajik</b>-<i>Afghan</i> border", "The Tajik-Afghan border"},
		{"references", "Tom &amp; Jerry &#8217;s &nbsp;&bogus; AT&T; R&D", "Tom & Jerry ’s  &bogus; AT&T; R&D"},
		{"script", "a<script>var Paris = '<p>'</script>b", "ab"},
		{"comment", "a<!-- Paris -->b", "ab"},
		{"navigation", "<nav><a>World</a></nav><p>News</p><footer>Imprint</footer>", "News"},
		{"page header", "<header>Daily</header><article><header>Headline</header>Text</article>", "Headline\nText"},
		{"nested", "<div hidden><div>x</div>y</div>z", "z"},
		{"role", `<div role="Navigation">Home</div>Text`, "Text"},
		{"unclosed navigation hides nothing", "<nav>Home<p>Text", "Home\nText"},
		{"unclosed inner navigation", "<nav><nav>Home</nav>Text", "Text"},
		{"break", "Kabul<br>Tehran", "Kabul\nTehran"},
		{"footnote", "Kabul<sup>1</sup> fell", "Kabul 1  fell"},
		{"preformatted", "<pre>a\nb</pre>", "a\nb"},
		{"soft hyphen", "Af&shy;ghan Af\u00adghan", "Afghan Afghan"},
		{"unclosed tag", "Kabul <a href=", "Kabul"},
	} {
		if diff := cmp.Diff(c.want, squeeze(HTML("", c.body).Text)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// squeeze takes empty lines and blanks at their ends out.
func squeeze(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Trim(line, " \n"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestSource(t *testing.T) {
	v := HTML("On Kabul", "<p>Tom &amp; <b>J</b>erry’s</p>")
	for _, c := range []struct {
		view string
		part Part
		want string
	}{
		{"Kabul", Title, "Kabul"},
		{"Tom", Body, "Tom"},
		{"Tom &", Body, "Tom &amp;"},
		{"&", Body, "&amp;"},
		{"Jerry", Body, "J</b>erry"},
		{"’s", Body, "’s"},
	} {
		i := strings.Index(v.Text, c.view)
		part, span := v.Source(Span{Start: i, End: i + len(c.view)})
		source := "On Kabul"
		if part == Body {
			source = "<p>Tom &amp; <b>J</b>erry’s</p>"
		}
		if got := span.Of(source); got != c.want || part != c.part {
			t.Errorf("%q: got %q of part %d, want %q of %d", c.view, got, part, c.want, c.part)
		}
	}
}

// FuzzView proves that every token of every text leads back to bytes of the
// source, in order, on rune borders, and to the same bytes where there is no
// markup.
func FuzzView(f *testing.F) {
	for _, s := range []string{
		"<p>Tom &amp; Jerry</p>", "<nav>x<p>y", "Russia’s “Izvestia”—said.", "a<!--", "&#8217;&#x1F54A;&",
		"<b>К</b>абул\u200b\u2028x", "((((((((((((a))))))))))", "<script><p>", "\xff<a\xc3",
	} {
		f.Add(s, s, true)
		f.Add("", s, false)
	}
	splitter := newSplitter(f)
	f.Fuzz(func(t *testing.T, title, body string, markup bool) {
		v := Plain(title, body)
		if markup {
			v = HTML(title, body)
		}
		tokens, sentences := splitter.Split(v.Text)
		checkTiling(t, v.Text, tokens, sentences)
		last := [2]int{}
		for _, token := range tokens {
			part, span := v.Source(token)
			source := [2]string{title, body}[part]
			if span.Start < last[part] || span.End <= span.Start || span.End > len(source) {
				t.Fatalf("token %q at %v leads to %v of part %d after %d", token.Of(v.Text), token, span, part, last[part])
			}
			if utf8.ValidString(source) && !utf8.ValidString(span.Of(source)) {
				t.Fatalf("token %q leads into a rune: %q", token.Of(v.Text), span.Of(source))
			}
			if !markup && span.Of(source) != token.Of(v.Text) {
				t.Fatalf("token %q leads to %q", token.Of(v.Text), span.Of(source))
			}
			last[part] = span.End
		}
	})
}

// checkTiling fails unless tokens are in order and not empty, sentences tile
// them, and nothing but blanks is left between tokens.
func checkTiling(t *testing.T, text string, tokens []Span, sentences []Sentence) {
	t.Helper()
	at := 0
	for _, s := range tokens {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("token %v after %d in %d bytes", s, at, len(text))
		}
		if !allBlank(text[at:s.Start]) {
			t.Fatalf("%q lies between tokens", text[at:s.Start])
		}
		at = s.End
	}
	if !allBlank(text[at:]) {
		t.Fatalf("%q lies behind the tokens", text[at:])
	}
	next := 0
	for _, s := range sentences {
		if s.First != next || s.Last <= s.First {
			t.Fatalf("sentence %v after token %d", s, next)
		}
		next = s.Last
	}
	if next != len(tokens) {
		t.Fatalf("sentences end at token %d of %d", next, len(tokens))
	}
}

func allBlank(s string) bool {
	for _, r := range s {
		if !isBlank(r) && !isLineBreak(r) {
			return false
		}
	}
	return true
}
