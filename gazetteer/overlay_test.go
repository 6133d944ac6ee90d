package gazetteer

import (
	"errors"
	"testing"
)

func TestEdits(t *testing.T) {
	base := testGazetteer(t)
	edited := func(e Edits) *Gazetteer {
		t.Helper()
		e.Revision = 7
		g, err := base.WithEdits(e)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	acme := Entry{ID: "my:1", Type: Organization, Kind: Company, Name: "Acme Steel", Prior: 0.3}
	renamed := testEntries()[0]
	renamed.Aliases = []Alias{{"Islamic Republic", 0}}
	capital := Entry{ID: "my:2", Type: Place, Kind: City, Name: "Nice", Prior: 0.1}
	for _, c := range []struct {
		name  string
		edits Edits
		text  string
		want  string
	}{
		{"add", Edits{Entries: []Entry{acme}}, "Acme Steel of Russia", "Acme Steel=my:1; Russia=Q159"},
		{"replace", Edits{Entries: []Entry{renamed}}, "Afghan Islamic Republic, Afghanistan", "Islamic Republic=Q889; Afghanistan=Q889"},
		{"second bearer", Edits{Entries: []Entry{capital}}, "in Nice", "Nice=gn:1+my:2"},
		{"delete", Edits{Deleted: []ID{"Q889"}}, "Afghanistan and Russia", "Russia=Q159"},
		{"block", Edits{Blocked: []string{"russia"}}, "Russia and Russian", "Russian=Q159"},
		{"shorter name shows", Edits{Blocked: []string{"Islamic State"}, Entries: []Entry{{ID: "my:3", Type: Organization, Kind: "x", Name: "Islamic"}}},
			"the Islamic State", "Islamic=my:3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := edited(c.edits)
			if got := show(g, c.text); got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
			}
			if g.Version() != base.Version()+"+7" {
				t.Errorf("version %s, want %s+7", g.Version(), base.Version())
			}
		})
	}
	if got := show(base, "Acme Steel of Afghanistan"); got != "Afghanistan=Q889" {
		t.Errorf("the base changed: %s", got)
	}
}

func TestEditsLookup(t *testing.T) {
	base := testGazetteer(t)
	e := testEntries()[0]
	e.Name = "Emirate"
	g, err := base.WithEdits(Edits{Entries: []Entry{e}, Deleted: []ID{"Q159"}})
	if err != nil {
		t.Fatal(err)
	}
	r, ok := g.Lookup("Q889")
	if !ok || g.Head(r).Name != "Emirate" || g.Entry(r).Name != "Emirate" {
		t.Errorf("the edited entry reads as %v", g.Head(r))
	}
	if _, ok := g.Lookup("Q159"); ok {
		t.Error("a deleted entry is still found by id")
	}
	if n := len(g.Find(nil, "RUSSIA")); n != 0 {
		t.Errorf("a deleted entry is still found by name: %d", n)
	}
	if n := len(g.Find(nil, "emirate")); n != 1 {
		t.Errorf("the new name has %d bearers, want 1", n)
	}
	if want := len(testEntries()) - 1; g.Len() != want {
		t.Errorf("%d entries, want %d", g.Len(), want)
	}
	n := 0
	for range g.All() {
		n++
	}
	if n != g.Len() {
		t.Errorf("All yields %d entries of %d", n, g.Len())
	}
}

func TestEditsRefused(t *testing.T) {
	base := testGazetteer(t)
	for name, e := range map[string]Edits{
		"bad entry":   {Entries: []Entry{{ID: "x"}}},
		"same twice":  {Entries: []Entry{fullEntry(), fullEntry()}},
		"empty block": {Blocked: []string{"!"}},
	} {
		if g, err := base.WithEdits(e); !errors.Is(err, ErrEntry) || g != nil {
			t.Errorf("%s: got %v, want ErrEntry and no gazetteer", name, err)
		}
	}
}
