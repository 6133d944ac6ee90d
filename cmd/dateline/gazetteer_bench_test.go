package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

var dumpRows = flag.Int("rows", 100_000, "rows of the made dumps that are imported")

// BenchmarkGazetteerImport runs `dateline gazetteer import` on made files in the
// formats of GeoNames and Wikidata, and tells how much memory the process has
// held at most. Where that does not grow with the rows, an import is bounded:
//
//	go test ./cmd/dateline -run '^$' -bench GazetteerImport -benchtime 1x -rows 13000000
func BenchmarkGazetteerImport(b *testing.B) {
	b.Run("GeoNames", func(b *testing.B) {
		folder := b.TempDir()
		places, names := filepath.Join(folder, "allCountries.txt"), filepath.Join(folder, "alternateNamesV2.txt")
		writeGeoNames(b, places, names, *dumpRows)
		benchImport(b, folder, "--geonames", places, "--alternate-names", names)
	})
	b.Run("Wikidata", func(b *testing.B) {
		folder := b.TempDir()
		dump := filepath.Join(folder, "latest-all.json.gz")
		writeDump(b, dump, *dumpRows, benchItem)
		benchImport(b, folder, "--wikidata", dump)
	})
}

func benchImport(b *testing.B, folder string, files ...string) {
	args := append([]string{"gazetteer", "import", "--bare", "-o", filepath.Join(folder, "out.gaz")}, files...)
	most := int64(0)
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), "dateline", args...)
		if said, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, said)
		}
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			most = max(most, u.Maxrss) // kilobytes on Linux
		}
	}
	info, err := os.Stat(filepath.Join(folder, "out.gaz"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(most)/1e3, "MB-held")
	b.ReportMetric(float64(info.Size())/1e6, "MB-index")
	b.ReportMetric(float64(*dumpRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// writeGeoNames writes files like allCountries.txt and alternateNamesV2.txt.
// Half of the places are towns, most of them small, a tenth has a long list of
// names in the column that is not read, one in four is a thing that news does not
// name; a place has one alternate name on average, half of them English, and one
// in eight a Wikidata item. Places stand in no order of their numbers.
func writeGeoNames(b *testing.B, places, names string, rows int) {
	b.Helper()
	var files [2]*os.File
	var out [2]*bufio.Writer
	for i, path := range []string{places, names} {
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		files[i], out[i] = f, bufio.NewWriterSize(f, 1<<20)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range rows {
		geoRow(out[0], out[1], r, (i*7919)%rows+1)
	}
	if err := errors.Join(out[0].Flush(), out[1].Flush(), files[0].Close(), files[1].Close()); err != nil {
		b.Fatal(err)
	}
}

// geoRow writes a place and its names; errors stay with the writers.
func geoRow(places, names io.Writer, r *rand.Rand, id int) {
	kinds := [...]string{"P\tPPL", "P\tPPL", "P\tPPL", "H\tSTM", "T\tMT", "S\tSCH", "S\tFRM", "A\tADM2"}
	countries := [...]string{"AF", "TJ", "BR", "US"}
	languages := [...]string{"en", "de", "fr", "en"}
	name, others := syllables(r), ""
	if r.IntN(10) == 0 {
		others = strings.Repeat(name+",", 50)
	}
	_, _ = fmt.Fprintf(places, "%d\t%s\t%s\t%s\t%.5f\t%.5f\t%s\t%s\t\t01\t\t\t\t%d\t\t12\tEtc/UTC\t2026-01-01\n",
		id, name, name, others, r.Float64()*170-85, r.Float64()*358-179, kinds[r.IntN(len(kinds))], countries[r.IntN(len(countries))], int(math.Exp(r.ExpFloat64()*2)))
	for range r.IntN(3) {
		_, _ = fmt.Fprintf(names, "1\t%d\t%s\t%s %s\t\t\t\t\t\t\n", id, languages[r.IntN(len(languages))], syllables(r), syllables(r))
	}
	if r.IntN(8) == 0 {
		_, _ = fmt.Fprintf(names, "1\t%d\twkdt\tQ%d\t\t\t\t\t\t\n", id, 10_000_000+id)
	}
}

func syllables(r *rand.Rand) string {
	list := strings.Fields("ka ri to san el bar mo dun ga lin wes fu tor pan che lüm nañ")
	var b strings.Builder
	for range 2 + r.IntN(3) {
		b.WriteString(list[r.IntN(len(list))])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// benchItem is an item of 3 kB. One in ten is known to six Wikipedias, the
// others to one.
func benchItem(i int) string {
	claims := strings.Repeat(`{"mainsnak":{"snaktype":"value","property":"P106","datavalue":{"value":{"entity-type":"item","numeric-id":82955,"id":"Q82955"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","rank":"normal"},`, 12)
	row := strings.Replace(itemRow(i), `"claims":{`, `"claims":{"P106":[`+strings.TrimSuffix(claims, ",")+`],`, 1)
	if i%10 > 0 {
		row = strings.Replace(row, `,"b":{},"c":{},"d":{},"e":{},"f":{}`, "", 1)
	}
	return row
}
