package store

import (
	"time"

	"github.com/dateline-news/dateline/gazetteer"
)

// Filter narrows a question to some articles. The zero Filter takes them all,
// those without a publish time included where the answer is a list.
type Filter struct {
	From, To time.Time // From ≤ publish time < To; a zero end is open
	With     []Subject // each must stand in the article too

	// MinSalience and AboutOnly bind the subject asked about; in a List, which
	// asks about none, each entity of With.
	MinSalience float32 // 0…1
	AboutOnly   bool    // the article is about it, rather than only mentions it
}

// BucketSize is the width of a bucket of a timeline.
type BucketSize uint8

// The widths of buckets. All begin at local midnights but the hour.
const (
	ByDay BucketSize = iota // a calendar day, of 23 to 25 hours
	ByHour
	ByWeek // an ISO 8601 week, from Monday
	ByMonth
	ByYear
)

// MaxBuckets is the most buckets one timeline may have.
const MaxBuckets = 100_000

// TimelineQuery asks how often subjects appeared over time.
type TimelineQuery struct {
	Subjects []Subject // to compare; none asks for all articles
	Filter   Filter    // an open end closes at the first or behind the last article found
	Size     BucketSize
	Zone     *time.Location // nil is UTC
}

// Timeline is how often one subject appeared.
type Timeline struct {
	Subject
	Name      string
	Buckets   []Bucket // every bucket of the range, empty ones included, oldest first
	Articles  int      // in all buckets
	Mentions  int
	Stories   int       // over the whole range, so no sum of the buckets
	Undated   int       // articles that pass the filter and have no publish time; in no bucket
	FirstSeen time.Time // in the range, zero when never
	LastSeen  time.Time
}

// Bucket is one stretch of a timeline, Start ≤ time < End.
type Bucket struct {
	Start, End time.Time // in the zone asked for
	Articles   int
	Mentions   int // for a topic, its articles
	Stories    int // articles with near-duplicates counted once
	All        int // articles of any subject that pass the filter
}

// Share is the part of all articles in which the subject stands, 0 of none.
func (b Bucket) Share() float64 {
	if b.All == 0 {
		return 0
	}
	return float64(b.Articles) / float64(b.All)
}

// ListQuery asks for articles by publish time, newest first. Those without one
// come last, whatever the order.
type ListQuery struct {
	Subject     Subject // zero for all
	Filter      Filter
	OldestFirst bool
	PageSize    int // 0 is 50; at most MaxPage
	PageToken   string
}

// MaxPage is the most results one page may hold.
const MaxPage = 1000

// Page is one page of articles. Its list and its total are one snapshot's.
type Page struct {
	Records   []*Record
	Total     int // articles on all pages, as of this page's snapshot
	NextToken string
}

// AppearancePage is one page of appearances.
type AppearancePage struct {
	Appearances []Appearance
	Total       int
	NextToken   string
}

// RelatedQuery asks which subjects share articles with one.
type RelatedQuery struct {
	Subject Subject
	Filter  Filter
	Kind    SubjectKind    // Entity or Topic; zero is Entity
	Type    gazetteer.Type // only such entities; zero is any
	Order   RelatedOrder
	Limit   int // 0 is 50; at most MaxPage
}

// RelatedOrder ranks related subjects.
type RelatedOrder uint8

// The orders.
const (
	BySignificance RelatedOrder = iota // log-likelihood ratio
	ByCount                            // articles together
	ByPMI                              // pointwise mutual information
)

// RelatedSubject is one subject that shares articles with another.
type RelatedSubject struct {
	SubjectInfo
	Together     int     // articles with both
	PMI          float64 // bits; log2 p(a,b)/(p(a)p(b)) among the articles of the filter
	Significance float64 // Dunning's log-likelihood ratio G², signed: negative when rarer together than by chance
}

// SearchQuery asks for subjects whose name, or a word in it, begins so.
type SearchQuery struct {
	Prefix    string      // case and diacritics do not matter; "" lists all
	Kind      SubjectKind // Entity or Topic; zero is Entity
	Type      gazetteer.Type
	PageSize  int // 0 is 50; at most MaxPage
	PageToken string
}

// SearchPage is one page of subjects, those the archive speaks of most first.
type SearchPage struct {
	Subjects  []SubjectInfo
	NextToken string
}

// TrendingQuery asks what appears more than its own past would let expect.
type TrendingQuery struct {
	Kind     SubjectKind // Entity or Topic; zero is Entity
	Type     gazetteer.Type
	End      time.Time     // the window ends here; zero is behind the newest article
	Window   time.Duration // 0 is 24 hours
	Baseline int           // windows before it that make the past; 0 is 28
	Limit    int           // 0 is 50; at most MaxPage
}

// Trend is one subject that appears more than usual.
type Trend struct {
	SubjectInfo
	Count    int     // articles in the window
	Expected float64 // articles that its share of the past would have given
	Score    float64 // signed root of the log-likelihood ratio: about a count of standard deviations
}
