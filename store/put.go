package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/dateline-news/dateline/tagger"
)

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
	Created   Outcome = iota + 1
	Updated           // in place of an older version
	Unchanged         // the archive held just this already
)

// PutResult is what a Put did and what it left.
type PutResult struct {
	Outcome Outcome
	Record  *Record
}

// Limits of an article, in bytes.
const (
	MaxBody  = 4 << 20
	MaxTitle = 64 << 10
	MaxName  = 256
	maxField = 4 << 10 // of any other string
)

// keepRequests is how long a request id is remembered.
const keepRequests = 24 * time.Hour

// Put stores an article with its tags, or replaces the one of that name. It
// returns once the disk has it.
func (s *Store) Put(ctx context.Context, r PutRequest) (PutResult, error) {
	p, err := s.prepare(r)
	if err != nil {
		return PutResult{}, err
	}
	if p.found, err = s.findClaims(ctx, &p.sketch); err != nil {
		return PutResult{}, err
	}
	var out staged
	err = s.submit(ctx, len(p.text)+len(p.tags), func(b *batch) (err error) {
		out, err = b.put(p)
		return err
	})
	if err != nil {
		return PutResult{}, err
	}
	if out.repeat != nil {
		return s.repeated(ctx, *out.repeat)
	}
	fixes := p.fixes
	rec := recordOf(p.Article, fixes.apply(p.Name, p.result), out.head)
	rec.Corrections = fixes.of(p.Name)
	return PutResult{out.outcome, rec}, nil
}

// Stored finds what a Put of the article would answer without tagging it: the
// record when the archive holds the same article under that name, tagged with
// the same versions, or when the request id was seen. Else ErrNotFound.
func (s *Store) Stored(ctx context.Context, a Article, v tagger.Versions, requestID string) (PutResult, error) {
	a, err := normalize(a)
	if err != nil {
		return PutResult{}, err
	}
	view, err := s.view(ctx)
	if err != nil {
		return PutResult{}, err
	}
	defer view.close()
	content := contentHash(a)
	if seen, err := recall(view.rows.get, requestID, a.Name, content); err != nil || seen != nil {
		if err != nil {
			return PutResult{}, err
		}
		return s.repeated(ctx, *seen)
	}
	article, err := view.named(a.Name)
	if err != nil {
		return PutResult{}, err
	}
	rec, err := view.record(article)
	if err != nil {
		return PutResult{}, err
	}
	if rec.Result.Versions != v || contentHash(rec.Article) != content {
		return PutResult{}, bad(ErrNotFound, "article", a.Name, "the article as it is stored")
	}
	return PutResult{Unchanged, rec}, nil
}

// repeated answers a request id that was seen before.
func (s *Store) repeated(ctx context.Context, seen remembered) (PutResult, error) {
	rec, err := s.Get(ctx, seen.name)
	return PutResult{seen.outcome, rec}, err
}

// recall finds the answer to a request id; nil when it is new.
func recall(get func([]byte) ([]byte, error), id, name string, content uint64) (*remembered, error) {
	if id == "" {
		return nil, nil
	}
	v, err := get(requestTable.ofString(id))
	if err != nil || v == nil {
		return nil, err
	}
	seen, err := decodeRequest(v)
	if err != nil {
		return nil, err
	}
	if seen.name != name || seen.content != content {
		return nil, bad(ErrReused, "request_id", id, "a new one: it was used within a day for another article")
	}
	return &seen, nil
}

// prepared is an article ready to be staged: all work that needs no look at
// the archive is done in the publisher's goroutine.
type prepared struct {
	Article
	result     *tagger.Result // before corrections
	requestID  string
	etag       string
	text, tags []byte // rows
	content    uint64
	tagHash    uint64
	sketch     sketch
	found      *foundClaims
	fixes      *corrections // that stands was made with
	stands     []named
}

func (s *Store) prepare(r PutRequest) (*prepared, error) {
	a, err := normalize(r.Article)
	if err != nil {
		return nil, err
	}
	if err := checkResult(a, r.Result); err != nil {
		return nil, err
	}
	if len(r.RequestID) > maxField {
		return nil, bad(ErrInvalid, "request_id", r.RequestID, fmt.Sprintf("at most %d bytes", maxField))
	}
	tags, tagHash := s.packTags(r.Result)
	p := &prepared{
		Article: a, result: r.Result, requestID: r.RequestID, etag: r.ETag,
		text: s.codec.pack(encodeArticle(a)), tags: tags,
		content: contentHash(a), tagHash: tagHash, sketch: sketchOf(a.Article),
	}
	s.mem.mu.RLock()
	p.fixes = s.mem.fixes
	s.mem.mu.RUnlock()
	p.stands = s.standings(a, p.result, p.fixes)
	return p, nil
}

// packTags is the row of a result and its hash.
func (s *Store) packTags(r *tagger.Result) (row []byte, hash uint64) {
	tags := encodeTags(r)
	return s.codec.pack(tags), xxhash.Sum64(tags)
}

func (s *Store) standings(a Article, r *tagger.Result, fixes *corrections) []named {
	return standings(a, fixes.apply(a.Name, r), s.opts.Taxonomy)
}

// staged is what staging an article came to.
type staged struct {
	outcome Outcome
	head    *head
	repeat  *remembered // the request id was seen; the rest is empty
}

func (b *batch) put(p *prepared) (staged, error) {
	seen, err := recall(b.get, p.requestID, p.Name, p.content)
	if err != nil || seen != nil {
		return staged{repeat: seen}, err
	}
	article, old, err := b.find(p.Name)
	if err != nil {
		return staged{}, err
	}
	if err := checkETag(old, p.etag); err != nil {
		return staged{}, err
	}
	if fixes := b.corrections(); fixes != p.fixes { // decided since it was prepared
		p.fixes, p.stands = fixes, b.s.standings(p.Article, p.result, fixes)
	}
	outcome := Created
	switch {
	case old != nil && old.content == p.content && old.tags == p.tagHash && old.versions == p.result.Versions:
		b.remember(p, Unchanged)
		return staged{outcome: Unchanged, head: old}, nil
	case old != nil:
		outcome = Updated
	default:
		article = b.meta.nextArticle
	}
	story, err := b.story(article, old, p)
	if err != nil {
		return staged{}, err
	}
	if outcome == Created {
		b.meta.nextArticle++
	}
	now := b.place(article, old, story, p)
	b.remember(p, outcome)
	return staged{outcome: outcome, head: now}, nil
}

// place stages all rows of an article.
func (b *batch) place(article uint32, old *head, story uint32, p *prepared) *head {
	now := &head{
		name: p.Name, time: microsOf(p.PublishTime), story: story, revision: b.revision, created: b.now, updated: b.now,
		content: p.content, tags: p.tagHash, versions: p.result.Versions, stands: b.stand(p.stands),
	}
	if old != nil {
		now.created = old.created
	} else {
		b.set(nameTable.ofString(p.Name), binary.BigEndian.AppendUint32(nil, article))
	}
	if old == nil || old.content != p.content {
		b.set(articleTable.of32(article), p.text)
	}
	b.set(tagsTable.of32(article), p.tags)
	b.swap(article, old, now)
	b.log(logged{article: article, name: p.Name, before: b.relatedOf(old), after: b.relatedOf(now)})
	return now
}

func (b *batch) remember(p *prepared, o Outcome) {
	if p.requestID != "" {
		b.expire(requestTable.ofString(p.requestID), encodeRequest(remembered{p.content, p.Name, o}), keepRequests)
	}
}

// corrections is the decisions as of this batch.
func (b *batch) corrections() *corrections {
	if b.fixes != nil {
		return b.fixes
	}
	return b.s.mem.fixes
}

// checkETag compares what a caller saw with what is stored.
func checkETag(h *head, want string) error {
	switch {
	case want == "":
		return nil
	case h == nil:
		return bad(ErrStale, "etag", want, "none: the article is not stored")
	case etag(h.revision) != want:
		return bad(ErrStale, "etag", want, "the stored article's, "+etag(h.revision))
	}
	return nil
}

// Delete removes an article. A non-empty etag must still be the record's.
func (s *Store) Delete(ctx context.Context, name, etag string) error {
	return s.submit(ctx, 0, func(b *batch) error { return b.remove(name, etag) })
}

func (b *batch) remove(name, etag string) error {
	article, old, err := b.find(name)
	if err != nil {
		return err
	}
	if old == nil {
		return bad(ErrNotFound, "article.name", name, "the name of a stored article")
	}
	if err := checkETag(old, etag); err != nil {
		return err
	}
	owned, err := b.claims(article)
	if err != nil {
		return err
	}
	for _, key := range owned {
		b.disclaim(key)
	}
	for _, t := range []table{articleTable, tagsTable} {
		b.del(t.of32(article))
	}
	b.del(nameTable.ofString(name))
	b.set(graveTable.of32(article), []byte{})
	b.swap(article, old, nil)
	b.log(logged{article: article, name: name, before: b.relatedOf(old), deleted: true})
	return nil
}

// contentHash is of all that the caller gave.
func contentHash(a Article) uint64 {
	b := encodeArticle(a)
	b = binary.BigEndian.AppendUint64(b, uint64(microsOf(a.PublishTime)))
	return xxhash.Sum64(append(b, a.Name...))
}
