package tagger

import (
	"context"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
	"github.com/dateline-news/dateline/tagger/topics"
)

// Version is the version of the tagger's behaviour, raised by hand whenever
// the same article may get other tags from the same data.
const Version = "3"

// DefaultMaxBytes is how long title and body together may be unless Options
// say otherwise.
const DefaultMaxBytes = 1 << 20

// Options say what a Tagger works with. A part left out is a stage that finds
// nothing.
type Options struct {
	Gazetteer  *gazetteer.Gazetteer // nil: no gazetteer, every name is unknown
	Recognizer *recognizer.Model    // nil: only names that the gazetteer knows
	Topics     *topics.Classifier   // nil: no topics
	MaxBytes   int                  // of title and body together; 0: DefaultMaxBytes
	Candidates bool                 // keep the rivals of every link with their scores
}

// Tagger turns articles into tags. It is immutable and safe for all
// goroutines.
type Tagger struct {
	gazetteer  *gazetteer.Gazetteer
	recognizer *recognizer.Model
	topics     *topics.Classifier
	maxBytes   int
	candidates bool
	splitter   *text.Splitter
	pipeline   pipeline
}

// New builds a Tagger. It fails when a model cannot be loaded or the stages
// are out of order.
func New(o Options) (*Tagger, error) {
	splitter, err := text.NewSplitter()
	if err != nil {
		return nil, err
	}
	t := &Tagger{
		gazetteer:  o.Gazetteer,
		recognizer: o.Recognizer,
		topics:     o.Topics,
		maxBytes:   o.MaxBytes,
		candidates: o.Candidates,
		splitter:   splitter,
	}
	if t.maxBytes == 0 {
		t.maxBytes = DefaultMaxBytes
	}
	t.pipeline, err = newPipeline(t.stages()...)
	return t, err
}

// Versions names everything that the tagger's results depend on.
func (t *Tagger) Versions() Versions {
	v := Versions{Tagger: Version}
	if t.gazetteer != nil {
		v.Gazetteer = t.gazetteer.Version()
	}
	if t.recognizer != nil {
		v.Recognizer = t.recognizer.Version()
	}
	if t.topics != nil {
		v.Topics = t.topics.Version()
	}
	return v
}

// Tag finds everything in an article. It takes time linear in the article's
// length. It returns an *InputError for an article that it refuses, and ctx's
// error when that is done first.
func (t *Tagger) Tag(ctx context.Context, a Article) (*Result, error) {
	if err := a.check(t.maxBytes); err != nil {
		return nil, err
	}
	d := newDocument(a)
	if err := t.pipeline.run(ctx, d); err != nil {
		return nil, err
	}
	return d.result(t.Versions()), nil
}

func newDocument(a Article) *document {
	d := &document{article: a, view: text.Plain(a.Title, a.Body)}
	if a.HTML {
		d.view = text.HTML(a.Title, a.Body)
	}
	d.text = d.view.Text
	return d
}
