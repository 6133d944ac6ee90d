package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

// progress shows a person how far a long piece of work is. It stays silent for
// a second, for what is done by then needs no bar, and altogether where nobody
// looks: a nil *progress does nothing.
type progress struct {
	w     io.Writer
	what  string
	total int64 // -1 when unknown
	bytes bool  // count bytes rather than items
	start time.Time
	done  int64
	bar   *progressbar.ProgressBar
}

// newProgress prepares a bar on standard error when that is a terminal and the
// command's results go elsewhere; else it is nil. A total of -1 is unknown.
func newProgress(cmd *cobra.Command, what string, total int64, bytes bool) *progress {
	if !isTerminal(cmd.ErrOrStderr()) || isTerminal(cmd.OutOrStdout()) {
		return nil
	}
	return &progress{w: cmd.ErrOrStderr(), what: what, total: total, bytes: bytes, start: time.Now()}
}

// add tells that n more are done.
func (p *progress) add(n int64) {
	if p == nil {
		return
	}
	p.done += n
	if p.bar == nil {
		if time.Since(p.start) < time.Second {
			return
		}
		p.bar = progressbar.NewOptions64(p.total,
			progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription(p.what),
			progressbar.OptionShowBytes(p.bytes),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetWidth(20),
			progressbar.OptionClearOnFinish(),
		)
		n = p.done
	}
	_ = p.bar.Add64(n) // it fails past the total, which is no harm
}

// finish takes the bar off the terminal.
func (p *progress) finish() {
	if p != nil && p.bar != nil {
		_ = p.bar.Finish() // of a bar: nothing is lost with it
	}
}

// progressReader adds the bytes read from a file to a bar.
type progressReader struct {
	io.Reader
	*progress
}

func (r progressReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.add(int64(n))
	return n, err
}

// fileSize is the number of bytes to be read from in, -1 where that is not
// known beforehand.
func fileSize(in io.Reader) int64 {
	f, ok := in.(*os.File)
	if !ok {
		return -1
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}
