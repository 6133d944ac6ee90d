package recognizer

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// small are parameters of no weight.
func small() Params {
	p := Params{Rows: make([]uint64, RowCount), Scale: 0.01, Calibration: Uncalibrated(), Lexicon: NewLexicon(3)}
	for i := range p.Rows {
		p.Rows[i] = zeroRow
	}
	p.Transitions.Forbid()
	return p
}

func TestParseRefuses(t *testing.T) {
	good := small()
	file := good.encode()
	if _, err := parse(file); err != nil {
		t.Fatalf("a good file: %v", err)
	}
	broken := small()
	broken.Scale = float32(math.NaN())
	full := small()
	for i := range full.Lexicon.slots {
		full.Lexicon.slots[i] = 1
	}
	change := func(at int, to byte) []byte {
		b := bytes.Clone(file)
		b[at] = to
		return b
	}
	for _, tt := range []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "0 bytes"},
		{"other magic", change(0, 'x'), "starts with"},
		{"other version", change(15, 9), "starts with"},
		{"other size of table", change(16, 3), "2^3 rows"},
		{"lexicon no power of two", change(20, 3), "3 slots"},
		{"cut short", file[:len(file)-1], "bytes, want"},
		{"one bit flipped", change(len(file)/2, file[len(file)/2]^1), "checksum"},
		{"no number", broken.encode(), "out of range"},
		{"full lexicon", full.encode(), "empty slot"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parse(tt.file); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

// FuzzDecode: any bytes are refused or make a model, never a crash.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(fileMagic))
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00\x01\x00\x00"))
	z, err := zstd.NewWriter(nil)
	if err != nil {
		f.Fatal(err)
	}
	p := small()
	f.Add(z.EncodeAll(p.encode()[:4096], nil))
	f.Add(z.EncodeAll(make([]byte, 1<<20), nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := Decode(b); err != nil && !errors.Is(err, ErrModel) {
			t.Fatalf("got error %v, want one that is ErrModel", err)
		}
	})
}

func TestLanes(t *testing.T) {
	var sum lanes
	var want [TagCount]int
	for n := range maxRows {
		var w [TagCount]int8
		for k := range w {
			w[k] = int8((n*37+k*91)%255 - 127)
			want[k] += int(w[k])
		}
		sum.add(Row(w))
	}
	got := sum.emission(maxRows, 1)
	for k := range want {
		if got[k] != float32(want[k]) {
			t.Errorf("lane %d: sum %g, want %d", k, got[k], want[k])
		}
	}
}

func TestLexicon(t *testing.T) {
	x := NewLexicon(2)
	want := Lexeme{Clusters: [4]uint16{64, 256, 1024, 4096}, Names: NameGiven | NameInner}
	x.Put("Kabul", want)
	x.Put("Rahmon", Lexeme{Names: NameFamily})
	if got := x.Find("KABUL"); got != want {
		t.Errorf("KABUL: got %+v, want %+v", got, want)
	}
	if got := x.Find("rahmon"); got != (Lexeme{Names: NameFamily}) {
		t.Errorf("rahmon: got %+v", got)
	}
	if got := x.Find("Dushanbe"); got != (Lexeme{}) {
		t.Errorf("a word that was not put: got %+v", got)
	}
}

func TestReadForm(t *testing.T) {
	x := NewLexicon(1)
	for _, tt := range []struct {
		word  string
		shout bool
		want  class
	}{
		{"market", false, lowered}, {"Kabul", false, titled}, {"A", false, capital}, {"A.", false, initial},
		{"NATO", false, upper}, {"McCain", false, mixed}, {"iPhone", false, mixed}, {"2020", false, number},
		{"—", false, mark}, {"東京", false, other}, {"Élysée", false, titled}, {"KABUL", true, shouted},
	} {
		if got := readForm(x, tt.word, tt.shout).class; got != tt.want {
			t.Errorf("%q: class %d, want %d", tt.word, got, tt.want)
		}
	}
	if readForm(x, "KABUL", true).exact != readForm(x, "Kabul", false).exact {
		t.Error("a word of a sentence in capitals is not read as if titled")
	}
	if readForm(x, "1999", false).lower != readForm(x, "2020", false).lower {
		t.Error("digits make a difference")
	}
}
