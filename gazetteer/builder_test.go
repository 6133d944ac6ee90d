package gazetteer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manyEntries are places, people and organizations of few words, so that names
// have many bearers and beginnings.
func manyEntries(n int) []Entry {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("North River of Council Khan the Bay Union Émile 7 Ka Lo")
	name := func() string {
		var parts []string
		for range 1 + r.IntN(4) {
			parts = append(parts, words[r.IntN(len(words))])
		}
		return strings.Join(parts, " ")
	}
	list := make([]Entry, n)
	for i := range list {
		e := Entry{ID: ID(fmt.Sprint("x:", i)), Type: Type(1 + r.IntN(3)), Kind: Kind(words[r.IntN(4)]), Name: name(), Prior: float64(r.IntN(4)) / 4, Source: words[i%5]}
		if r.IntN(2) == 0 {
			e.Point = &Point{Lat: r.Float64() * 90, Lon: r.Float64() * 180}
		}
		for range r.IntN(3) {
			e.Aliases = append(e.Aliases, Alias{name(), AliasFlags(r.IntN(4))})
		}
		if r.IntN(3) == 0 {
			e.Roles = []Role{{Title: name(), Country: "TJ", From: day("2020-01-02")}}
		}
		list[i] = e
	}
	return list
}

func build(t *testing.T, b *Builder, list []Entry) []byte {
	t.Helper()
	for _, e := range list {
		if err := b.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	n, err := b.WriteTo(&file)
	if err != nil || n != int64(file.Len()) {
		t.Fatalf("told of %d bytes of %d, %v", n, file.Len(), err)
	}
	return file.Bytes()
}

// TestBuilderOnDisk makes the same index of entries that fit into memory and of
// entries that do not, and leaves no file behind.
func TestBuilderOnDisk(t *testing.T) {
	list := manyEntries(20_000)
	want := build(t, new(Builder), list)
	dir := t.TempDir()
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	got := build(t, &Builder{Dir: dir, memory: 10_000}, list)
	if !bytes.Equal(got, want) {
		t.Errorf("sorted on disk the index has %d bytes and differs from that of %d", len(got), len(want))
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	g, err := FromBytes(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		r, ok := g.Lookup(e.ID)
		if back := g.Entry(r); !ok || back.Name != e.Name || len(back.Aliases) != len(e.Aliases) || (back.Point == nil) != (e.Point == nil) {
			t.Fatalf("got %v, %t; want %v", back, ok, e)
		}
		if len(g.Find(nil, e.Name)) == 0 {
			t.Fatalf("%q is not found", e.Name)
		}
	}
}

// Of entries with one id the first is kept, also when it has coordinates and
// the other has none.
func TestBuilderKeepsTheFirst(t *testing.T) {
	first := fullEntry()
	second := first
	second.Name, second.Point = "Other", nil
	for _, memory := range []int{0, 1} {
		b := &Builder{Dir: t.TempDir(), memory: memory}
		g, err := FromBytes(build(t, b, []Entry{first, second, second}))
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := g.Lookup(first.ID); !ok || g.Len() != 1 || g.Head(r).Name != first.Name || b.Duplicates() != 2 {
			t.Errorf("got %d entries, %d left out; want the first of three", g.Len(), b.Duplicates())
		}
	}
}

// A disk that takes nothing ends the work with an error that is not the entry's.
func TestBuilderWithoutDisk(t *testing.T) {
	b := &Builder{Dir: filepath.Join(t.TempDir(), "gone"), memory: 1}
	err := b.Add(fullEntry())
	for _, e := range testEntries() {
		err = errors.Join(err, b.Add(e))
	}
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrEntry) {
		t.Errorf("got %v, want that there is no such folder", err)
	}
	b.Close()
	b = &Builder{Dir: t.TempDir()}
	if err := b.Add(fullEntry()); err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	if _, err := b.WriteTo(failing{full}); !errors.Is(err, full) {
		t.Errorf("got %v, want the error of the file", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestTable fills tables with hashes that crowd in the last buckets, so that
// they overflow into the first, and with such as look the same under one seed.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		name  string
		mixed func(i int) uint64
	}{
		{"spread", func(int) uint64 { return r.Uint64() }},
		{"at the end", func(i int) uint64 { return ^uint64(0) - uint64(i) }},
		{"all in one bucket", func(i int) uint64 { return uint64(1)<<63 + uint64(i) }},
		{"looking the same", func(i int) uint64 { return uint64(i%300)<<60 | uint64(i%300)<<50 | uint64(i%7) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMaking(new(Builder))
			defer m.close()
			hashes := make(map[uint64]slot)
			for i := range 5000 {
				h := unmix(c.mixed(i))
				s := slotMore | slot(i&0xffff)
				hashes[h] |= s
				if err := m.takePrefix(h, s); err != nil {
					t.Fatal(err)
				}
			}
			if err := m.takePrefixes(); err != nil {
				t.Fatal(err)
			}
			var table bytes.Buffer
			if err := m.sections[secTable].writeTo(&table); err != nil {
				t.Fatal(err)
			}
			x := &index{table: table.Bytes(), buckets: uint64(table.Len() / bucketSize), seed: m.header.seed}
			for h, want := range hashes {
				if got := x.lookup(h) & (1<<fingerprintShift - 1); got != want {
					t.Fatalf("hash %x: got %x, want %x (seed %d)", h, got, want, x.seed)
				}
			}
			if c.name == "looking the same" != (x.seed > 0) {
				t.Errorf("seed %d", x.seed)
			}
		})
	}
}

// A section larger than its memory reads as it was written, its beginning
// patched.
func TestSection(t *testing.T) {
	s := section{dir: t.TempDir()}
	defer s.close()
	var want []byte
	for i := range 5 {
		piece := bytes.Repeat([]byte{byte('a' + i)}, sectionMemory/3)
		want = append(want, piece...)
		if _, err := s.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.patch([]byte("head")); err != nil {
		t.Fatal(err)
	}
	copy(want, "head")
	for range 2 {
		var got bytes.Buffer
		if err := s.writeTo(&got); err != nil || !bytes.Equal(got.Bytes(), want) || s.size != int64(len(want)) {
			t.Errorf("got %d bytes, %v; want the %d written", got.Len(), err, len(want))
		}
	}
	if s.file == nil {
		t.Error("no file was written")
	}
	var _ io.Writer = &s
}

func TestUnmix(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		if h := r.Uint64(); unmix(mix(h)) != h {
			t.Fatalf("unmix(mix(%x)) is %x", h, unmix(mix(h)))
		}
	}
}
