package store

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

var (
	modelSteps = flag.Int("model.steps", 1200, "random steps of the model test")
	modelSeed  = flag.Uint64("model.seed", 1, "seed of the model test")
)

// TestModel drives an archive and a naive one in memory with the same random
// publishes, edits, deletes, corrections, retags and restarts, and asks both
// the same questions. For a longer run:
//
//	go test ./store -run TestModel -model.steps 200000 -model.seed 7 -timeout 1h
func TestModel(t *testing.T) {
	m := &model{
		t: t, opts: testOptions(t), rand: rand.New(rand.NewPCG(*modelSeed, 0)),
		articles: map[string]*Record{}, raw: map[string]*tagger.Result{}, stands: map[*Record]map[Subject]standing{},
	}
	m.opts.Tag = m.retagged
	m.s = openTest(t, m.opts)
	for step := range *modelSteps {
		m.step(step)
		if t.Failed() {
			t.Fatalf("first difference after step %d of seed %d", step, *modelSeed)
		}
	}
}

// model is the naive archive: every answer is computed from a map of articles.
type model struct {
	t        *testing.T
	s        *Store
	opts     Options
	rand     *rand.Rand
	articles map[string]*Record
	raw      map[string]*tagger.Result // before corrections
	fixes    []Correction
	stands   map[*Record]map[Subject]standing // of records asked about
	version  int
}

func (m *model) step(step int) {
	switch n := m.rand.IntN(1000); {
	case n < 600:
		m.put()
	case n < 700:
		m.delete()
	case n < 960:
		m.ask()
	case n < 975:
		m.correct()
	case n < 980:
		m.uncorrect()
	case n < 986:
		m.retag()
	case n < 995:
		m.restart()
	default:
		m.verify()
	}
}

func (m *model) restart() {
	if err := m.s.Close(); err != nil {
		m.t.Fatal(err)
	}
	m.s = openTest(m.t, m.opts)
}

// The archive of the test: few names of each thing, so that they meet.
var (
	modelEntities = strings.Fields("Rahmon Putin Taliban CSTO Kabul Dushanbe Tehran Ghani Karzai NATO Moscow IEA")
	modelTopics   = []string{"20000638", "11000000", "16000000", "20000065", "20000071"}
	modelSources  = []string{"ariananews.af", "asiaplus.tj", "tolonews.com", ""}
	modelStart    = time.Date(2026, 2, 20, 0, 0, 0, 0, time.UTC)
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (m *model) put() {
	r := m.random(fmt.Sprintf("article-%d", m.rand.IntN(600)))
	out, err := m.s.Put(context.Background(), r)
	if err != nil {
		m.t.Fatalf("put %s: %v", r.Article.Name, err)
	}
	want := Created
	if old := m.articles[r.Article.Name]; old != nil {
		want = Updated
		if cmp.Equal(old.Article, out.Record.Article) && cmp.Equal(m.raw[r.Article.Name], r.Result) {
			want = Unchanged
		}
	}
	if out.Outcome != want {
		m.t.Errorf("put %s: got outcome %d, want %d", r.Article.Name, out.Outcome, want)
	}
	m.articles[r.Article.Name], m.raw[r.Article.Name] = out.Record, r.Result
}

// random is an article with random tags, one in eight without a time.
func (m *model) random(name string) PutRequest {
	entities := slices.Clone(modelEntities)
	m.rand.Shuffle(len(entities), func(i, j int) { entities[i], entities[j] = entities[j], entities[i] })
	r := written(name, time.Time{}, entities[:m.rand.IntN(4)]...)
	if m.rand.IntN(8) > 0 {
		r.Article.PublishTime = modelStart.Add(time.Duration(m.rand.Int64N(int64(60 * 24 * time.Hour)))).Truncate(time.Microsecond)
		r.Article.TimeOrigin = pick(m.rand, []TimeOrigin{GivenTime, DerivedTime})
	} else {
		r.Article.TimeOrigin = MissingTime
	}
	r.Article.Source = pick(m.rand, modelSources)
	for i := range r.Result.Entities {
		r.Result.Entities[i].Salience = m.rand.Float32()
		r.Result.Entities[i].About = m.rand.IntN(2) == 0
	}
	if m.rand.IntN(2) == 0 {
		r.Result.Topics = []tagger.Topic{{Code: pick(m.rand, modelTopics), Score: m.rand.Float32()}}
	}
	return r
}

// retagged is the tagger of retag jobs: entities by what stands in the text,
// one in four of them left out, which changes with the version.
func (m *model) retagged(_ context.Context, a tagger.Article) (*tagger.Result, error) {
	r := &tagger.Result{Versions: tagger.Versions{Tagger: fmt.Sprint(m.version)}}
	for i, name := range modelEntities {
		at := strings.Index(a.Body, name)
		if at < 0 || (len(a.Body)+i+m.version)%4 == 0 {
			continue
		}
		r.Mentions = append(r.Mentions, tagger.Mention{Field: tagger.Body, Span: gazetteer.Span{Start: at, End: at + len(name)}, Type: tagger.PersonMention, Entity: len(r.Entities)})
		r.Entities = append(r.Entities, tagger.Entity{ID: gazetteer.ID("Q-" + name), Name: name, Type: gazetteer.Person, Linked: true, Salience: 0.5})
	}
	slices.SortFunc(r.Mentions, func(a, b tagger.Mention) int { return a.Span.Start - b.Span.Start })
	return r, nil
}

// correct makes a random decision and brings the model's records up to date.
func (m *model) correct() {
	if len(m.fixes) > 6 {
		m.uncorrect()
		return
	}
	c := Correction{Kind: CorrectionKind(1 + m.rand.IntN(3)), Name: "Pinned", Type: gazetteer.Person}
	c.Entity = gazetteer.ID("Q-" + pick(m.rand, modelEntities))
	if c.Kind == Relink {
		c.To = "Q-" + gazetteer.ID(pick(m.rand, modelEntities))
	}
	if name := fmt.Sprintf("article-%d", m.rand.IntN(600)); c.Kind == Pin || m.rand.IntN(2) == 0 {
		c.Article = name
	}
	got, err := m.s.Correct(context.Background(), c)
	if c.To == c.Entity {
		if !errors.Is(err, ErrInvalid) {
			m.t.Errorf("relink to itself: got %v, want ErrInvalid", err)
		}
		return
	}
	if c.Article != "" && m.articles[c.Article] == nil {
		if !errors.Is(err, ErrNotFound) {
			m.t.Errorf("correct %s: got %v, want ErrNotFound", c.Article, err)
		}
		return
	}
	if err != nil {
		m.t.Fatalf("correct %+v: %v", c, err)
	}
	m.fixes = append(m.fixes, got)
	m.refresh()
}

func (m *model) uncorrect() {
	if len(m.fixes) == 0 {
		return
	}
	i := m.rand.IntN(len(m.fixes))
	if err := m.s.Uncorrect(context.Background(), m.fixes[i].ID); err != nil {
		m.t.Fatal(err)
	}
	m.fixes = slices.Delete(slices.Clone(m.fixes), i, i+1)
	m.refresh()
}

// retag runs a job over everything and takes its results over.
func (m *model) retag() {
	m.version++
	job, err := m.s.Retag(context.Background(), RetagOptions{Force: true, DryRun: m.rand.IntN(4) == 0})
	if err != nil {
		m.t.Fatal(err)
	}
	err = m.s.WatchJob(context.Background(), job.ID, func(j Job) error { job = j; return nil })
	if err != nil || job.State != Succeeded || job.Done != len(m.articles) || job.Failures > 0 {
		m.t.Fatalf("retag of %d articles: got %+v, %v", len(m.articles), job, err)
	}
	if !job.Options.DryRun {
		for name, r := range m.articles {
			m.raw[name], _ = m.retagged(context.Background(), r.Article.Article)
		}
	}
	m.refresh()
}

// refresh makes the model's records from raw results and corrections, and takes
// over from the archive what only it can know: revisions and times.
func (m *model) refresh() {
	fixes := newCorrections(m.fixes)
	for name, r := range m.articles {
		got, err := m.s.Get(context.Background(), name)
		if err != nil {
			m.t.Fatal(err)
		}
		now := *r
		now.Result, now.Corrections = fixes.apply(name, m.raw[name]), fixes.of(name)
		now.Revision, now.Updated = got.Revision, got.Updated
		m.articles[name] = &now
		m.same(got)
	}
}

func (m *model) verify() {
	report, err := m.s.Verify(context.Background())
	if err != nil || report.Count > 0 || report.Articles != len(m.articles) {
		m.t.Errorf("verify of %d articles: got %+v, %v", len(m.articles), report, err)
	}
}

func (m *model) delete() {
	name := fmt.Sprintf("article-%d", m.rand.IntN(600))
	err := m.s.Delete(context.Background(), name, "")
	if _, ok := m.articles[name]; ok && err != nil || !ok && !errors.Is(err, ErrNotFound) {
		m.t.Errorf("delete %s, stored %t: got %v", name, ok, err)
	}
	delete(m.articles, name)
	delete(m.raw, name)
}

func (m *model) ask() {
	sub := EntitySubject(gazetteer.ID("Q-" + pick(m.rand, modelEntities)))
	if m.rand.IntN(4) == 0 {
		sub = TopicSubject(pick(m.rand, modelTopics))
	}
	f := m.filter()
	m.askTimeline(sub, f)
	m.askPages(sub, f)
	m.askRelated(sub, f)
	m.askGet()
}

func (m *model) filter() Filter {
	var f Filter
	if m.rand.IntN(2) == 0 {
		f.From = modelStart.Add(time.Duration(m.rand.Int64N(int64(30 * 24 * time.Hour))))
	}
	if m.rand.IntN(2) == 0 {
		f.To = modelStart.Add(30*24*time.Hour + time.Duration(m.rand.Int64N(int64(30*24*time.Hour))))
	}
	if m.rand.IntN(4) == 0 {
		f.With = append(f.With, Subject{Source, pick(m.rand, modelSources[:3])})
	}
	if m.rand.IntN(4) == 0 {
		f.With = append(f.With, EntitySubject(gazetteer.ID("Q-"+pick(m.rand, modelEntities))))
	}
	if m.rand.IntN(4) == 0 {
		f.MinSalience = m.rand.Float32()
	}
	f.AboutOnly = m.rand.IntN(4) == 0
	return f
}

// stand is how a subject stands in a record; ok is false when it does not.
func (m *model) stand(sub Subject, r *Record) (mentions int, salience uint16, isAbout, ok bool) {
	stands := m.stands[r]
	if stands == nil {
		stands = map[Subject]standing{}
		for _, n := range standings(r.Article, r.Result, m.s.opts.Taxonomy) {
			stands[n.subject.Subject] = n.standing
		}
		m.stands[r] = stands
	}
	st, ok := stands[sub]
	return int(st.mentions), st.salience, st.flags&about != 0, ok
}

// matching lists the records of a subject that pass a filter, oldest first.
func (m *model) matching(sub Subject, f Filter, bind bool) []*Record {
	var list []*Record
	for _, r := range m.articles {
		_, salience, isAbout, ok := m.stand(sub, r)
		dated := !r.PublishTime.IsZero()
		switch {
		case !ok,
			bind && (salience < quantize(f.MinSalience) || f.AboutOnly && !isAbout),
			!f.From.IsZero() && (!dated || r.PublishTime.Before(f.From)),
			!f.To.IsZero() && (!dated || !r.PublishTime.Before(f.To)):
			continue
		}
		if !slices.ContainsFunc(f.With, func(w Subject) bool { _, _, _, ok := m.stand(w, r); return !ok }) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b *Record) int { return a.PublishTime.Compare(b.PublishTime) })
	return list
}

func (m *model) askTimeline(sub Subject, f Filter) {
	q := TimelineQuery{Subjects: []Subject{sub, {}}, Filter: f, Size: BucketSize(m.rand.IntN(5))}
	got, err := m.s.Timeline(context.Background(), q)
	if err != nil {
		m.t.Errorf("timeline %+v: %v", q, err)
		return
	}
	for _, line := range got {
		records := m.matching(line.Subject, f, true)
		all := m.matching(Subject{}, f, false)
		var want Timeline
		stories := map[uint32]bool{}
		for _, r := range records {
			if r.PublishTime.IsZero() {
				want.Undated++
				continue
			}
			mentions, _, _, _ := m.stand(line.Subject, r)
			want.Articles, want.Mentions, stories[r.Story] = want.Articles+1, want.Mentions+mentions, true
		}
		if line.Articles != want.Articles || line.Mentions != want.Mentions || line.Undated != want.Undated || line.Stories != len(stories) {
			m.t.Errorf("timeline of %v %+v: got %d articles, %d mentions, %d undated, %d stories; want %d, %d, %d, %d", line.Subject, f,
				line.Articles, line.Mentions, line.Undated, line.Stories, want.Articles, want.Mentions, want.Undated, len(stories))
		}
		for _, b := range line.Buckets {
			if n := countIn(all, b); n != b.All {
				m.t.Errorf("bucket from %v %+v: got %d of all articles, want %d", b.Start, f, b.All, n)
			}
			if n := countIn(records, b); n != b.Articles {
				m.t.Errorf("bucket from %v of %v %+v: got %d articles, want %d", b.Start, line.Subject, f, b.Articles, n)
			}
		}
	}
}

func countIn(records []*Record, b Bucket) (n int) {
	for _, r := range records {
		if !r.PublishTime.IsZero() && !r.PublishTime.Before(b.Start) && r.PublishTime.Before(b.End) {
			n++
		}
	}
	return n
}

// askPages walks all pages of appearances and compares list and totals.
func (m *model) askPages(sub Subject, f Filter) {
	want := map[string]bool{}
	for _, r := range m.matching(sub, f, true) {
		want[r.Name] = true
	}
	total := len(want)
	q := ListQuery{Subject: sub, Filter: f, OldestFirst: m.rand.IntN(2) == 0, PageSize: 1 + m.rand.IntN(100)}
	var last *Record
	for more := true; more; more = q.PageToken != "" {
		page, err := m.s.Appearances(context.Background(), q)
		if err != nil || page.Total != total {
			m.t.Errorf("appearances %+v: got a total of %d and %v, want %d", q, page.Total, err, total)
			return
		}
		for _, a := range page.Appearances {
			if !want[a.Record.Name] || last != nil && !inOrder(last, a.Record, q.OldestFirst) {
				m.t.Errorf("appearances %+v: %s repeats, is out of order or does not belong", q, a.Record.Name)
			}
			delete(want, a.Record.Name)
			last = a.Record
		}
		q.PageToken = page.NextToken
	}
	if len(want) > 0 {
		m.t.Errorf("appearances %+v: missing %v", q, want)
	}
}

func inOrder(a, b *Record, oldest bool) bool {
	switch {
	case b.PublishTime.IsZero():
		return true
	case a.PublishTime.IsZero():
		return false
	case oldest:
		return !b.PublishTime.Before(a.PublishTime)
	}
	return !a.PublishTime.Before(b.PublishTime)
}

func (m *model) askRelated(sub Subject, f Filter) {
	got, err := m.s.Related(context.Background(), RelatedQuery{Subject: sub, Filter: f, Limit: MaxPage})
	if errors.Is(err, ErrNotFound) {
		return
	}
	if err != nil {
		m.t.Errorf("related to %v %+v: %v", sub, f, err)
		return
	}
	want := map[string]int{}
	for _, r := range m.matching(sub, f, true) {
		for _, e := range r.Result.Entities {
			if string(e.ID) != sub.ID {
				want[string(e.ID)]++
			}
		}
	}
	for _, r := range got {
		if want[r.ID] != r.Together {
			m.t.Errorf("related to %v %+v: %s in %d articles, want %d", sub, f, r.ID, r.Together, want[r.ID])
		}
		delete(want, r.ID)
	}
	if len(want) > 0 {
		m.t.Errorf("related to %v %+v: missing %v", sub, f, want)
	}
}

func (m *model) askGet() {
	name := fmt.Sprintf("article-%d", m.rand.IntN(600))
	got, err := m.s.Get(context.Background(), name)
	if _, ok := m.articles[name]; !ok {
		if !errors.Is(err, ErrNotFound) {
			m.t.Errorf("get %s: got %v, want ErrNotFound", name, err)
		}
		return
	}
	if err != nil {
		m.t.Errorf("get %s: %v", name, err)
		return
	}
	m.same(got)
}

// same compares a record with the model's.
func (m *model) same(got *Record) {
	if diff := cmp.Diff(m.articles[got.Name], got, cmpopts.EquateEmpty()); diff != "" {
		m.t.Errorf("%s differs (-want +got):\n%s", got.Name, diff)
	}
}
