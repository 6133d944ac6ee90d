package topics

import (
	"sync"

	"github.com/dateline-news/dateline/gazetteer"
)

// Input is one article to classify.
type Input struct {
	Text     string   // title and body in one
	Body     int      // where the body starts in Text; what stands before is the title
	Entities []Entity // whom and what it speaks of, when known
}

// Entity is one entity of an article as rules see it.
type Entity struct {
	ID       gazetteer.ID
	Type     gazetteer.Type
	Kind     gazetteer.Kind
	Country  string  // ISO 3166-1 alpha-2
	Salience float32 // 0…1
}

// Tag is one topic that an article is about.
type Tag struct {
	Topic    *Topic
	Score    float32 // calibrated probability
	How      How
	Evidence []Evidence // strongest first
}

// How tells what produced a tag.
type How uint8

// The producers of a tag.
const (
	NoHow   How = iota
	ByRule      // rules alone
	ByModel     // the model alone
	ByBoth      // rules and model
	ByChild     // implied by a narrower topic
)

// Evidence is one thing that spoke for a tag.
type Evidence struct {
	Rule   string         // "disaster.rules:12", "" for the model
	Span   gazetteer.Span // the words in Input.Text, zero when an entity spoke
	Entity gazetteer.ID   // "" when words spoke
	Weight float32
}

// Classifier gives articles their topics. It is immutable and safe for all
// goroutines.
type Classifier struct {
	taxonomy *Taxonomy
	version  string
}

// Default is the classifier with the compiled-in rules and model.
var Default = sync.OnceValues(func() (*Classifier, error) {
	taxonomy, err := MediaTopics()
	if err != nil {
		return nil, err
	}
	return &Classifier{taxonomy: taxonomy}, nil
})

// Taxonomy is the topics that the classifier knows: IPTC's and the user's own.
func (c *Classifier) Taxonomy() *Taxonomy { return c.taxonomy }

// Version is a hash of the taxonomy, the rules and the model.
func (c *Classifier) Version() string { return c.version }

// Classify appends to dst the topics of an article, best first. It takes time
// linear in the text.
func (c *Classifier) Classify(dst []Tag, in Input) []Tag { return dst }
