package source

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/gazetteer"
)

// collect runs an importer and returns its entries as JSON lines, sorted.
func collect(t *testing.T, read func(Emit) error) ([]string, error) {
	t.Helper()
	var lines []string
	err := read(func(e gazetteer.Entry) error {
		line, err := EncodeEntry(&e)
		lines = append(lines, string(line))
		return errors.Join(err, e.Validate())
	})
	slices.Sort(lines)
	return lines, err
}

// golden compares lines with a file of testdata.
func golden(t *testing.T, name string, got []string) {
	t.Helper()
	path := "testdata/" + name
	text := strings.Join(got, "\n") + "\n"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got); UPDATE_GOLDEN=1 rewrites it:\n%s", path, diff)
	}
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestGeoNames(t *testing.T) {
	g := GeoNames{Places: open(t, "geonames.txt"), AlternateNames: open(t, "alternates.txt"), MinPopulation: 500}
	got, err := collect(t, g.Read)
	if err == nil || !strings.Contains(err.Error(), "line 7: got 2 columns, want 19") || !strings.Contains(err.Error(), `line 8: coordinates: got "north"`) {
		t.Errorf("got %v, want both bad lines by number", err)
	}
	golden(t, "geonames.golden", got)
}

func TestWikidata(t *testing.T) {
	w := Wikidata{Dump: open(t, "wikidata.json"), MinSitelinks: 2, Country: func(id gazetteer.ID) string {
		return map[gazetteer.ID]string{"Q863": "TJ", "Q159": "RU"}[id]
	}}
	got, err := collect(t, w.Read)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "wikidata.golden", got)
}

func TestWikidataErrors(t *testing.T) {
	_, err := collect(t, Wikidata{Dump: strings.NewReader("[\n{\"id\":\"Q1\",\n]\n")}.Read)
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v, want the number of the bad line", err)
	}
	stop := errors.New("enough")
	long := "[\n" + strings.Repeat(`{"type":"item","id":"Q1","labels":{"en":{"value":"A B"}},"claims":{"P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q5"}}},"rank":"normal"}]},"sitelinks":{"a":{},"b":{}}},`+"\n", 500) + "]\n"
	err = Wikidata{Dump: strings.NewReader(long), MinSitelinks: 1}.Read(func(gazetteer.Entry) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("got %v, want the error of emit", err)
	}
}

func TestFewerSitelinks(t *testing.T) {
	for line, want := range map[string]bool{
		`{"id":"Q1","sitelinks":{}}`:                                             true,
		`{"id":"Q1","sitelinks":{"a":{"site":"a"}},"pageid":1}`:                  true,
		`{"id":"Q1","sitelinks":{"a":{"site":"a"},"b":{"site":"b"}}}`:            false,
		`{"id":"Q1","sitelinks":{"a":{"title":"x {y}"}}}`:                        false, // not known without parsing
		`{"id":"Q1","sitelinks":{"a":{}},"claims":{"P31":[{}]}}`:                 false,
		`{"id":"Q1","labels":{"en":{"value":"a \"sitelinks\":{}"}},"claims":{}}`: false,
		`{"id":"Q1","sitelinks":[]}`:                                             false,
		`{"id":"Q1"`:                                                             false, // a bad line is told of
	} {
		if got := fewerSitelinks([]byte(line), 2); got != want {
			t.Errorf("%s: got %t, want %t", line, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	got, err := collect(t, func(emit Emit) error {
		return CSV(strings.NewReader("\ufeffID,name,type,aliases,country,lat,lon,prior\n"+
			"my:1,\"Acme, Steel\",organization,!ACM; =Acme ; ,pk,,,0.3\n"+
			"my:2,Nowhere,place,,,x,1,\n"+
			"my:3,Here,place,,TJ,38.5,68.8,\n"+
			"my:4,short\n"), emit)
	})
	for _, want := range []string{"line 3: lat: got \"x\", want a number", "line 5: wrong number of fields"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	golden(t, "csv.golden", got)
	for header, want := range map[string]string{"id,name": `"type" is missing`, "id,name,type,colour": `unknown column "colour"`} {
		if err := CSV(strings.NewReader(header+"\n"), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("header %s: got %v, want %s", header, err, want)
		}
	}
}

func TestJSONLRoundTrip(t *testing.T) {
	c, err := ParseCurated("x.names", strings.NewReader(curatedText))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i := range c.Entries {
		e := c.Entries[i].Entry
		e.ID = gazetteer.ID(fmt.Sprint("my:", i))
		line, err := EncodeEntry(&e)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	got, err := collect(t, func(emit Emit) error { return JSONL(strings.NewReader(strings.Join(lines, "\n")), emit) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("(-written +read again):\n%s", diff)
	}
}

func TestJSONLErrors(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":"a"`: "unexpected EOF",
		`{"id":"a","type":"PLACE","name":"A","colour":"red"}`:                              `unknown field "colour"`,
		`{"id":"a","type":"THING","name":"A"}`:                                             `type: got "THING"`,
		`{"id":"a","type":"PLACE","name":"A","lat":1}`:                                     "lat, lon: got one",
		`{"id":"a","type":"PLACE","name":"A","aliases":[{"name":"B","flags":["shouty"]}]}`: `flags: got "shouty"`,
		`{"id":"a","type":"PLACE","name":"A","roles":[{"title":"x","from":"now"}]}`:        `from: date: got "now"`,
	} {
		_, err := collect(t, func(emit Emit) error { return JSONL(strings.NewReader("\n"+line), emit) })
		if err == nil || !strings.Contains(err.Error(), "line 2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant line 2 and %s", line, err, want)
		}
	}
}
