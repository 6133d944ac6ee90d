package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/cosnicolaou/pbzip2"
	"github.com/klauspost/compress/gzip"
	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/gazetteer/source"
)

const importHelp = `Builds an index from your own files, on top of the embedded gazetteer or, with
--bare, instead of it. Files ending in .gz and .bz2 are read compressed.

  --geonames         allCountries.txt or one country's file from geonames.org
  --alternate-names  alternateNamesV2.txt, for English names and Wikidata ids
  --wikidata         latest-all.json.gz or .bz2
  --csv              a table with a header: id, type, kind, name, aliases
                     (parted by ;), country, lat, lon, prior, source
  --jsonl            entries as 'dateline gazetteer dump' writes them

Where an id stands in two files, the first wins; the embedded gazetteer is read
first. Bad lines are reported with their numbers and left out. Files are parsed
on all cores; memory does not grow with them, what is sorted on disk needs about
twice the space of the index beside it.

An import of a dump that is interrupted goes on where it was when it is started
again with the same files: until the index is written, FILE.partial holds what
has been read.`

// importCommand is the state of one import.
type importCommand struct {
	out, geonames, alternate, wikidata, csv, jsonl string
	bare                                           bool
	minPopulation, minSitelinks                    int

	builder gazetteer.Builder
	base    *gazetteer.Gazetteer
	entries int // added, those of one id counted each
	bad     []error
	spool   *spool // what has been read of long dumps; nil before and without them
}

func newGazetteerImportCommand() *cobra.Command {
	var c importCommand
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Build an index from GeoNames, Wikidata, CSV or JSON lines",
		Long:  importHelp,
		Example: `  dateline gazetteer import --jsonl ours.jsonl -o ours.gaz
  dateline gazetteer import --geonames allCountries.txt --alternate-names alternateNamesV2.txt --min-population 500 -o world.gaz
  dateline gazetteer import --wikidata latest-all.json.bz2 --min-sitelinks 10 -o wikidata.gaz`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVarP(&c.out, "out", "o", "gazetteer.gaz", "index `FILE` to write")
	f.StringVar(&c.geonames, "geonames", "", "GeoNames `FILE` of places")
	f.StringVar(&c.alternate, "alternate-names", "", "GeoNames `FILE` of alternate names")
	f.StringVar(&c.wikidata, "wikidata", "", "Wikidata dump `FILE`")
	f.StringVar(&c.csv, "csv", "", "table `FILE`")
	f.StringVar(&c.jsonl, "jsonl", "", "`FILE` of JSON lines")
	f.BoolVar(&c.bare, "bare", false, "leave the embedded gazetteer out")
	f.IntVar(&c.minPopulation, "min-population", 0, "leave out GeoNames towns of fewer `PEOPLE`")
	f.IntVar(&c.minSitelinks, "min-sitelinks", 5, "leave out Wikidata items with fewer `LINKS` to Wikipedias")
	return cmd
}

func (c *importCommand) run(cmd *cobra.Command) (err error) {
	if c.geonames+c.wikidata+c.csv+c.jsonl == "" {
		return usagef("nothing to import: want --geonames, --wikidata, --csv or --jsonl")
	}
	if c.base, err = gazetteer.Default(); err != nil {
		return err
	}
	c.builder.Dir = filepath.Dir(c.out)
	defer c.builder.Close()
	if !c.bare {
		c.builder.Notice = c.base.Notice()
		for r := range c.base.All() {
			if err := c.add(c.base.Entry(r)); err != nil {
				return err
			}
		}
	}
	for _, step := range []struct {
		path string
		read func(io.Reader) error
	}{
		{c.jsonl, func(r io.Reader) error { return source.JSONL(r, c.add) }},
		{c.csv, func(r io.Reader) error { return source.CSV(r, c.add) }},
		{c.geonames, c.readGeoNames},
		{c.wikidata, c.readWikidata},
	} {
		if err := c.readFile(cmd, step.path, step.read); err != nil {
			return err
		}
	}
	if err := c.finish(cmd); err != nil {
		return err
	}
	if c.spool != nil {
		if err := c.spool.remove(); err != nil {
			return err
		}
	}
	if len(c.bad) > 0 {
		return fmt.Errorf("%w:\n%w", errPartial, errors.Join(c.bad...))
	}
	return nil
}

// finish writes the index.
func (c *importCommand) finish(cmd *cobra.Command) error {
	size, err := writeIndex(c.out, &c.builder)
	if err != nil {
		return err
	}
	doubles := c.builder.Duplicates()
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d entries, %d with an id seen before left out, %d bytes\n", c.out, c.entries-doubles, doubles, size)
	return err
}

func (c *importCommand) add(e gazetteer.Entry) error {
	err := c.builder.Add(e)
	if err == nil {
		c.entries++
	}
	return err
}

// spooled takes an entry of a long dump and keeps it for the case that the
// import is interrupted.
func (c *importCommand) spooled(e gazetteer.Entry) error {
	err := c.add(e)
	if err == nil {
		err = c.spool.add(&e)
	}
	return err
}

// resume is where the reading of a dump goes on. The spool is opened when the
// first dump is read, after the short files, which come before it.
func (c *importCommand) resume(file string) (r source.Resume, err error) {
	if c.spool == nil {
		of := fmt.Sprintf("%t %d %d", c.bare, c.minPopulation, c.minSitelinks)
		for _, f := range []string{c.jsonl, c.csv, c.geonames, c.alternate, c.wikidata} {
			if info, err := os.Stat(f); err == nil {
				of += fmt.Sprintf(" %q %d %d", f, info.Size(), info.ModTime().UnixNano())
			}
		}
		if c.spool, err = openSpool(c.out+".partial", of, c.add); err != nil {
			return r, err
		}
	}
	return source.Resume{
		Skip: c.spool.lines[file],
		Done: func(lines int) error { return c.spool.done(file, lines) },
	}, nil
}

func (c *importCommand) readWikidata(dump io.Reader) error {
	resume, err := c.resume(c.wikidata)
	if err != nil {
		return err
	}
	return source.Wikidata{Dump: dump, MinSitelinks: c.minSitelinks, Country: c.countryOf, Resume: resume}.Read(c.spooled)
}

// countryOf tells the ISO code of a country that the embedded gazetteer knows.
func (c *importCommand) countryOf(id gazetteer.ID) string {
	r, ok := c.base.Lookup(id)
	if !ok {
		return ""
	}
	return c.base.Head(r).Country
}

func (c *importCommand) readGeoNames(places io.Reader) error {
	resume, err := c.resume(c.geonames)
	if err != nil {
		return err
	}
	g := source.GeoNames{Places: places, MinPopulation: c.minPopulation, TempDir: c.builder.Dir, Resume: resume}
	if c.alternate == "" {
		return g.Read(c.spooled)
	}
	names, closeNames, err := openPacked(c.alternate, nil)
	if err != nil {
		return err
	}
	g.AlternateNames = names
	return errors.Join(g.Read(c.spooled), closeNames())
}

// readFile reads one file, with a bar. Its bad lines are kept for the end.
func (c *importCommand) readFile(cmd *cobra.Command, path string, read func(io.Reader) error) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	bar := newProgress(cmd, path, info.Size(), true)
	defer bar.finish()
	r, closeFile, err := openPacked(path, bar)
	if err != nil {
		return err
	}
	if err := read(r); err != nil {
		err = fmt.Errorf("%s: %w", path, err)
		if !errors.Is(err, source.ErrLines) {
			return errors.Join(err, closeFile())
		}
		c.bad = append(c.bad, err)
	}
	return closeFile()
}

// openPacked opens a file, unpacking .gz and .bz2. The bar, which may be nil,
// counts the packed bytes.
func openPacked(path string, bar *progress) (io.Reader, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	buffered := bufio.NewReaderSize(io.TeeReader(f, barWriter{bar}), 1<<20)
	switch {
	case strings.HasSuffix(path, ".gz"):
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
		}
		return z, f.Close, nil
	case strings.HasSuffix(path, ".bz2"):
		ctx, stop := context.WithCancel(context.Background())
		return pbzip2.NewReader(ctx, buffered), func() error { stop(); return f.Close() }, nil
	}
	return buffered, f.Close, nil
}

// barWriter moves a bar by what is written.
type barWriter struct{ bar *progress }

func (w barWriter) Write(p []byte) (int, error) {
	w.bar.add(int64(len(p)))
	return len(p), nil
}
