package store

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"testing"
)

// An archive that schema 1 wrote, 216 articles of 240 with some subjects
// folded, is brought up to the present one with every index right; also when
// that was interrupted before it was done.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	for _, interrupted := range []bool{false, true} {
		o := testOptions(t)
		loadSchema1(t, o)
		if interrupted {
			interruptMigration(t, o)
		}
		s := openTest(t, o)
		if report, err := s.Verify(ctx); err != nil || report.Count > 0 || report.Articles != 216 {
			t.Errorf("interrupted %t: verify got %+v, %v", interrupted, report, err)
		}
		page, err := s.List(ctx, ListQuery{Subject: EntitySubject("Q-Pinned")})
		if err != nil || page.Total != 1 || page.Records[0].Name != "a3" {
			t.Errorf("interrupted %t: the pinned entity: got %+v, %v", interrupted, page, err)
		}
		put(t, s, written("later", modelStart, "Rahmon"))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		again := openTest(t, o)
		if got := again.meta.schema; got != schema {
			t.Errorf("opened again: got schema %d, want %d", got, schema)
		}
	}
}

func loadSchema1(t *testing.T, o Options) {
	t.Helper()
	f, err := os.Open("testdata/schema1.backup.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	backup, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := loadChain(o, []io.Reader{backup}); err != nil {
		t.Fatal(err)
	}
}

// interruptMigration moves the rows and not the schema's number.
func interruptMigration(t *testing.T, o Options) {
	t.Helper()
	o, err := o.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	e, err := openEngine(o)
	if err != nil {
		t.Fatal(err)
	}
	m := &migration{engine: e, revision: e.newest(), changes: map[string]change{}}
	m.rows = e.at(m.revision)
	if err := numberFolds(m); err != nil {
		t.Fatal(err)
	}
	m.rows.discard()
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
}
