package benchmark

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/vellum"
	ahocorasick "github.com/petar-dambovaliev/aho-corasick"

	"github.com/dateline-news/dateline/gazetteer"
)

var (
	nameCount = flag.Int("names", 200_000, "how many synthetic names")
	nameShare = flag.Int("share", 8, "how many of 100 tokens start a name on purpose; news has four for the embedded gazetteer")
	keepIn    = flag.String("keep", "", "`folder` of the indexes, which later runs with as many names find there; making them of ten million takes minutes")
	libraries = flag.String("libraries", "ours,vellum,vellum-folding,aho-corasick", "what to measure")
)

// corpus is a set of synthetic names and a text that holds some of them. The
// words are made of syllables, 60 thousand of them, drawn by Zipf's law as those
// of English are; one token in seven has a capital. The words with capitals that
// are no names on purpose often are some by chance: single words are.
type corpus struct {
	names  []string
	text   string
	tokens int
}

func newCorpus(names, tokens int) corpus {
	r := rand.New(rand.NewPCG(1, 2))
	words := vocabulary(r, 60_000)
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(words)-1))
	capital := func(w string) string { return strings.ToUpper(w[:1]) + w[1:] }
	seen := make(map[string]bool, names)
	var c corpus
	for len(c.names) < names {
		parts := make([]string, 1+r.IntN(3))
		for i := range parts {
			parts[i] = capital(words[r.IntN(len(words))])
		}
		if n := strings.Join(parts, " "); !seen[n] {
			seen[n] = true
			c.names = append(c.names, n)
		}
	}
	var text strings.Builder
	for c.tokens < tokens {
		switch k := r.IntN(100); {
		case k < *nameShare:
			n := c.names[r.IntN(len(c.names))]
			text.WriteString(n)
			c.tokens += strings.Count(n, " ")
		case k < *nameShare+6:
			text.WriteString(capital(words[zipf.Uint64()]))
		default:
			text.WriteString(words[zipf.Uint64()])
		}
		text.WriteByte(' ')
		c.tokens++
	}
	c.text = text.String()
	return c
}

func vocabulary(r *rand.Rand, n int) []string {
	const consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
	seen := make(map[string]bool)
	var words []string
	for len(words) < n {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteByte(consonants[r.IntN(len(consonants))])
			b.WriteByte(vowels[r.IntN(len(vowels))])
		}
		if w := b.String(); !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// BenchmarkNames finds the names of one corpus with each library in turn, so
// that their ratios hold on a busy machine. Bytes per name are of the index on
// disk, for Aho-Corasick not known.
func BenchmarkNames(b *testing.B) {
	c := newCorpus(*nameCount, 200_000)
	for _, lib := range []struct {
		name  string
		bench func(*testing.B, corpus)
	}{{"ours", ours}, {"vellum", fst(false)}, {"vellum-folding", fst(true)}, {"aho-corasick", automaton}} {
		if slices.Contains(strings.Split(*libraries, ","), lib.name) {
			b.Run(fmt.Sprintf("%s/%d", lib.name, len(c.names)), func(b *testing.B) { lib.bench(b, c) })
		}
	}
}

// cpu is the processor time that the process has used. On a busy machine it
// tells more than the clock.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// report adds what a token cost since start and how many names were found.
func report(b *testing.B, c corpus, start time.Duration, found int, bytes int64) {
	b.ReportMetric(float64((cpu()-start).Nanoseconds())/float64(b.N)/float64(c.tokens), "cpu-ns/token")
	b.ReportMetric(float64(found), "names")
	if bytes > 0 {
		b.ReportMetric(float64(bytes)/float64(len(c.names)), "bytes/name")
	}
}

// kept is the path of an index file of the names, which create writes unless an
// earlier run has.
func kept(b *testing.B, c corpus, kind string, create func(io.Writer) error) string {
	folder := *keepIn
	if folder == "" {
		folder = b.TempDir()
	} else if err := os.MkdirAll(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(folder, fmt.Sprintf("%s-%d", kind, len(c.names)))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	f, err := os.Create(path + ".partial")
	if err == nil {
		err = errors.Join(create(f), f.Close())
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// writeOurs writes an index of places that bear the names.
func writeOurs(names []string) func(io.Writer) error {
	return func(w io.Writer) error {
		var builder gazetteer.Builder
		for i, n := range names {
			err := builder.Add(gazetteer.Entry{ID: gazetteer.ID(fmt.Sprint("x:", i)), Type: gazetteer.Place, Kind: "city", Name: n})
			if err != nil {
				return err
			}
		}
		_, err := builder.WriteTo(w)
		return err
	}
}

// ours also measures opening the file, and an edit from request to live.
func ours(b *testing.B, c corpus) {
	path := kept(b, c, "ours", writeOurs(c.names))
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	g, err := gazetteer.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	opened := time.Since(start)
	start = time.Now()
	edited, err := g.WithEdits(gazetteer.Edits{Revision: 1, Entries: []gazetteer.Entry{{ID: "my:1", Type: gazetteer.Place, Name: "Edited"}}})
	if err != nil || len(edited.Match(nil, "in Edited")) != 1 {
		b.Fatal("the edit is not live:", err)
	}
	live := time.Since(start)
	matches := make([]gazetteer.Match, 0, c.tokens)
	b.ReportAllocs()
	runtime.GC()
	began := cpu()
	for b.Loop() {
		matches = g.Match(matches[:0], c.text)
	}
	report(b, c, began, len(matches), info.Size())
	b.ReportMetric(float64(g.MatchingBytes())/float64(len(c.names)), "matching-bytes/name")
	b.ReportMetric(float64(opened.Microseconds())/1000, "ms-open")
	b.ReportMetric(float64(live.Microseconds())/1000, "ms-edit")
}

// fst asks vellum for the beginnings of up to three words at each capitalized
// word, with one reader reused. It is charged for finding the spaces only, or
// also for folding, the cheapest that there is: ours reads any UTF-8 and tells
// words, marks, initials and possessives apart in the time it is given.
func fst(folding bool) func(*testing.B, corpus) {
	return func(b *testing.B, c corpus) {
		reader, size := newFST(b, c)
		text := asciiLower(nil, c.text)
		found := 0
		b.ReportAllocs()
		runtime.GC()
		began := cpu()
		for b.Loop() {
			found = 0
			if folding {
				text = asciiLower(text[:0], c.text)
			}
			for at := 0; at < len(text); at += bytes.IndexByte(text[at:], ' ') + 1 {
				if isCapital(c.text[at]) && longestFST(reader, text[at:]) > 0 {
					found++
				}
			}
		}
		report(b, c, began, found, size)
	}
}

// newFST is a reader of the folded names, and the size of their transducer.
func newFST(b *testing.B, c corpus) (*vellum.Reader, int64) {
	file, err := os.ReadFile(kept(b, c, "vellum", writeFST(c.names)))
	if err != nil {
		b.Fatal(err)
	}
	t, err := vellum.Load(file)
	if err != nil {
		b.Fatal(err)
	}
	reader, err := t.Reader()
	if err != nil {
		b.Fatal(err)
	}
	return reader, int64(len(file))
}

// writeFST writes a transducer of the folded names.
func writeFST(names []string) func(io.Writer) error {
	return func(w io.Writer) error {
		folded := make([]string, len(names))
		for i, n := range names {
			folded[i] = gazetteer.Fold(n)
		}
		slices.Sort(folded)
		builder, err := vellum.New(w, nil)
		if err != nil {
			return err
		}
		for i, n := range slices.Compact(folded) {
			if err := builder.Insert([]byte(n), uint64(i)); err != nil {
				return err
			}
		}
		return builder.Close()
	}
}

// asciiLower appends s in small letters.
func asciiLower(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if isCapital(c) {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

func isCapital(b byte) bool { return b >= 'A' && b <= 'Z' }

// longestFST is the length of the longest name of up to three words that text
// starts with.
func longestFST(reader *vellum.Reader, text []byte) (longest int) {
	end := 0
	for range 3 {
		next := bytes.IndexByte(text[end:], ' ')
		if next < 0 {
			break
		}
		end += next
		if _, ok, err := reader.Get(text[:end]); err == nil && ok {
			longest = end
		}
		end++
	}
	return longest
}

// automaton is an Aho-Corasick library on the folded text, whole words left to
// the caller.
func automaton(b *testing.B, c corpus) {
	names := make([]string, len(c.names))
	for i, n := range c.names {
		names[i] = " " + gazetteer.Fold(n) + " "
	}
	builder := ahocorasick.NewAhoCorasickBuilder(ahocorasick.Opts{MatchKind: ahocorasick.LeftMostLongestMatch, DFA: false})
	ac := builder.Build(names)
	text := " " + gazetteer.Fold(c.text) + " "
	found := 0
	b.ReportAllocs()
	runtime.GC()
	began := cpu()
	for b.Loop() {
		found = 0
		it := ac.Iter(text)
		for m := it.Next(); m != nil; m = it.Next() {
			if isCapital(c.text[m.Start()]) { // the text is one space longer than c.text
				found++
			}
		}
	}
	report(b, c, began, found, 0)
}
