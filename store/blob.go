package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Blob is one keyed value of a revisioned collection, such as the edits of a
// gazetteer.
type Blob struct {
	Key      string
	Value    []byte // nil once deleted
	Revision uint64 // of the collection, when it was set
	Time     time.Time
}

// BlobRevision is one change of a collection.
type BlobRevision struct {
	Revision uint64 // from 1 on, without gaps
	Note     string
	Time     time.Time
	Keys     []string // set or deleted by it, sorted
}

// blobs is what one revision set; nil values delete.
type blobs struct {
	revision uint64
	note     string
	time     int64
	values   map[string][]byte
}

// SetBlobs stores values in a named collection as its next revision, which it
// returns; a nil value deletes its key.
func (s *Store) SetBlobs(ctx context.Context, collection, note string, values map[string][]byte) (uint64, error) {
	if collection == "" || !utf8.ValidString(collection) {
		return 0, bad(ErrInvalid, "collection", collection, "a name")
	}
	size := 0
	for key, value := range values {
		if key == "" || !utf8.ValidString(key) {
			return 0, bad(ErrInvalid, "key", key, "valid UTF-8")
		}
		size += len(key) + len(value)
	}
	if !utf8.ValidString(note) {
		return 0, bad(ErrInvalid, "note", note, "valid UTF-8")
	}
	var next uint64
	err := s.submit(ctx, size, func(b *batch) error {
		newest, err := b.newestBlobs(collection)
		if err != nil {
			return err
		}
		next = newest + 1
		b.set(blobKey(collection, next), encodeBlobs(blobs{note: note, time: b.now, values: values}))
		return nil
	})
	return next, err
}

// newestBlobs is a collection's newest revision, 0 when it has none.
func (b *batch) newestBlobs(collection string) (uint64, error) {
	var newest uint64
	b.base.keys(span{prefix: blobTable.ofString(collection)}, func(key []byte) bool {
		newest = blobRevision(key)
		return true
	})
	for {
		if row, ok := b.rows[string(blobKey(collection, newest+1))]; !ok || row.value == nil {
			return newest, nil
		}
		newest++
	}
}

// Blobs reads a collection as of a revision, 0 for the newest, sorted by key,
// deleted ones included with a nil value, and that revision.
func (s *Store) Blobs(ctx context.Context, collection string, revision uint64) ([]Blob, uint64, error) {
	all, err := s.blobs(ctx, collection)
	if err != nil {
		return nil, 0, err
	}
	if revision > uint64(len(all)) {
		return nil, 0, bad(ErrNotFound, "revision", fmt.Sprint(revision), fmt.Sprintf("at most %d", len(all)))
	}
	if revision == 0 {
		revision = uint64(len(all))
	}
	newest := map[string]Blob{}
	for _, r := range all[:revision] {
		for key, value := range r.values {
			newest[key] = Blob{Key: key, Value: value, Revision: r.revision, Time: timeOf(r.time)}
		}
	}
	list := make([]Blob, 0, len(newest))
	for _, b := range newest {
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b Blob) int { return cmp.Compare(a.Key, b.Key) })
	return list, revision, nil
}

// BlobRevisions lists the changes of a collection, the newest first.
func (s *Store) BlobRevisions(ctx context.Context, collection string) ([]BlobRevision, error) {
	all, err := s.blobs(ctx, collection)
	if err != nil {
		return nil, err
	}
	var list []BlobRevision
	for _, r := range slices.Backward(all) {
		rev := BlobRevision{Revision: r.revision, Note: r.note, Time: timeOf(r.time)}
		for key := range r.values {
			rev.Keys = append(rev.Keys, key)
		}
		slices.Sort(rev.Keys)
		list = append(list, rev)
	}
	return list, nil
}

// blobs reads all revisions of a collection, the oldest first.
func (s *Store) blobs(ctx context.Context, collection string) ([]blobs, error) {
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	defer v.close()
	var all []blobs
	err = v.rows.scan(span{prefix: blobTable.ofString(collection)}, func(key, value []byte) (bool, error) {
		r, err := decodeBlobs(value)
		r.revision = blobRevision(key)
		all = append(all, r)
		return true, err
	})
	return all, err
}
