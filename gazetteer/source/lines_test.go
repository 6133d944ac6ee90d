package source

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/dateline-news/dateline/gazetteer"
)

// numberLine parses a line that is a number; "skip" holds nothing.
func numberLine(line []byte) (int, bool, error) {
	if string(line) == "skip" {
		return 0, false, nil
	}
	n, err := strconv.Atoi(string(line))
	return n, true, err
}

// manyLines are the numbers from 1, a line each, long enough for many batches.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintln(&b, i+1)
	}
	return b.String()
}

func TestEachParsed(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		in   io.Reader
		skip int
		take func(n int) error
		want string // of the error
		bad  bool   // it is an ErrLines
		got  []int  // first and last taken, and how many
	}{
		{name: "all in order", in: strings.NewReader(manyLines(200_000)), got: []int{1, 200_000, 200_000}},
		{name: "the rest", in: strings.NewReader(manyLines(200_000)), skip: 150_000, got: []int{150_001, 200_000, 50_000}},
		{name: "nothing left", in: strings.NewReader(manyLines(10)), skip: 10, got: []int{0, 0, 0}},
		{name: "bad lines", in: strings.NewReader("1\n\nx\nskip\n5"), want: `line 3: strconv.Atoi: parsing "x"`, bad: true, got: []int{1, 5, 2}},
		{name: "bad entry", in: strings.NewReader("1\n2\n3\n"), take: failAt(2, gazetteer.ErrEntry), want: "line 2: bad gazetteer entry", bad: true, got: []int{1, 3, 2}},
		{name: "full disk", in: strings.NewReader(manyLines(200_000)), take: failAt(2, broken), want: "broken", got: []int{1, 1, 1}},
		{name: "many bad lines", in: strings.NewReader(strings.Repeat("x\n", 50)), want: "30 more bad lines", bad: true, got: []int{0, 0, 0}},
		{name: "unreadable", in: io.MultiReader(strings.NewReader("1\n2\n"), iotest.ErrReader(broken)), want: "after line 2: broken", got: []int{1, 2, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, last, count := 0, 0, 0
			err := eachParsed(c.in, Resume{Skip: c.skip}, numberLine, func(n int) error {
				if c.take != nil {
					if err := c.take(n); err != nil {
						return err
					}
				}
				if count++; count == 1 {
					first = n
				}
				if n < last {
					t.Errorf("%d came after %d", n, last)
				}
				last = n
				return nil
			})
			if got := fmt.Sprint(err); err != nil && !strings.Contains(got, c.want) || (err != nil) != (c.want != "") || errors.Is(err, ErrLines) != c.bad {
				t.Errorf("got %v; want %q, of bad lines %t", err, c.want, c.bad)
			}
			if got := []int{first, last, count}; !slices.Equal(got, c.got) {
				t.Errorf("got first, last, count %v, want %v", got, c.got)
			}
		})
	}
}

func failAt(n int, err error) func(int) error {
	return func(got int) error {
		if got == n {
			return err
		}
		return nil
	}
}

// What is told to be done has been taken, and a reading that goes on from there
// takes the rest, once.
func TestResume(t *testing.T) {
	const lines = 350_000
	var taken []int
	stop := errors.New("killed")
	done := 0
	err := eachParsed(strings.NewReader(manyLines(lines)), Resume{Done: func(n int) error {
		if len(taken) != n || n < done+doneEvery {
			t.Errorf("told of %d lines with %d taken, %d told before", n, len(taken), done)
		}
		if done = n; n > 200_000 {
			return stop
		}
		return nil
	}}, numberLine, func(n int) error { taken = append(taken, n); return nil })
	if !errors.Is(err, stop) {
		t.Fatalf("got %v, want the error of Done", err)
	}
	err = eachParsed(strings.NewReader(manyLines(lines)), Resume{Skip: done}, numberLine, func(n int) error { taken = append(taken, n); return nil })
	if err != nil || len(taken) != lines || !slices.IsSorted(taken) {
		t.Errorf("took %d lines in two readings, %v; want %d in order", len(taken), err, lines)
	}
}

// TestAlternates compares the file of alternate names with a map, for places
// with names in several blocks and for such without any.
func TestAlternates(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	want := map[uint32][]string{}
	var text strings.Builder
	for i := range 5000 {
		place, name := uint32(r.IntN(500))*2, fmt.Sprintf("Name %d", i)
		if r.IntN(3) == 0 {
			place = 300 // fills blocks
		}
		fmt.Fprintf(&text, "%d\t%d\ten\t%s\t\t\t\t\t\t\n", i, place, name)
		if len(want[place]) < gazetteer.MaxAliases {
			want[place] = append(want[place], name)
		}
	}
	dir := t.TempDir()
	a, err := readAlternates(strings.NewReader(text.String()), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	for place := range uint32(1100) {
		e := gazetteer.Entry{Name: "Own"}
		if err := a.addTo(&e, place); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, alias := range e.Aliases {
			got = append(got, alias.Name)
		}
		if !slices.Equal(got, want[place]) {
			t.Fatalf("place %d: got %d names %v, want %d", place, len(got), got, len(want[place]))
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("files that a killed process would leave: %v, %v", left, err)
	}
	a.file.Close()
	g := GeoNames{Places: strings.NewReader(geoRow), MinPopulation: 0}
	if _, _, err := g.row(strings.TrimSuffix(geoRow, "\n"), a); err == nil || !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v, want the error of the file", err)
	}
}

const geoRow = "300\tOwn\tOwn\t\t1\t2\tP\tPPL\tTJ\t\t01\t\t\t\t9\t\t\t\t2026-01-01\n"
