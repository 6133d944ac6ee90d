package main

import (
	"io"
	"os"
)

// writeFile makes a file, an old one of the name being replaced, and reports
// what failed in writing or closing it.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
