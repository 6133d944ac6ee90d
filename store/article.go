package store

import (
	"strconv"
	"time"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

// Article is what a caller publishes: what tagging reads, and what the archive
// keeps beside it.
type Article struct {
	Name string // the caller's own id: 1 to 256 bytes of UTF-8 without control characters
	tagger.Article
	TimeOrigin TimeOrigin
	URL        string
	Section    string   // the outlet's section, "World"
	Language   string   // BCP 47, "" unknown
	Authors    []string // bylines as printed
}

// TimeOrigin is how a publish time became known.
type TimeOrigin uint8

// The origins of a publish time. UnknownTime becomes GivenTime where a time is
// set and MissingTime where not; an article whose time is missing stands on no
// timeline, least of all on the day it was imported.
const (
	UnknownTime TimeOrigin = iota
	GivenTime              // the outlet stated it
	DerivedTime            // taken from an address or a feed by whoever imported it
	MissingTime
)

// Revision counts the changes of an archive: each batch of writes that became
// visible together has the next one.
type Revision uint64

// Record is one stored article.
type Record struct {
	Article
	Result      *tagger.Result // tags as they answer queries: corrections applied
	Corrections []Correction   // editors' decisions about this article, oldest first
	Revision    Revision       // last change of text, tags or corrections
	Story       uint32         // shared with its near-duplicates
	Created     time.Time
	Updated     time.Time
}

// ETag changes whenever the record does.
func (r *Record) ETag() string { return etag(r.Revision) }

func etag(r Revision) string { return strconv.FormatUint(uint64(r), 36) }

// SubjectKind tells what a subject is.
type SubjectKind uint8

// The kinds of subjects. All is the archive itself; the others after Topic are
// properties of articles that filters speak of.
const (
	All SubjectKind = iota
	Entity
	Topic
	Source
	Section
	Country // the article is about it, ISO 3166-1 alpha-2
)

// Subject is what a question is about. A topic stands for itself and all below
// it. The zero Subject is every article.
type Subject struct {
	Kind SubjectKind
	ID   string // gazetteer.ID, topic code, domain, section or country
}

// EntitySubject is an entity as a subject.
func EntitySubject(id gazetteer.ID) Subject { return Subject{Entity, string(id)} }

// TopicSubject is a topic, with all below it, as a subject.
func TopicSubject(code string) Subject { return Subject{Topic, code} }

// SubjectInfo is what the archive knows of a subject over all its articles.
type SubjectInfo struct {
	Subject
	Name      string // as in the newest article that names it
	Type      gazetteer.Type
	Kind      gazetteer.Kind
	Country   string
	Point     *gazetteer.Point
	Linked    bool
	Forms     []string  // surface forms seen, an acronym or an alias among them
	Articles  int       // that it stands in
	Mentions  int       // in them
	FirstSeen time.Time // publish times, zero when no article of it has one
	LastSeen  time.Time
}
