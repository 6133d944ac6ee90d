package gazetteer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func fullEntry() Entry {
	return Entry{
		ID: "dl:emirate", Type: Organization, Kind: Government, Name: "Islamic Emirate of Afghanistan",
		Aliases: []Alias{{"Islamic Emirate", NeedsContext}, {"IEA", Acronym}},
		Country: "AF", Point: &Point{34.5, 69.25}, Prior: 0.5,
		Roles:   []Role{{Title: "Government", Country: "AF", From: day("2021-08-15")}, {Title: "x", From: day("1850-01-02"), To: day("2001-12-07")}},
		Parents: []ID{"Q889"},
		When: []Condition{{Alias: "IEA", OutletCountry: []string{"AF"}, OutletDomain: []string{"ariananews.af"},
			TextHas: []string{"Taliban", "Kabul"}, From: day("2021-08-15"), Weight: 3.5}},
		Source: "curated",
	}
}

func TestEntryRoundTrip(t *testing.T) {
	want := fullEntry()
	g := testGazetteer(t, append(testEntries(), want)...)
	r, ok := g.Lookup("dl:emirate")
	if !ok {
		t.Fatal("not found by id")
	}
	got := g.Entry(r)
	if got.Prior < 0.4999 || got.Prior > 0.5001 {
		t.Errorf("prior %g, want 0.5 within one part in 65535", got.Prior)
	}
	got.Prior = want.Prior
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entry changed on its way through the index (-want +got):\n%s", diff)
	}
	for _, e := range testEntries() {
		if r, ok := g.Lookup(e.ID); !ok || g.Head(r).Name != e.Name {
			t.Errorf("Lookup(%s) does not find %s", e.ID, e.Name)
		}
	}
	if _, ok := g.Lookup("Q404"); ok {
		t.Error("found an id that no entry has")
	}
}

func TestBuilderRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Entry)
		want   string
	}{
		{"no id", func(e *Entry) { e.ID = "" }, "id: got"},
		{"spaced id", func(e *Entry) { e.ID = "a b" }, "id: got"},
		{"zero in id", func(e *Entry) { e.ID = "a\x00" }, "id: got"},
		{"no type", func(e *Entry) { e.Type = NoType }, "type: got 0"},
		{"no name", func(e *Entry) { e.Name = "…" }, "name: it has no letter"},
		{"long name", func(e *Entry) { e.Name = strings.Repeat("a ", 16) }, "16 words"},
		{"long word", func(e *Entry) { e.Name = strings.Repeat("a", 65) }, "64 bytes"},
		{"bad country", func(e *Entry) { e.Country = "Afg" }, "country: got"},
		{"bad prior", func(e *Entry) { e.Prior = 2 }, "prior: got 2"},
		{"bad point", func(e *Entry) { e.Point = &Point{91, 0} }, "point: got 91"},
		{"bad alias", func(e *Entry) { e.Aliases = []Alias{{"\xff", 0}} }, "aliases"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := fullEntry()
			c.change(&e)
			err := new(Builder).Add(e)
			if !errors.Is(err, ErrEntry) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an ErrEntry that says %q", err, c.want)
			}
		})
	}
}

func indexFile(t testing.TB) []byte {
	t.Helper()
	var b Builder
	b.Notice = "where from"
	for _, e := range append(testEntries(), fullEntry()) {
		if err := b.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	b.AddWord("Rahmon", FamilyName)
	b.AddWord("Conan", GivenName)
	b.AddWord("Gen.", TitleWord)
	var file bytes.Buffer
	if _, err := b.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestSameEntriesSameBytes(t *testing.T) {
	want := indexFile(t)
	b := Builder{Notice: "where from"}
	list := append(testEntries(), fullEntry())
	for i := range list {
		if err := b.Add(list[len(list)-1-i]); err != nil {
			t.Fatal(err)
		}
	}
	b.AddWord("gen", TitleWord)
	b.AddWord("conan", GivenName)
	b.AddWord("RAHMON", FamilyName)
	var got bytes.Buffer
	if _, err := b.WriteTo(&got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got.Bytes()) {
		t.Error("the order of adding changes the file")
	}
}

func TestOpenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.gaz")
	file := indexFile(t)
	write := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(file)
	g, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Verify(); err != nil {
		t.Error(err)
	}
	if got := show(g, "in Tajikistan"); got != "Tajikistan=Q863" {
		t.Errorf("matched %q", got)
	}
	if g.Notice() != "where from" || g.Len() != len(testEntries())+1 {
		t.Errorf("notice %q, %d entries", g.Notice(), g.Len())
	}
	for word, want := range map[string]WordList{"Rahmon": FamilyName, "conan": GivenName, "GEN": TitleWord, "Kabul": 0, strings.Repeat("x", 99): 0} {
		if got := g.Word(word); got != want {
			t.Errorf("Word(%q) = %b, want %b", word, got, want)
		}
	}
}

func TestDamagedFile(t *testing.T) {
	file := indexFile(t)
	for _, c := range []struct {
		name string
		b    []byte
	}{
		{"empty", nil},
		{"another file", bytes.Repeat([]byte("GIF89a"), 100)},
		{"cut in the header", file[:100]},
		{"cut in the sections", file[:len(file)-200]},
		{"another version", func() []byte { b := bytes.Clone(file); b[8] = 9; return b }()},
		{"a bit in the header", func() []byte { b := bytes.Clone(file); b[13] ^= 1; return b }()},
	} {
		path := filepath.Join(t.TempDir(), "x.gaz")
		if err := os.WriteFile(path, c.b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want an ErrFormat that names the file", c.name, err)
		}
	}
	b := bytes.Clone(file)
	b[len(b)-300] ^= 1
	g, err := FromBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Verify(); !errors.Is(err, ErrFormat) {
		t.Errorf("a flipped bit in the content: Verify gave %v, want ErrFormat", err)
	}
}

// FuzzIndex damages a file behind its header and asks everything of it: wrong
// answers are allowed, crashes and endless loops are not.
func FuzzIndex(f *testing.F) {
	file := indexFile(f)
	f.Add(uint32(300), []byte{0xff, 0xff, 0xff, 0xff})
	f.Add(uint32(len(file)-400), bytes.Repeat([]byte{0xff}, 300))
	f.Add(uint32(headerSize), bytes.Repeat([]byte{0x7f}, 2000))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		b := bytes.Clone(file)
		copy(b[headerSize+int(at)%(len(b)-headerSize):], patch)
		g, err := FromBytes(b)
		if err != nil {
			return
		}
		for r := range g.All() {
			g.Entry(r)
		}
		g.Find(nil, "Afghanistan")
		g.Lookup("Q889")
		g.Word("Rahmon")
		for _, m := range g.Match(nil, "Islamic Emirate of Afghanistan, NATO and al-Qaeda in St. Petersburg; AT&T's Will Young") {
			for _, bearer := range g.Bearers(nil, m) {
				g.Head(bearer.Ref)
			}
			g.Lists(m)
		}
	})
}

func FuzzMatch(f *testing.F) {
	g := testGazetteer(f)
	for _, s := range []string{"Russia’s U.S.-led al-Qaeda", "\xffRussia\xe2\x80", "a.b.c.", "''s'S’s", "St. \u0301\u200bPetersburg & AT&T", "İSIS ﬁn ǅ 한국"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := -1
		for _, m := range g.Match(nil, text) {
			if m.Span.Start <= last || m.Span.Start >= m.Span.End || m.Span.End > len(text) {
				t.Fatalf("span %v after start %d in a text of %d bytes", m.Span, last, len(text))
			}
			last = m.Span.Start
			if s := m.Span.Of(text); utf8.ValidString(text) && !utf8.ValidString(s) {
				t.Fatalf("%q is cut within a rune", s)
			}
			if len(g.Bearers(nil, m)) == 0 {
				t.Fatalf("%q matched without a bearer", m.Span.Of(text))
			}
		}
	})
}

func TestMatchAllocatesNothing(t *testing.T) {
	g := testGazetteer(t)
	text := strings.Repeat("Russia’s NATO envoy met Emomalii Rahmon in Côte d'Ivoire, the U.S. said. ", 20)
	matches := make([]Match, 0, 200)
	var bearers [8]Bearer
	allocs := testing.AllocsPerRun(20, func() {
		matches = g.Match(matches[:0], text)
		for _, m := range matches {
			for _, b := range g.Bearers(bearers[:0], m) {
				g.Head(b.Ref)
			}
			g.Lists(m)
		}
	})
	if allocs != 0 || len(matches) == 0 {
		t.Errorf("%g allocations for %d matches, want none", allocs, len(matches))
	}
}

// TestManyBearers has more entries of one name than an index holds, and more
// names than one bucket.
func TestManyBearers(t *testing.T) {
	var list []Entry
	for i := range 3 * MaxBearers {
		list = append(list, Entry{ID: ID("gn:" + strings.Repeat("1", i+1)), Type: Place, Kind: City, Name: "San Antonio", Prior: float64(i) / 1000})
	}
	g := testGazetteer(t, list...)
	got := g.Bearers(nil, g.Match(nil, "in San Antonio")[0])
	if len(got) != MaxBearers {
		t.Fatalf("%d bearers, want %d", len(got), MaxBearers)
	}
	if first := g.Head(got[0].Ref); len(first.ID) != 3+3*MaxBearers {
		t.Errorf("the first bearer is %v, want the most prominent", first)
	}
}
