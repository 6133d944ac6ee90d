package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// disk is what the disk under an archive says before each commit. The engine
// writes through memory maps of files longer than what is in them: where such
// a page finds no room, the system kills the process. So a commit is refused
// before that can happen, and taken again as soon as there is room.
type disk struct {
	free     int64 // bytes
	readOnly bool
}

// probe asks the system about the disk under an archive, by a file of its own.
type probe struct{ file *os.File }

func newProbe(dir string) (probe, error) {
	f, err := os.OpenFile(filepath.Join(dir, "PROBE"), os.O_RDWR|os.O_CREATE, 0o600)
	return probe{f}, err
}

// look writes a byte too: a file system that stopped taking writes after an
// error tells nobody else.
func (p probe) look() (disk, error) {
	var st syscall.Statfs_t
	if err := syscall.Fstatfs(int(p.file.Fd()), &st); err != nil {
		return disk{}, err
	}
	const readOnly = 1      // ST_RDONLY
	size := int64(st.Bsize) //nolint:unconvert // 32 bits wide on other systems
	d := disk{free: int64(st.Bavail) * size, readOnly: st.Flags&readOnly != 0}
	_, err := p.file.WriteAt([]byte{0}, 0)
	if errors.Is(err, syscall.EROFS) {
		d.readOnly, err = true, nil
	}
	return d, err
}

// takes reports, as an error of its kind, why the disk cannot take a commit.
// What is to stay free is for tables that the engine writes on its own, of what
// it has taken already.
func (d disk) takes(bytes, reserve int64) error {
	switch {
	case d.readOnly:
		return fmt.Errorf("%w: the disk is read-only", ErrReadOnly)
	case d.free-bytes < reserve:
		return fmt.Errorf("%w: %d MiB are free, %d MiB are kept for the engine's own work", ErrFull, d.free>>20, reserve>>20)
	}
	return nil
}
