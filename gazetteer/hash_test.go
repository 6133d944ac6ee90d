package gazetteer

import "testing"

// TestCaseRules holds the rules against the letters: where a rule allows words,
// comparing letters would too.
func TestCaseRules(t *testing.T) {
	for _, c := range []struct {
		name, text string
		typ        Type
	}{
		{"Emomali Rahmon", "EMOMALI Rahmon", Person},
		{"Emomali Rahmon", "emomali Rahmon", Person},
		{"Emomali Rahmon", "Emomali rahmon", Person},
		{"Bank of England", "Bank of England", Organization},
		{"Bank of England", "Bank Of ENGLAND", Organization},
		{"Bank of England", "bank of England", Organization},
		{"al-Qaeda", "Al-Qaeda", Organization},
		{"Rio de Janeiro", "Rio de Janeiro", Place},
		{"Rio de Janeiro", "Rio De Janeiro", Place},
	} {
		small := noSmall
		var w word
		for i, s := 0, (scanner{text: c.text}); s.next(&w); i++ {
			if w.letters == lower {
				small = max(small, laterSmall)
				if i == 0 {
					small = firstSmall
				}
			}
		}
		allowed := ruleOf(0, c.typ).allows(small)
		if allowed && !agrees(c.name, c.text, 0, c.typ) {
			t.Errorf("%q for %q: the rule allows what the letters do not", c.text, c.name)
		}
		if !allowed && small == noSmall {
			t.Errorf("%q for %q: refused without a small letter", c.text, c.name)
		}
	}
}
