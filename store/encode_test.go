package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger"
)

// filled sets every exported field of a value, however deep, to something
// other than zero, so that a field forgotten in encode.go is missed.
func filled(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.UnixMicro(int64(*n) * 1_000_003).UTC()))
			return
		}
		for i := range v.NumField() {
			filled(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			filled(v.Index(i), n)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(*n) / 128)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Int:
		v.SetInt(int64(*n))
	}
}

func TestRoundTrip(t *testing.T) {
	n := 0
	var result tagger.Result
	filled(reflect.ValueOf(&result).Elem(), &n)
	gotResult, err := decodeTags(encodeTags(&result), result.Versions)
	check(t, "result", &result, gotResult, err)

	var article Article
	filled(reflect.ValueOf(&article).Elem(), &n)
	gotArticle, err := decodeArticle(encodeArticle(article))
	gotArticle.Name, gotArticle.PublishTime = article.Name, article.PublishTime // stand in the head
	check(t, "article", article, gotArticle, err)

	var correction Correction
	filled(reflect.ValueOf(&correction).Elem(), &n)
	gotCorrection, withdrawn, err := decodeCorrection(correction.ID, encodeCorrection(correction, true))
	check(t, "correction", correction, gotCorrection, err)
	if !withdrawn {
		t.Error("a correction taken back is in force again")
	}

	j := job{number: 7, checkpoint: 3, end: 9}
	filled(reflect.ValueOf(&j.Job).Elem(), &n)
	j.ID = "7"
	gotJob, err := decodeJob(7, encodeJob(&j))
	check(t, "job", &j, gotJob, err, cmp.AllowUnexported(job{}))
}

func check(t *testing.T, what string, want, got any, err error, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" || err != nil {
		t.Errorf("%s, written and read (-want +got): %v\n%s", what, err, diff)
	}
}

// FuzzReadBlock reads damaged blocks without harm, and what it could read it
// writes and reads again.
func FuzzReadBlock(f *testing.F) {
	f.Add(appendBlock(nil, []posting{{place: place{undated, 1}, story: 1}, {place: place{-5, 9}, story: 2, mentions: 3, salience: 4, flags: about}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := readBlock(nil, b)
		if err != nil {
			return
		}
		again, err := readBlock(nil, appendBlock(nil, list))
		if err != nil || !slices.Equal(list, again) {
			t.Errorf("got %v, %v; want %v", again, err, list)
		}
	})
}

// Keys sort as what they hold, and no key leaks into another's range.
func TestKeys(t *testing.T) {
	var keys [][]byte
	for _, s := range []string{"", "\x00", "\x00\x00", "\x01", "Q1", "Q1\x00", "Q11", "Q2", "é"} {
		keys = append(keys, nameTable.ofString(s))
	}
	for _, p := range []place{{undated, 7}, {-1, 0}, {0, 0}, {0, 1}, {1, 0}, {1 << 40, 1<<32 - 1}} {
		keys = append(keys, postingKey(5, 1, p))
		if got := placeOf(postingKey(5, 1, p)); got != p {
			t.Errorf("place %v: read back as %v", p, got)
		}
	}
	for i := range keys[1:] {
		if slices.Compare(keys[i], keys[i+1]) >= 0 {
			t.Errorf("key %q does not sort before %q", keys[i], keys[i+1])
		}
		if slices.Equal(keys[i], keys[i+1][:min(len(keys[i]), len(keys[i+1]))]) {
			t.Errorf("key %q is a prefix of %q", keys[i], keys[i+1])
		}
	}
}
