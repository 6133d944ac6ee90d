package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
)

const gazetteerHelp = `The gazetteer holds the names that Dateline knows: who bears them, of what
type they are, where they lie. One is embedded in the binary. These commands
build it, and others from GeoNames and Wikidata dumps, CSV and JSON lines; they
check what people write in the curated files, and show what is in an index and
why a name is read as it is.`

// newGazetteerCommand holds the commands that make and examine gazetteers.
func newGazetteerCommand() *cobra.Command {
	cmd := parent("gazetteer", "Build, check and examine the names that Dateline knows",
		newGazetteerBuildCommand(),
		newGazetteerImportCommand(),
		newGazetteerCheckCommand(),
		newGazetteerDumpCommand(),
		newGazetteerDiffCommand(),
		newGazetteerExplainCommand(),
	)
	cmd.Long = gazetteerHelp
	return cmd
}

// openGazetteer opens an index file; "" is the embedded one.
func openGazetteer(path string) (*gazetteer.Gazetteer, error) {
	if path == "" {
		return gazetteer.Default()
	}
	return gazetteer.Open(path)
}

// writeIndex writes a file beside the old one and renames it over, so that a
// process which has the old one mapped goes on reading it whole. It returns the
// size uncompressed.
func writeIndex(path string, b *gazetteer.Builder) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".gazetteer-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	n, err := writeCompressed(f, b, strings.HasSuffix(path, ".zst"))
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	if err != nil {
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
	_, err = w.Write(z.EncodeAll(raw.Bytes(), nil))
	if err2 := z.Close(); err == nil {
		err = err2
	}
	return n, err
}
