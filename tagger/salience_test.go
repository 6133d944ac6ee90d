package tagger

import "testing"

// TestSalience tags an article about Kenya, sent from Mogadishu, that quotes
// an agency and names Peru in passing.
func TestSalience(t *testing.T) {
	r, err := newTestTagger(t).Tag(t.Context(), Article{
		Title: "Kenya closes its border",
		Body: `MOGADISHU, May 3 (Reuters) - Kenya closed its border with Somalia on Saturday.

Kenya said the closure would last a week. Traders were not told.

Kenyan officials met envoys of the United Nations. Kenya also bought wheat.

A similar closure in Peru lasted a year.`,
	})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, e := range r.Entities {
		at[e.Name] = i
	}
	for _, name := range []string{"Kenya", "Somalia", "Mogadishu", "Peru"} {
		if _, ok := at[name]; !ok {
			t.Fatalf("%s is no entity", name)
		}
	}
	if e := r.Entities[0]; e.Name != "Kenya" || !e.About || e.Salience < 0.9 {
		t.Errorf("first is %s with salience %.2f, about: %v", e.Name, e.Salience, e.About)
	}
	for _, name := range []string{"Mogadishu", "Peru"} {
		if e := r.Entities[at[name]]; e.About || e.Salience > 0.3 {
			t.Errorf("%s has salience %.2f, about: %v", name, e.Salience, e.About)
		}
	}
	if at["Somalia"] > at["Peru"] {
		t.Error("the country of the first sentence stands behind that of the last")
	}
}
