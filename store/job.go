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
