package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 1<<17) // longer than the reader's buffer
	tests := []struct {
		name, in string
		want     []string // "number:text"
	}{
		{"empty", "", nil},
		{"no newline at the end", "a\nb", []string{"1:a", "2:b"}},
		{"blank lines count", "\n \t\na\n\n", []string{"3:a"}},
		{"CRLF", "a\r\nb\r\n", []string{"1:a", "2:b"}},
		{"long", long + "\nb\n", []string{"1:" + long, "2:b"}},
		{"too long", strings.Repeat("x", maxLine) + "\nb", []string{
			fmt.Sprintf("1:line too long: got %d bytes, want at most %d", maxLine+1, maxLine), "2:b",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for l, err := range lines(strings.NewReader(test.in)) {
				switch {
				case err != nil:
					t.Fatal(err)
				case l.err != nil:
					got = append(got, fmt.Sprintf("%d:%v", l.number, l.err))
				default:
					got = append(got, fmt.Sprintf("%d:%s", l.number, l.text))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %.200q, want %.200q", got, test.want)
			}
		})
	}
}

func TestLinesTellsOfABrokenReader(t *testing.T) {
	boom := errors.New("boom")
	in := io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(boom))
	var got []string
	var last error
	for l, err := range lines(in) {
		if last = err; err == nil {
			got = append(got, string(l.text))
		}
	}
	if !slices.Equal(got, []string{"a"}) || !errors.Is(last, boom) {
		t.Errorf("got lines %q and error %v, want line a and %v", got, last, boom)
	}
}
