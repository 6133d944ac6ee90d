package store

import (
	"errors"
	"fmt"
)

// The kinds of errors. Test for them with errors.Is; where the caller's input
// is at fault, an *Error around the kind names the field.
var (
	ErrNotFound  = errors.New("not found")
	ErrStale     = errors.New("changed since it was read")               // an etag no longer holds
	ErrReused    = errors.New("request id used before for another call") // same request id, other content
	ErrInvalid   = errors.New("invalid value")                           // a field of an article or a query
	ErrBadPage   = errors.New("page token of another query")             // or no token of ours at all
	ErrBadRange  = errors.New("bad time range")                          // backwards, or too many buckets
	ErrExpired   = errors.New("token too old to go on from")             // a watch token whose changes are gone
	ErrLocked    = errors.New("archive is open in another process")      // a second opener
	ErrUnusable  = errors.New("archive cannot be opened")                // no permission, damaged, of a newer schema
	ErrReadOnly  = errors.New("archive takes no writes")                 // its disk is read-only, or became so by an error
	ErrFull      = errors.New("disk is full")                            // writes refused, reads go on
	ErrClosed    = errors.New("archive is closed")                       //
	ErrWrongTurn = errors.New("not possible in the job's present state") // resume of a finished job
	ErrTwice     = errors.New("another article of this name was loaded") // a Loader takes a name once
	ErrNotEmpty  = errors.New("archive is not empty")                    // restore into one that holds articles
)

// Error is a kind of error with the place where it was met: what came in a
// field and what was wanted there.
type Error struct {
	Kind  error  // one of the Err values
	Field string // "page_token", "article.name"
	Got   string // what came, shortened
	Want  string // what would have been right
}

// Error says field, got and want in one line.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: %v: got %s, want %s", e.Field, e.Kind, e.Got, e.Want)
}

// Unwrap is the kind, for errors.Is.
func (e *Error) Unwrap() error { return e.Kind }

// bad is an *Error whose got is quoted and cut to a readable length.
func bad(kind error, field, got, want string) error {
	const most = 80
	if len(got) > most {
		got = got[:most] + "…"
	}
	return &Error{Kind: kind, Field: field, Got: fmt.Sprintf("%q", got), Want: want}
}
