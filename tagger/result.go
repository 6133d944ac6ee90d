package tagger

import "github.com/dateline-news/dateline/gazetteer"

// Result is all that tagging found in one article. It is immutable.
type Result struct {
	Versions  Versions
	Mentions  []Mention  // sorted by field and start, never overlapping
	Entities  []Entity   // most salient first
	Topics    []Topic    // best first
	Sentences []Sentence // sorted, for showing a mention in its sentence
	Countries []Focus    // what the article is about geographically, best first
}

// Versions name everything that the result depends on.
type Versions struct {
	Tagger     string // version of the code's behaviour, raised by hand
	Recognizer string // content hash of the model
	Gazetteer  string // content hash of the index, plus "+N" after overlay revision N
	Topics     string // content hash of rules and model
}

// MentionType is the class of a mention. Demonym is a class of mentions only:
// its entity is the place.
type MentionType uint8

// The types of mentions.
const (
	NoMention MentionType = iota
	PersonMention
	OrganizationMention
	PlaceMention
	DemonymMention
)

// Mention is one stretch of an article that names an entity.
type Mention struct {
	Field      Field
	Span       gazetteer.Span // bytes of the caller's own title or body
	Type       MentionType
	Entity     int     // index into Result.Entities
	Confidence float32 // calibrated probability that span, type and entity are right
	Reason     Reason  // why it was read so
}

// Reason is the evidence on which a mention was read.
type Reason uint8

// The reasons, from the plainest to the most derived.
const (
	NoReason     Reason = iota
	ByGazetteer         // a gazetteer name
	ByRecognizer        // the statistical recognizer alone
	ByBoth              // recognizer and gazetteer agree
	BySurname           // short form of a fuller name in the same article
	ByAcronym           // acronym expanded in the same article
	ByGrammar           // composed: Ministry of Defense of Tajikistan
	ByCorrection        // an editor said so
)

// Entity is someone or something that the article mentions.
type Entity struct {
	ID         gazetteer.ID // "Q889", or "nil:person:natalia kharitonova" when no gazetteer knows it
	Name       string       // canonical name, or the fullest form in the article
	Type       gazetteer.Type
	Kind       gazetteer.Kind
	Country    string // ISO alpha-2
	Point      *gazetteer.Point
	Parents    []gazetteer.ID // hierarchy, nearest first
	Linked     bool           // found in the gazetteer
	Confidence float32        // calibrated probability that the link is right
	Salience   float32        // 0…1
	About      bool           // the article is about it, rather than only mentions it
	Candidates []Candidate    // the rivals with their scores, best first; only when asked for
}

// Candidate is one reading of a name with its score and the reasons of it.
type Candidate struct {
	ID      gazetteer.ID
	Name    string
	Score   float32  // probability among the candidates
	Reasons []string // "prior +1.2", "outlet country AF +2.0"
}

// Topic is one IPTC Media Topic, or a user's own, that the article is about.
type Topic struct {
	Code     string // "20000638"
	Top      string // code of its level-1 ancestor
	Name     string
	Score    float32 // calibrated probability
	How      How
	Evidence []Evidence
}

// How tells what produced a topic.
type How uint8

// The producers of a topic.
const (
	NoHow How = iota
	ByRule
	ByModel
	ByRuleAndModel
	ByChild // implied by a narrower topic
)

// Evidence is one thing that spoke for a topic: a rule, with the words or the
// entity that fired it.
type Evidence struct {
	Rule   string // "" for the model
	Field  Field
	Span   gazetteer.Span // zero when an entity spoke
	Entity gazetteer.ID   // "" when words spoke
	Weight float32
}

// Sentence is the place of one sentence in the caller's own text.
type Sentence struct {
	Field Field
	Span  gazetteer.Span
}

// Focus is a country that the article is about.
type Focus struct {
	Country string // ISO alpha-2
	Score   float32
}
