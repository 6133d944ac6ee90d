package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

// TestReadOnlyDisk has a file system become read-only under a serving archive,
// as ext4 does after an error. Linux does so in no other way while files are
// open for writing, and lets writes through again only after the disk was
// unmounted: reads go on until then, writes are refused, the server stops when
// it is told to, and after a restart all that was acknowledged is there.
func TestReadOnlyDisk(t *testing.T) {
	d := newLoopDisk(t)
	acked := &ledger{}
	p, conn := startAndDial(t, filepath.Join(d.dir, "archive"))
	articles := datelinev1.NewArticleServiceClient(conn)
	publish := func(i int) error {
		a := crashArticle(0, i)
		_, err := articles.PublishArticle(context.Background(), &datelinev1.PublishArticleRequest{Article: a})
		if err == nil {
			acked.add(a.Name)
		}
		return err
	}
	for i := range 50 {
		if err := publish(i); err != nil {
			t.Fatal(err)
		}
	}
	d.fail(t)
	for i := range 10 {
		if err := publish(50 + i); status.Code(err) != codes.Unavailable || !strings.Contains(err.Error(), "read-only") {
			t.Fatalf("publishing on a read-only disk: got %v, want Unavailable that says so", err)
		}
	}
	if got := exportAll(t, conn); len(got) != acked.len() {
		t.Errorf("reading meanwhile: got %d articles, want %d", len(got), acked.len())
	}
	if err := p.stop(); err == nil {
		t.Error("the server says nothing of the disk when it stops")
	}
	d.mend(t)
	checkSurvivors(t, filepath.Join(d.dir, "archive"), acked)
}

// loopDisk is an ext4 file system in a file.
type loopDisk struct{ image, dir string }

func newLoopDisk(t *testing.T) loopDisk {
	d := loopDisk{filepath.Join(t.TempDir(), "image"), t.TempDir()}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, 1<<30); err != nil { // little of it is ever written
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", d.image).CombinedOutput(); err != nil {
		t.Skipf("needs mkfs.ext4: %v %s", err, out)
	}
	if out, err := d.mount(); err != nil {
		t.Skipf("needs a disk of its own, which only root may mount: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
			t.Errorf("%v %s", err, out)
		}
	})
	return d
}

func (d loopDisk) mount() (string, error) {
	out, err := exec.Command("mount", "-o", "loop,errors=remount-ro", d.image, d.dir).CombinedOutput()
	return string(out), err
}

// fail has the file system meet an error.
func (d loopDisk) fail(t *testing.T) {
	device, err := exec.Command("findmnt", "-n", "-o", "SOURCE", d.dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(strings.TrimSpace(string(device)))
	if err := os.WriteFile("/sys/fs/ext4/"+name+"/trigger_fs_error", []byte("test"), 0); err != nil {
		t.Fatal(err)
	}
}

// mend mounts it anew.
func (d loopDisk) mend(t *testing.T) {
	if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if out, err := d.mount(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
}
