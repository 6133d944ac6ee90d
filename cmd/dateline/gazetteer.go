package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/gazetteer/source"
)

const gazetteerHelp = `The gazetteer holds the names that Dateline knows: who bears them, of what
type they are, where they lie. One is embedded in the binary; build your own
from the curated files, from GeoNames and Wikidata dumps, from CSV and JSON
lines, and serve it with --gazetteer FILE.`

// newGazetteerCommand holds the commands that make and examine gazetteers.
func newGazetteerCommand() *cobra.Command {
	cmd := parent("gazetteer", "Build, check and examine the names that Dateline knows",
		newGazetteerBuildCommand(),
	)
	cmd.Long = gazetteerHelp
	return cmd
}

func newGazetteerBuildCommand() *cobra.Command {
	var data, curated, out string
	cmd := &cobra.Command{
		Use:     "build",
		Short:   "Build an index file from the shared sources and the curated names",
		Example: `  dateline gazetteer build --data ../shared/gazetteer --curated gazetteer/curated -o gazetteer/default.gaz.zst`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, stats, err := source.Build(data, os.DirFS(curated))
			if err != nil {
				return err
			}
			size, err := writeIndex(out, b)
			if err != nil {
				return err
			}
			for _, d := range stats.Dropped {
				fmt.Fprintln(cmd.ErrOrStderr(), "left out:", d)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d entries, %d names, %d joined, %d bytes\n", out, stats.Entries, stats.Names, stats.Joined, size)
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/gazetteer", "folder of the shared sources")
	cmd.Flags().StringVar(&curated, "curated", "gazetteer/curated", "folder of the curated .names files")
	cmd.Flags().StringVarP(&out, "out", "o", "gazetteer.gaz", "index file to write; .zst compresses it, for embedding only")
	return cmd
}

// writeIndex writes a file beside the old one and renames it over, so that a
// process which has the old one mapped goes on reading it whole.
func writeIndex(path string, b *gazetteer.Builder) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".gazetteer-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	n, err := writeCompressed(f, b, strings.HasSuffix(path, ".zst"))
	if err != nil {
		f.Close()
		return 0, err
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return 0, err
	}
	if err := f.Close(); err != nil {
		return 0, err
	}
	return n, os.Rename(f.Name(), path)
}

// writeCompressed writes the index, compressed as hard as it goes when it is
// to be embedded, and returns its size uncompressed. It compresses in one
// piece, so that the reader learns the size beforehand.
func writeCompressed(w io.Writer, b *gazetteer.Builder, compressed bool) (int64, error) {
	if !compressed {
		return b.WriteTo(w)
	}
	var raw bytes.Buffer
	n, err := b.WriteTo(&raw)
	if err != nil {
		return 0, err
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return 0, err
	}
	defer z.Close()
	_, err = w.Write(z.EncodeAll(raw.Bytes(), nil))
	return n, err
}
