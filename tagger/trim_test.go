package tagger

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/tagger/text"
)

func TestTrimName(t *testing.T) {
	for _, c := range []struct {
		in   string
		typ  MentionType
		want string
	}{
		{"the United Nations", OrganizationMention, "United Nations"},
		{"President Emomali Rahmon", PersonMention, "Emomali Rahmon"},
		{"Deputy Prime Minister Olzhas Bektenov", PersonMention, "Olzhas Bektenov"},
		{"Mr. Smith’s", PersonMention, "Smith"},
		{"“Izvestia”", OrganizationMention, "Izvestia"},
		{"Taliban's", OrganizationMention, "Taliban"},
		{"President University", OrganizationMention, "President University"},
		{"Kabul", PlaceMention, "Kabul"},
		{"Al-Qaeda-linked Nusra Front", OrganizationMention, "Nusra Front"},
		{"the", PlaceMention, "the"},
		{"“”", PersonMention, ""},
	} {
		d := &document{text: "x " + c.in + " y"}
		got := d.trimName(text.Span{Start: 2, End: 2 + len(c.in)}, c.typ).Of(d.text)
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDateline(t *testing.T) {
	tagger := newTagger(t, Options{})
	for _, c := range []struct{ text, want string }{
		{"KABUL, May 3 (Reuters) - Talks began.", "KABUL, May 3 (Reuters)"},
		{"Kabul (AFP) – Talks began.", "Kabul (AFP)"},
		{"DUSHANBE — Talks began.", "DUSHANBE"},
		{"MOSCOW/KYIV, May 3 -- Talks began.", "MOSCOW/KYIV, May 3"},
		{"He said - twice - no.", ""},
		{"A new plan – at last.", ""},
		{"Talks began in Kabul.", ""},
	} {
		d := newDocument(Article{Body: c.text})
		if err := tagger.split(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if got := c.text[:d.datelineEnd(0)]; got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestInAddress(t *testing.T) {
	tagger := newTagger(t, Options{})
	for _, c := range []struct {
		text string
		want bool
	}{
		{"see Kabul.af now", true},
		{"write to @Kabul now", true},
		{"info@Kabul now", true},
		{"at un.org/Kabul now", true},
		{"a Reuters/Kabul poll", false},
		{"fell.Kabul is", false},
		{"in Kabul.", false},
		{"in Kabul, he", false},
		{"#Kabul", false},
	} {
		d := newDocument(Article{Body: c.text})
		if err := tagger.split(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		i := strings.Index(c.text, "Kabul")
		if got := d.inAddress(text.Span{Start: i, End: i + len("Kabul")}); got != c.want {
			t.Errorf("%q: got %v", c.text, got)
		}
	}
}
