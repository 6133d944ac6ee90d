package gazetteer

import (
	"slices"
	"testing"
)

func TestOfficeHolders(t *testing.T) {
	office := []Role{{Title: "President", From: day("2010-08-07")}}
	g := testGazetteer(t,
		Entry{ID: "Q1", Type: Person, Name: "Juan Manuel Santos", Prior: 0.5, Roles: office},
		Entry{ID: "Q2", Type: Person, Name: "Santos Cruz", Prior: 0.5},                      // no office
		Entry{ID: "Q3", Type: Person, Name: "Boaventura Santos", Prior: 0.2, Roles: office}, // little known
		Entry{ID: "Q4", Type: Person, Name: "Li Qiang", Prior: 0.5, Roles: office},
	)
	edited, err := g.WithEdits(Edits{
		Entries: []Entry{{ID: "Q5", Type: Person, Name: "José Santos", Prior: 0.4, Roles: office}},
		Deleted: []ID{"Q4"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		g    *Gazetteer
		word string
		want []ID
	}{
		{g, "Santos", []ID{"Q1"}},
		{g, "manuel", nil},
		{g, "LI", []ID{"Q4"}},
		{edited, "Santos", []ID{"Q1", "Q5"}},
		{edited, "Jose", []ID{"Q5"}},
		{edited, "Li", nil},
	} {
		var got []ID
		for _, r := range c.g.OfficeHolders(nil, c.word) {
			got = append(got, c.g.Head(r).ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.word, got, c.want)
		}
	}
}
