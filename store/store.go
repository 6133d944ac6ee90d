package store

import (
	"context"
	"log/slog"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/topics"
)

// Options say how an archive is opened. Dir must be set; zero values of the
// others are the defaults.
type Options struct {
	Dir      string
	Log      *slog.Logger     // nil discards
	Taxonomy *topics.Taxonomy // knows what a topic lies below; nil is the IPTC Media Topics
	Tag      TagFunc          // tags for retag jobs; nil: they stay pending until SetTagger

	CacheBytes    int64 // blocks of the engine kept in memory, 0 is 256 MiB
	MemtableBytes int64 // writes held in memory before they go to a table, 0 is 32 MiB
	NoSync        bool  // acknowledge before the disk has it: for bulk loads that can be repeated
}

// Store is an open archive. It is safe for all goroutines.
type Store struct{}

// PutRequest is an article to store. The result's spans must lie within the
// article's own text.
type PutRequest struct {
	Article   Article
	Result    *tagger.Result
	RequestID string // "" for none; a repeat within a day answers as the first did
	ETag      string // "" for any; else the stored article's must still be it
}

// Outcome is what a Put did.
type Outcome uint8

// The outcomes of a Put.
const (
	Created Outcome = iota + 1
	Updated
	Unchanged // the archive held just this already
)

// PutResult is what a Put did and what it left.
type PutResult struct {
	Outcome Outcome
	Record  *Record
}

// Stats are sizes of an archive.
type Stats struct {
	Articles  int
	Subjects  int
	Revision  Revision
	DiskBytes int64
}

// Report is what Verify found.
type Report struct {
	Articles int
	Rows     int
	Problems []string // the first of them, at most 100
	Count    int      // of problems
}

// Open opens the archive in a folder, which it makes when it is not there. A
// folder already open fails with ErrLocked, one that cannot be used with
// ErrUnusable.
func Open(o Options) (*Store, error) { return nil, errTODO }

// Close waits for writes under way, stops jobs at their checkpoints and closes
// the archive.
func (s *Store) Close() error { return errTODO }

// SetTagger sets what retag jobs tag with. Jobs that wait for it start.
func (s *Store) SetTagger(TagFunc) {}

// Put stores an article with its tags, or replaces the one of that name. It
// returns once the disk has it.
func (s *Store) Put(ctx context.Context, r PutRequest) (PutResult, error) {
	return PutResult{}, errTODO
}

// Stored finds what a Put of the article would answer without tagging it: the
// record when the archive holds the same text under that name, tagged with the
// same versions, or when the request id was seen. Else ErrNotFound.
func (s *Store) Stored(ctx context.Context, a Article, v tagger.Versions, requestID string) (PutResult, error) {
	return PutResult{}, errTODO
}

// Get finds an article by name.
func (s *Store) Get(ctx context.Context, name string) (*Record, error) { return nil, errTODO }

// Delete removes an article. A non-empty etag must still be the record's.
func (s *Store) Delete(ctx context.Context, name, etag string) error { return errTODO }

// List pages through articles.
func (s *Store) List(ctx context.Context, q ListQuery) (Page, error) { return Page{}, errTODO }

// Walk calls do with every article of a query, all from one snapshot, until it
// returns an error. Paging fields are ignored.
func (s *Store) Walk(ctx context.Context, q ListQuery, do func(*Record) error) error { return errTODO }

// Info tells what the archive knows of a subject; ErrNotFound when no article
// has it.
func (s *Store) Info(ctx context.Context, sub Subject) (SubjectInfo, error) {
	return SubjectInfo{}, errTODO
}

// Search finds subjects by the beginning of a name.
func (s *Store) Search(ctx context.Context, q SearchQuery) (SearchPage, error) {
	return SearchPage{}, errTODO
}

// Timeline counts in buckets, for every subject from one snapshot. A subject
// in no article has empty buckets.
func (s *Store) Timeline(ctx context.Context, q TimelineQuery) ([]Timeline, error) {
	return nil, errTODO
}

// Appearances pages through the articles in which a subject stands, with the
// sentences.
func (s *Store) Appearances(ctx context.Context, q ListQuery) (AppearancePage, error) {
	return AppearancePage{}, errTODO
}

// Related ranks what shares articles with a subject.
func (s *Store) Related(ctx context.Context, q RelatedQuery) ([]RelatedSubject, error) {
	return nil, errTODO
}

// Trending ranks subjects by how far they exceed their own past.
func (s *Store) Trending(ctx context.Context, q TrendingQuery) ([]Trend, error) { return nil, errTODO }

// Watch calls do with every change that touches one of the subjects (of all,
// when there are none), in order, from the token on, or from now when it is
// empty, until the context ends or do fails. ErrExpired when the changes after
// the token are no longer kept.
func (s *Store) Watch(ctx context.Context, subjects []Subject, token string, do func(Event) error) error {
	return errTODO
}

// Correct stores an editor's decision and applies it.
func (s *Store) Correct(ctx context.Context, c Correction) (Correction, error) {
	return Correction{}, errTODO
}

// Uncorrect takes a decision back.
func (s *Store) Uncorrect(ctx context.Context, id uint64) error { return errTODO }

// Corrections lists the decisions about an article, or those about all when
// the name is "".
func (s *Store) Corrections(ctx context.Context, article string) ([]Correction, error) {
	return nil, errTODO
}

// Retag creates a job. One runs at a time; others wait.
func (s *Store) Retag(ctx context.Context, o RetagOptions) (Job, error) { return Job{}, errTODO }

// Job finds a job by id.
func (s *Store) Job(ctx context.Context, id string) (Job, error) { return Job{}, errTODO }

// Jobs lists all jobs, newest first.
func (s *Store) Jobs(ctx context.Context) ([]Job, error) { return nil, errTODO }

// Pause stops a job at its next checkpoint, Resume lets it go on, Cancel ends
// it; what it swapped stays.
func (s *Store) Pause(ctx context.Context, id string) (Job, error) { return Job{}, errTODO }

// Resume lets a paused or failed job go on from its checkpoint.
func (s *Store) Resume(ctx context.Context, id string) (Job, error) { return Job{}, errTODO }

// Cancel ends a job; what it swapped stays.
func (s *Store) Cancel(ctx context.Context, id string) (Job, error) { return Job{}, errTODO }

// WatchJob calls do with the job now and whenever it changes, until it ends.
func (s *Store) WatchJob(ctx context.Context, id string, do func(Job) error) error { return errTODO }

// SetBlobs stores values in a named collection as its next revision, which it
// returns; a nil value deletes its key.
func (s *Store) SetBlobs(ctx context.Context, collection, note string, values map[string][]byte) (uint64, error) {
	return 0, errTODO
}

// Blobs reads a collection as of a revision, 0 for the newest, sorted by key,
// deleted ones included with a nil value, and that revision.
func (s *Store) Blobs(ctx context.Context, collection string, revision uint64) ([]Blob, uint64, error) {
	return nil, 0, errTODO
}

// Stats measures the archive.
func (s *Store) Stats() Stats { return Stats{} }

// Verify rebuilds all indexes from the records, in memory, and compares.
func (s *Store) Verify(ctx context.Context) (Report, error) { return Report{}, errTODO }

var errTODO error = ErrClosed

// Appearance is a subject standing in an article.
type Appearance struct {
	Record    *Record
	Entity    *tagger.Entity // as tagged there; nil for a topic
	Salience  float32        // of a topic, its score
	About     bool
	Sentences []Sentence // those with a mention; of a topic, none
}

// Sentence is a sentence of an article with mentions of the subject.
type Sentence struct {
	Field    tagger.Field
	Span     gazetteer.Span // bytes of the field
	Text     string
	Mentions []tagger.Mention
}
