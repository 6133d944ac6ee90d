package tagger

import (
	"strings"
	"testing"
)

func TestParsePerson(t *testing.T) {
	for _, c := range []struct{ surface, words, surname string }{
		{"Natalia Kharitonova", "natalia kharitonova", "kharitonova"},
		{"Khalifa Sirajuddin Haqqani’s", "sirajuddin haqqani", "haqqani"},
		{"Mr. Bos", "bos", "bos"},
		{"Martin Luther King Jr.", "martin luther king", "king"},
		{"Sen. John F. Kennedy", "john f kennedy", "kennedy"},
		{"Vincent van Gogh", "vincent van gogh", "van gogh"},
		{"Juana Inés de la Cruz", "juana ines de la cruz", "de la cruz"},
		{"Mohammed bin Salman", "mohammed bin salman", "bin salman"},
		{"Kassym-Jomart Tokayev", "kassym-jomart tokayev", "tokayev"},
		{`Robert "Bob" Smith`, "robert smith", "smith"},
		{"Patrizia d’Ettorre", "patrizia d'ettorre", "d'ettorre"},
		{"Daniel Bernoulli FRS", "daniel bernoulli", "bernoulli"},
		{"John Smith III", "john smith", "smith"},
		{"King Charles III", "charles iii", "iii"},
		{"President", "president", "president"},
		{"James'", "james", "james"},
	} {
		n := parsePerson(c.surface)
		if got := strings.Join(n.words, " "); got != c.words {
			t.Errorf("%s: got words %q, want %q", c.surface, got, c.words)
		}
		if got := strings.Join(n.surname(), " "); got != c.surname {
			t.Errorf("%s: got surname %q, want %q", c.surface, got, c.surname)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		full, short string
		want        nameFit
	}{
		{"Natalia Kharitonova", "Kharitonova’s", fitFamily},
		{"Xi Jinping", "Xi", fitFamily},
		{"Kim Jong Un", "Kim", fitFamily},
		{"Hu Shih", "Hu", fitFamily},
		{"Boris Johnson", "Boris", fitGiven},
		{"Boris Johnson", "Mr. Johnson", fitFamily},
		{"Mrs. Ada Smith", "Mr. Smith", noFit},
		{"Bashar al-Assad", "Assad", fitFamily},
		{"Gabriel García Márquez", "García Márquez", fitFamily},
		{"Andrés Manuel López Obrador", "López Obrador", fitFamily},
		{"Luiz Inácio Lula da Silva", "Lula", fitMiddle},
		{"Vincent van Gogh", "Van Gogh", fitFamily},
		{"Mohammed bin Salman", "Salman", fitFamily},
		{`Robert "Bob" Smith`, "Bob", fitGiven},
		{"Omar Nessar", "Nasser", noFit},
		{"John F. Kennedy", "F", noFit},
	} {
		if got := parsePerson(c.full).fit(parsePerson(c.short)); got != c.want {
			t.Errorf("%s for %s: got fit %d, want %d", c.short, c.full, got, c.want)
		}
	}
}

func TestVariantOf(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Donald Trump", "Donald J. Trump", true},
		{"D. Trump", "Donald Trump", true},
		{"Joe Biden", "Joseph R. Biden Jr.", true},
		{"George W. Bush", "George H. W. Bush", false},
		{"Andrés López Obrador", "Andrés Manuel López Obrador", true},
		{"Kassym Jomart Tokayev", "Kassym-Jomart Tokayev", false},
		{"Melania Trump", "Donald Trump", false},
		{"John A. Smith", "John B. Smith", false},
		{"Kristen Wilkins", "Kristin Wilkins", true},
		{"Mohamed Morsi", "Mohammed Morsi", true},
		{"Paul Simon", "Paula Simon", false},
		{"Marie Curie", "Maria Curie", false},
		{"Trump", "Donald Trump", false},
		{"van Gogh", "Vincent van Gogh", false},
	} {
		for _, flip := range []bool{false, true} {
			a, b := c.a, c.b
			if flip {
				a, b = b, a
			}
			if got := parsePerson(a).variantOf(parsePerson(b)); got != c.want {
				t.Errorf("%s and %s: got %v, want %v", a, b, got, c.want)
			}
		}
	}
}

func FuzzFit(f *testing.F) {
	f.Add("Robert \"Bob\" Smith Jr.", "Mr. Smith’s")
	f.Add("\"", "''")
	f.Add("al-", "İ.")
	f.Fuzz(func(t *testing.T, full, short string) {
		a, b := parsePerson(full), parsePerson(short)
		if a.variantOf(b) != b.variantOf(a) {
			t.Errorf("%q is a variant of %q but not the other way about", full, short)
		}
		if len(b.words) == 0 && a.fit(b) != noFit {
			t.Errorf("%q fits without a word", short)
		}
	})
}

// A text of nothing but names must not trip coreference.
func TestCorefOfOddNames(t *testing.T) {
	tagger := newTagger(t, Options{})
	d := marked(t, `{P John Smith} {P "} {P ''} {P Mr.} {P Dr. } {O (} {P Smith} {L ’s}`)
	if err := tagger.coref(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := tagger.link(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for i, m := range d.mentions {
		if m.chain >= len(d.chains) || d.chains[m.chain].entity >= len(d.entities) {
			t.Errorf("mention %d has no entity", i)
		}
	}
}
