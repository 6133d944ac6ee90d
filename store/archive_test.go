package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A chain of backups restores what was there, deletions and edits included.
func TestBackupRestore(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	for i := range 300 {
		put(t, s, written(fmt.Sprint("a", i), modelStart.Add(time.Duration(i)*time.Hour), "Rahmon", "Putin"))
	}
	var full, later bytes.Buffer
	upTo, err := s.Backup(ctx, &full, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if err := s.Delete(ctx, fmt.Sprint("a", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	put(t, s, written("a200", modelStart, "Taliban"))
	put(t, s, written("new", time.Time{}, "Taliban"))
	if _, err := s.Backup(ctx, &later, upTo); err != nil {
		t.Fatal(err)
	}
	o := testOptions(t)
	report, err := Restore(ctx, o, bytes.NewReader(full.Bytes()), bytes.NewReader(later.Bytes()))
	if err != nil || report.Count != 0 || report.Articles != 201 {
		t.Fatalf("restore: got %+v, %v; want 201 articles and no problems", report, err)
	}
	r := openTest(t, o)
	for name, want := range map[string]int{"Q-Rahmon": 199, "Q-Taliban": 2} {
		if info, err := r.Info(ctx, Subject{Entity, name}); err != nil || info.Articles != want {
			t.Errorf("%s after restore: got %d articles, %v; want %d", name, info.Articles, err, want)
		}
	}
	put(t, r, written("after", modelStart, "Ghani")) // numbers go on behind those restored

	if _, err := Restore(ctx, testOptions(t), bytes.NewReader(later.Bytes())); !errors.Is(err, ErrInvalid) {
		t.Errorf("an incremental backup alone: got %v, want ErrInvalid", err)
	}
	if _, err := Restore(ctx, o, bytes.NewReader(full.Bytes())); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("restore over an archive: got %v, want ErrNotEmpty", err)
	}
	if _, err := Restore(ctx, testOptions(t), strings.NewReader("no backup at all, but long enough")); !errors.Is(err, ErrInvalid) {
		t.Errorf("a file that is no backup: got %v, want ErrInvalid", err)
	}
}

// Verify finds damage of every index, and Repair mends it.
func TestVerifyRepair(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	for i := range 400 {
		put(t, s, written(fmt.Sprint("a", i), modelStart.Add(time.Duration(i)*time.Hour), "Rahmon"))
	}
	damage := map[string]func(*batch) error{
		"a posting too many": func(b *batch) error {
			b.set(postingKey(0, s.mem.folds[0], place{time: 1, article: 7}), posting{}.row())
			return nil
		},
		"a name too many": func(b *batch) error {
			b.set(nameTable.ofString("ghost"), []byte{0, 0, 0, 1})
			return nil
		},
		"a block gone": func(b *batch) error {
			var first []byte
			b.base.keys(span{prefix: blockTable.all()}, func(key []byte) bool {
				first = bytes.Clone(key)
				return false
			})
			if first == nil {
				return errors.New("nothing was folded")
			}
			b.del(first)
			return nil
		},
	}
	for what, do := range damage {
		if err := s.submit(ctx, 0, do); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if report, err := s.Verify(ctx); err != nil || report.Count == 0 {
			t.Errorf("%s: verify found %+v, %v; want a problem", what, report, err)
		}
		if report, err := s.Repair(ctx); err != nil || report.Count != 0 {
			t.Errorf("%s: repair left %+v, %v", what, report, err)
		}
	}
}

// A second opener, a file in place of the folder, and somebody else's folder.
func TestOpenErrors(t *testing.T) {
	o := testOptions(t)
	s := openTest(t, o)
	if _, err := Open(o); !errors.Is(err, ErrLocked) {
		t.Errorf("a second opener: got %v, want ErrLocked", err)
	}
	put(t, s, written("a", modelStart, "Rahmon"))
	if st := s.Stats(); st.Articles != 1 || st.DiskBytes == 0 {
		t.Errorf("stats: got %+v, want an article and some bytes of disk", st)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Dir(file)} {
		if _, err := Open(Options{Dir: dir}); !errors.Is(err, ErrUnusable) {
			t.Errorf("%s: got %v, want ErrUnusable", dir, err)
		}
	}
	if _, err := Open(Options{}); !errors.Is(err, ErrInvalid) {
		t.Errorf("no folder: got %v, want ErrInvalid", err)
	}
}

// Every kind of bad input is refused with field, got and want.
func TestBadInput(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	for i := range 3 {
		put(t, s, written(fmt.Sprint("a", i), modelStart, "Rahmon"))
	}
	page, err := s.List(ctx, ListQuery{PageSize: 1})
	if err != nil || page.NextToken == "" || page.Total != 3 {
		t.Fatalf("first page: got %+v, %v", page, err)
	}
	putAs := func(change func(*PutRequest)) func() error {
		return func() error {
			r := written("bad", modelStart, "Rahmon")
			change(&r)
			_, err := s.Put(ctx, r)
			return err
		}
	}
	rahmon := EntitySubject("Q-Rahmon")
	for what, test := range map[string]struct {
		kind  error
		field string
		do    func() error
	}{
		"no name":           {ErrInvalid, "article.name", putAs(func(r *PutRequest) { r.Article.Name = "" })},
		"control character": {ErrInvalid, "article.name", putAs(func(r *PutRequest) { r.Article.Name = "a\x00b" })},
		"invalid UTF-8":     {ErrInvalid, "article.title", putAs(func(r *PutRequest) { r.Article.Title = "\xff" })},
		"a body too long":   {ErrInvalid, "article.body", putAs(func(r *PutRequest) { r.Article.Body = strings.Repeat("x", MaxBody+1) })},
		"no result":         {ErrInvalid, "result", putAs(func(r *PutRequest) { r.Result = nil })},
		"a span outside":    {ErrInvalid, "result.mentions[0]", putAs(func(r *PutRequest) { r.Result.Mentions[0].Span.End = 1 << 20 })},
		"time without one":  {ErrInvalid, "article.publish_time", putAs(func(r *PutRequest) { r.Article.TimeOrigin = MissingTime })},
		"token of another query": {ErrBadPage, "page_token", func() error {
			_, err := s.List(ctx, ListQuery{PageSize: 1, PageToken: page.NextToken, OldestFirst: true})
			return err
		}},
		"no token at all": {ErrBadPage, "page_token", func() error {
			_, err := s.Search(ctx, SearchQuery{PageToken: "!"})
			return err
		}},
		"page size": {ErrInvalid, "page_size", func() error {
			_, err := s.List(ctx, ListQuery{PageSize: MaxPage + 1})
			return err
		}},
		"range backwards": {ErrBadRange, "end_time", func() error {
			_, err := s.Timeline(ctx, TimelineQuery{Filter: Filter{From: modelStart, To: modelStart.Add(-1)}})
			return err
		}},
		"too many buckets": {ErrBadRange, "bucket_size", func() error {
			_, err := s.Timeline(ctx, TimelineQuery{Size: ByHour, Filter: Filter{From: modelStart.AddDate(-1000, 0, 0), To: modelStart}})
			return err
		}},
		"salience": {ErrInvalid, "filter.salience", func() error {
			_, err := s.List(ctx, ListQuery{Subject: rahmon, Filter: Filter{MinSalience: 2}})
			return err
		}},
		"unknown subject": {ErrNotFound, "subject", func() error {
			_, err := s.Related(ctx, RelatedQuery{Subject: EntitySubject("Q-nobody")})
			return err
		}},
		"unknown job": {ErrNotFound, "retag_job", func() error {
			_, err := s.Pause(ctx, "77")
			return err
		}},
		"watch token": {ErrBadPage, "resume_token", func() error {
			return s.Watch(ctx, nil, "nonsense", func(Event) error { return nil })
		}},
		"revision of the future": {ErrInvalid, "since", func() error {
			_, err := s.Backup(ctx, &bytes.Buffer{}, 1<<40)
			return err
		}},
	} {
		err := test.do()
		var e *Error
		if !errors.Is(err, test.kind) || !errors.As(err, &e) || e.Field != test.field || e.Want == "" {
			t.Errorf("%s: got %v, want %v of %s", what, err, test.kind, test.field)
		}
	}
}

// A watcher sees every change once and in order, also when it stops at any
// event and goes on from its token, while others publish.
func TestWatch(t *testing.T) {
	s := openTest(t, testOptions(t))
	const articles = 200
	var publishing sync.WaitGroup
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	subjects := []Subject{EntitySubject("Q-Rahmon"), EntitySubject("Q-Putin")}
	put(t, s, written("first", modelStart, "Rahmon"))
	token := fmt.Sprintf("%x-0-0-%x", s.mem.revision+1, time.Now().Unix())
	for p := range 4 {
		publishing.Go(func() {
			for i := p; i < articles; i += 4 {
				put(t, s, written(fmt.Sprint("a", i), modelStart, "Rahmon", "Putin"))
			}
		})
	}
	errStop := errors.New("stop")
	got := map[string]int{}
	for n := 0; n < 2*articles; {
		stopAfter := 1 + n%7
		err := s.Watch(ctx, subjects, token, func(e Event) error {
			got[e.Name+" "+e.Subject.ID]++
			token = e.Token
			if n++; stopAfter == 1 || n == 2*articles {
				return errStop
			}
			stopAfter--
			return nil
		})
		if !errors.Is(err, errStop) {
			t.Fatal(err)
		}
	}
	publishing.Wait()
	for what, n := range got {
		if n != 1 {
			t.Errorf("%s: seen %d times", what, n)
		}
	}
	if len(got) != 2*articles {
		t.Errorf("got %d events, want %d", len(got), 2*articles)
	}
}

// Search ranks by how much the archive speaks of a subject and finds it by any
// word of its name, whatever its case and marks.
func TestSearch(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	for i, name := range []string{"Recep Tayyip Erdoğan", "Emomali Rahmon", "Emomali Rahmon", "Rahmonov"} {
		put(t, s, written(fmt.Sprint("a", i), modelStart, name))
	}
	for prefix, want := range map[string]string{
		"erdogan": "Recep Tayyip Erdoğan", "ERDOĞ": "Recep Tayyip Erdoğan", "tayyip e": "Recep Tayyip Erdoğan",
		"rahmon": "Emomali Rahmon, Rahmonov", "hmon": "", "": "Emomali Rahmon, Recep Tayyip Erdoğan, Rahmonov",
	} {
		var got []string
		q := SearchQuery{Prefix: prefix, PageSize: 1}
		for more := true; more; more = q.PageToken != "" {
			page, err := s.Search(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, info := range page.Subjects {
				got = append(got, info.Name)
			}
			q.PageToken = page.NextToken
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("search %q: got %v, want %s", prefix, got, want)
		}
	}
}

// List and count are of one snapshot, and related subjects of the same, while
// others publish, edit and delete; in the end every index is right.
func TestConcurrent(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, testOptions(t))
	var publishing, asking sync.WaitGroup
	done := make(chan struct{})
	for p := range 6 {
		publishing.Go(func() {
			r := rand.New(rand.NewPCG(5, uint64(p)))
			for range 60 {
				name := fmt.Sprint("a", r.IntN(80))
				if r.IntN(5) == 0 {
					if err := s.Delete(ctx, name, ""); err != nil && !errors.Is(err, ErrNotFound) {
						t.Error(err)
					}
					continue
				}
				at := modelStart.Add(time.Duration(r.IntN(1000)) * time.Hour)
				put(t, s, written(name, at, "Rahmon", pick(r, modelEntities[2:])))
			}
		})
	}
	for range 2 {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					askAll(t, s, EntitySubject("Q-Rahmon"))
				}
			}
		})
	}
	publishing.Wait()
	close(done)
	asking.Wait()
	if report, err := s.Verify(ctx); err != nil || report.Count > 0 {
		t.Errorf("verify: got %+v, %v", report, err)
	}
}

// askAll asks in several ways how many articles a subject stands in.
func askAll(t *testing.T, s *Store, sub Subject) {
	page, err := s.List(context.Background(), ListQuery{Subject: sub, PageSize: MaxPage})
	if err != nil {
		t.Error(err)
		return
	}
	if len(page.Records) != page.Total {
		t.Errorf("a list of %d articles says that there are %d", len(page.Records), page.Total)
	}
	for _, r := range page.Records {
		if len(r.Result.Entities) == 0 || string(r.Result.Entities[0].ID) != sub.ID {
			t.Errorf("%s is listed and is not about %s", r.Name, sub.ID)
		}
	}
	lines, err := s.Timeline(context.Background(), TimelineQuery{Subjects: []Subject{sub, {}}})
	if err != nil {
		t.Error(err)
		return
	}
	for i, b := range lines[0].Buckets { // every article is about it
		if b.Articles != b.All || lines[1].Buckets[i].Articles != b.All {
			t.Errorf("bucket %v: %d articles of %d, and %d listed", b.Start, b.Articles, b.All, lines[1].Buckets[i].Articles)
		}
	}
}

// A disk's refusals have their kinds, whatever they are wrapped in.
func TestWriteErrors(t *testing.T) {
	for err, want := range map[error]error{
		fmt.Errorf("write: %w", syscall.ENOSPC):                               ErrFull,
		&os.PathError{Op: "write", Path: "000001.vlog", Err: syscall.EROFS}:   ErrReadOnly,
		&os.PathError{Op: "open", Path: "000001.vlog", Err: fs.ErrPermission}: ErrReadOnly,
	} {
		if got := writeError(err); !errors.Is(got, want) {
			t.Errorf("%v: got %v, want %v", err, got, want)
		}
	}
}
