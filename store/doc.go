// Package store keeps tagged articles and answers questions about them over
// time.
//
// Reading order: article.go and query.go (the vocabulary), put.go (how an
// article comes in), batch.go and writer.go (how it becomes durable), view.go
// (how a question sees one moment of the archive), timeline.go.
//
// # One writer
//
// Every change is a function applied to a batch by one goroutine; what waits
// while a batch is written to disk forms the next one, so that concurrent
// publishers share a sync. A batch is one transaction of the engine, stamped
// with the archive's next Revision: an article is in it whole, with all its
// rows, or not at all. There are no conflicts and no retries, numbers are given
// out in order, and a question is answered from the rows up to one revision.
//
// # Keys
//
// A key is a letter for the table and then the parts below. Numbers are
// big-endian and of fixed width, so that bytes sort as they do. A string ends
// in the byte 0, which cannot occur in it: 0 is written 1 1 and 1 is written
// 1 2. A time is microseconds since 1970 plus 2^63, so that times before 1970
// sort first; 0 is a publish time that is missing. An article and a subject are
// known inside by a number, given in order of arrival and never given again.
//
//	m                                Meta
//	n name                           number of the article that bears the name
//	a article32                      Article: title, body, what the caller gave; compressed
//	t article32                      Tags: what tagging found, before corrections; compressed
//	h article32                      Head: everything that indexes are made of
//	s subject32                      Subject
//	f subject32                      how often its postings were folded into blocks
//	p subject32 fold32 time64 article32   posting: a change since that fold
//	b subject32 time64 article32     block of postings, key of its first
//	d article32                      deleted: nothing, so that a backup carries the deletion
//	k band8 hash64                   story and article that claimed the band first
//	w revision64 index32             Change, read by watchers; expires
//	q request id                     Request; expires
//	c id64                           Correction
//	r id64                           entity whose articles a Correction has still to reach
//	j id64                           Job
//	o collection revision64          Blobs
//
// Subjects stand by number in keys, rather than by id as a reader might expect,
// because twenty postings an article carry one: four bytes instead of ten to
// forty. A posting is written once as a row of its own, with its article; when
// a subject has collected foldAt of them they are folded into blocks of at most
// blockSize (posting.go), and a row of p that is newer than a block wins over
// it, or, when it is a tombstone, removes from it. Rows stand under the number
// of folds before them, because what a fold deletes stays in the engine's tables
// for long: a reader who had to step over the remains of all folds took five
// times as long for the most frequent subject.
//
// The schema is version 2; an archive of an older one is brought up to it when
// it is opened (migrate.go). Verify holds all of h's derivatives (n, p, b, and
// what memory holds) against the records.
package store
