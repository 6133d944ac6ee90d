package topics

import (
	"fmt"
	"strings"
	"testing"
)

// scanned renders the words of a text: folded, ^ for an initial capital, ^^ for
// all capitals, a comma or full stop for the gap before.
func scanned(text string) string {
	var out []string
	s := scanner{text: text}
	for w, ok := s.next(); ok; w, ok = s.next() {
		out = append(out, fmt.Sprint([]string{"", ",", "."}[w.gap], strings.Repeat("^", int(w.letters)), string(w.folded)))
	}
	return strings.Join(out, " ")
}

func TestScanner(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"", ""},
		{" -- ", ""},
		{"Kabul's airport", "^kabul airport"},
		{"Kabul’s airport", "^kabul airport"},
		{"the workers' union", "the workers union"},
		{"Qur’an and don't", "^quran and dont"},
		{"the U.N. and the U.S. said", "the ^^un and the ^^us said"},
		{"at 10:30, 3.5 per cent", "at 10 30 ,3 5 per cent"},
		{"cease-fire (signed) today. Later", "cease fire ,signed ,today .^later"},
		{"São Tomé, Łódź", "^sao ^tome ,^lodz"},
		{"line\nnext", "line .next"},
		{"北京 fell", "北京 fell"},
		{"x\xff\xfey", "x y"},
		{strings.Repeat("a", 100), strings.Repeat("a", maxWord)},
	} {
		if got := scanned(tc.text); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestStems(t *testing.T) {
	for _, tc := range []struct{ word, singular, stem string }{
		{"quakes", "quake", "quak"},
		{"armies", "army", "armi"},
		{"crashes", "crash", "crash"},
		{"crashed", "crashed", "crash"},
		{"news", "news", "news"},
		{"virus", "virus", "virus"},
		{"killings", "killing", "kil"},
		{"kill", "kill", "kil"},
		{"denied", "denied", "deni"},
		{"denies", "deny", "deni"},
		{"elected", "elected", "elect"},
		{"taxes", "tax", "tax"},
		{"gas", "gas", "gas"},
		{"glasses", "glass", "glas"},
	} {
		if got := string(singular([]byte(tc.word))); got != tc.singular {
			t.Errorf("singular(%s): got %s, want %s", tc.word, got, tc.singular)
		}
		if got := string(stem([]byte(tc.word))); got != tc.stem {
			t.Errorf("stem(%s): got %s, want %s", tc.word, got, tc.stem)
		}
	}
}
