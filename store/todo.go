package store

import "context"

func (s *Store) SetTagger(TagFunc) {}

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

// Report is what Verify found.
type Report struct {
	Articles int
	Rows     int
	Problems []string // the first of them, at most 100
	Count    int      // of problems
}

// Verify rebuilds all indexes from the records, in memory, and compares.
func (s *Store) Verify(ctx context.Context) (Report, error) { return Report{}, errTODO }

var errTODO error = ErrClosed
