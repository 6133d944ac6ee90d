package store

import (
	"context"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// TagFunc tags an article anew. It must be safe for all goroutines.
type TagFunc func(context.Context, tagger.Article) (*tagger.Result, error)

// JobState is where a retag job stands.
type JobState uint8

// The states of a job. Those from Succeeded on are final, but a failed job
// may be resumed.
const (
	Pending JobState = iota // another job runs
	Running
	Paused
	Succeeded
	Cancelled
	Failed
)

// RetagOptions say what a retag job is to do. The zero value retags everything
// as fast as it can.
type RetagOptions struct {
	Subject      Subject
	Filter       Filter
	OnlyOutdated bool    // only articles tagged with other versions than the last article the job tagged
	DryRun       bool    // count what would change, swap nothing
	MaxRate      float64 // articles per second, 0 unbounded
	Force        bool    // swap also where only versions differ and no tag does
}

// Job is one run over stored articles. It survives a restart.
type Job struct {
	ID               string
	Options          RetagOptions
	State            JobState
	Total            int     // articles selected when it began
	Done             int     // articles seen
	Changed          int     // whose tags changed
	Failures         int     // that could not be tagged; their old tags stay
	Rate             float64 // articles per second, lately
	Summary          Summary
	Created, Updated time.Time
	Err              string // why it failed
}

// Summary is what a job changed, or would.
type Summary struct {
	EntitiesGained, EntitiesLost int // links of an article to an entity that came or went
	TopicsGained, TopicsLost     int
	Entities                     []EntityChange // most affected first, at most 20
	Samples                      []Diff         // of the first articles that changed, at most 20
}

// EntityChange is what a job changed for one entity.
type EntityChange struct {
	Entity       gazetteer.ID
	Gained, Lost int // articles
}

// Diff is what changed in one article.
type Diff struct {
	Article                      string
	EntitiesGained, EntitiesLost []gazetteer.ID
	TopicsGained, TopicsLost     []string
}

// CorrectionKind is what an editor decided.
type CorrectionKind uint8

// The kinds of corrections.
const (
	Pin    CorrectionKind = iota + 1 // Entity stands in the article, at Span if one is given
	Reject                           // Entity does not stand in the article
	Relink                           // what was read as Entity is To
)

// Correction is one decision of an editor. It survives every retag.
type Correction struct {
	ID      uint64 // given by the archive
	Kind    CorrectionKind
	Article string // its name; "" for every article: a Relink of one entity to another merges them
	Entity  gazetteer.ID
	To      gazetteer.ID   // of Relink
	Name    string         // canonical name of a pinned entity, or of To
	Type    gazetteer.Type // of a pinned entity, or of To
	Field   tagger.Field
	Span    gazetteer.Span // of Pin; empty for the article at large. Of Relink: only this mention, which splits it off
	Author  string
	Note    string
	Time    time.Time
}

// Event is one change of the archive that a watcher asked for.
type Event struct {
	Kind    EventKind
	Name    string  // of the article
	Record  *Record // nil when deleted
	Subject Subject // which of the watched stands, or stood, in it
	Token   string  // Watch from here on to get what follows
}

// EventKind is what happened.
type EventKind uint8

// The kinds of events.
const (
	Appeared EventKind = iota + 1 // the subject stands in an article in which it did not
	Changed                       // the article changed, the subject stands in it as before
	Vanished                      // it stands there no more, or the article was deleted
)

// Blob is one keyed value of a revisioned collection, such as the edits of a
// gazetteer.
type Blob struct {
	Key      string
	Value    []byte // nil once deleted
	Revision uint64 // of the collection, when it was set
	Time     time.Time
}
