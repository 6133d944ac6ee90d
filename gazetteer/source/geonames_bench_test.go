package source

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

var geoRows = flag.Int("rows", 100_000, "rows of the synthetic GeoNames file")

// geoFile writes a file like allCountries.txt: half of its rows are towns, most
// of them small, a tenth has a long list of alternate names, and one in three
// is a thing that news does not name.
func geoFile(w io.Writer, rows int) error {
	r := rand.New(rand.NewPCG(1, 2))
	out := bufio.NewWriterSize(w, 1<<20)
	syllables := strings.Fields("ka ri to san el bar mo dun ga lin wes fu tor pan che lüm nañ")
	name := func() string {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		s := b.String()
		return strings.ToUpper(s[:1]) + s[1:]
	}
	kinds := [...]string{"P\tPPL", "P\tPPL", "P\tPPL", "H\tSTM", "T\tMT", "S\tSCH", "S\tFRM", "A\tADM2"}
	for id := range rows {
		n, others := name(), ""
		if r.IntN(10) == 0 {
			others = strings.Repeat(name()+",", 50)
		}
		population := int(math.Exp(r.ExpFloat64() * 2))
		if _, err := fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%.5f\t%.5f\t%s\t%s\t\t01\t\t\t\t%d\t\t12\tEtc/UTC\t2026-01-01\n",
			id+1, n, n, others, r.Float64()*170-85, r.Float64()*358-179, kinds[r.IntN(len(kinds))], [...]string{"AF", "TJ", "BR", "US"}[r.IntN(4)], population); err != nil {
			return err
		}
	}
	return out.Flush()
}

// BenchmarkGeoNames imports a synthetic file as `dateline gazetteer import`
// does, and tells how much memory the process has held at most. Where that does
// not grow with the rows, the import is bounded:
//
//	go test ./gazetteer/source -run '^$' -bench GeoNames -benchtime 1x -rows 2000000
func BenchmarkGeoNames(b *testing.B) {
	for b.Loop() {
		file, w := io.Pipe()
		go func() { w.CloseWithError(geoFile(w, *geoRows)) }()
		builder := gazetteer.Builder{Dir: b.TempDir()}
		start := time.Now()
		if err := (GeoNames{Places: file, TempDir: builder.Dir}).Read(builder.Add); err != nil {
			b.Fatal(err)
		}
		size, err := builder.WriteTo(io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(*geoRows)/time.Since(start).Seconds(), "rows/s")
		b.ReportMetric(float64(size)/1e6, "MB-index")
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(u.Maxrss)/1e3, "MB-memory") // kilobytes on Linux
	}
}
