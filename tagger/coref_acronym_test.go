package tagger

import (
	"strings"
	"testing"
)

func TestDefinitions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Collective Security Treaty Organization (CSTO) met.", "CSTO = Collective Security Treaty Organization"},
		{"The CSTO (Collective Security Treaty Organization) met.", "CSTO = Collective Security Treaty Organization"},
		{"the Islamic State of Iraq and Syria (ISIS)", "ISIS = Islamic State of Iraq and Syria"},
		{"the Economic Community of West African States (ECOWAS)", "ECOWAS = Economic Community of West African States"},
		{"the Association of Southeast Asian Nations (ASEAN)", "ASEAN = Association of Southeast Asian Nations"},
		{"the Islamic Emirate of Afghanistan (“IEA”)", "IEA = Islamic Emirate of Afghanistan"},
		{"Hayat Tahrir al-Sham (HTS, formerly Nusra)", "HTS = Hayat Tahrir al-Sham"},
		{"the U.S. Food and Drug Administration (FDA)", "FDA = Food and Drug Administration"},
		{"non-governmental organizations (NGOs)", ""},
		{"Sen. John Cornyn (R-TX) said", ""},
		{"KABUL (Reuters) - Rain", ""},
		{"the Federal Security Service (FSB)", ""}, // spelled from the Russian: left to apposition
		{"first (second) third (FOURTH", ""},
		{"a bracket (of any length) without capitals", ""},
		{"New\nYork Times (YT)", "YT = York Times"}, // a name does not reach over a line
	} {
		var got []string
		for _, d := range definitions(nil, c.text) {
			got = append(got, d.short.Of(c.text)+" = "+d.long.Of(c.text))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.text, s, c.want)
		}
	}
}

func FuzzDefinitions(f *testing.F) {
	f.Add("Collective Security Treaty Organization (CSTO)")
	f.Add("É-Ünion (ÉÜ) (")
	f.Add("İI (İİ)")
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range definitions(nil, s) {
			if d.long.Len() <= 0 || d.short.Len() <= 0 || d.long.Overlaps(d.short) || d.long.End > len(s) {
				t.Errorf("%q: bad definition %+v", s, d)
			}
		}
	})
}
