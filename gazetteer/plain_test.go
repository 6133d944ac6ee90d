package gazetteer

import (
	"strings"
	"testing"
)

// TestPlain reads words of every length, at every distance from the end of the
// text and in any case: the fast way has to give what the slow one gives.
func TestPlain(t *testing.T) {
	const letters = "The7QuickBrownFox8JumpsOverTheLazyDogAnd9More123456789aMuchLongerWordThanNamesHave"
	seen := make(map[uint64]string)
	for start := range len(letters) {
		for end := start + 1; end <= len(letters); end++ {
			w := letters[start:end]
			for _, word := range []string{w, strings.ToUpper(w), strings.ToLower(w)} {
				for _, after := range []string{"", ".", " ", ", and a long tail", "'s long tail", "’s long tail", "é is a longer word"} {
					comparePlain(t, word+after)
				}
			}
			h, folded := hashFolded(appendFold(nil, w)), strings.ToLower(w)
			if other, ok := seen[h]; ok && other != folded {
				t.Errorf("%q and %q share the hash %x", folded, other, h)
			}
			seen[h] = folded
		}
	}
}

// comparePlain holds each word of a text against the same word read letter by
// letter.
func comparePlain(t *testing.T, text string) {
	t.Helper()
	var got word
	for s := (scanner{text: text}); s.next(&got); {
		if got.dotted || got.possessive || got.ampersand(text) {
			continue
		}
		want := word{start: got.start, joined: got.joined}
		slow := scanner{text: text, pos: got.start}
		slow.letters(&want)
		want.long = want.end-want.start > maxWordBytes
		if got != want {
			t.Fatalf("%q:\n got %+v,\nwant %+v", text, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"Russia’s U.S.-led al-Qaeda", "a.b.c. A1 `x`y", "O'Brien's 'quote' ", "İSIS ﬁn ǅ 한국"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { comparePlain(t, text+" and some more words behind") })
}
