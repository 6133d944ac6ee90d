// Package scratch makes files for work that is too large for memory.
package scratch

import "os"

// File is a file that is gone when it is closed, or when the process ends,
// however it ends; on Windows, when it is closed.
type File struct{ *os.File }

// Create makes an empty file in a folder, "" for the system's of temporary files,
// for reading and writing.
func Create(dir string) (File, error) {
	f, err := os.CreateTemp(dir, "dateline-*")
	if err != nil {
		return File{}, err
	}
	_ = os.Remove(f.Name()) // an open file stays without its name; Windows refuses
	return File{f}, nil
}

// Close gives the space back. What the file held is of no use any more, so that
// there is no error to tell. It may be called again, and on the zero value.
func (f File) Close() {
	if f.File == nil {
		return
	}
	_ = f.File.Close()
	_ = os.Remove(f.Name())
}
