package tagger

import (
	"sort"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// document is one article on its way through the stages. Its text never
// changes; each stage adds the layers that it declares, as byte spans of that
// text, and no stage changes a layer that it did not declare.
type document struct {
	article Article
	view    text.View
	text    string // view.Text

	tokens      []text.Span             // in order, never overlapping
	sentences   []text.Sentence         // tile the tokens
	furniture   []bool                  // by sentence: navigation of the page, names nothing
	names       []gazetteer.Match       // gazetteer names, by start, may overlap
	beginnings  []gazetteer.Match       // countries and demonyms that longer ones of names begin with, by start
	members     []recognizer.Membership // by token: the lists of the gazetteer it stands in
	found       []found                 // the recognizer's names, in order, never overlapping
	definitions []definition            // what acronyms stand for, in order
	bodies      []body                  // bodies of state that grammar composes
	proposed    []mention               // names that the rest of the article gives away, in no order
	mentions    []mention               // one reading of the text: in order, never overlapping
	chains      []chain                 // mentions that denote one entity; every mention is in one
	entities    []Entity                // one for each chain or for several, see chain.entity
	topics      []Topic
	countries   []Focus
}

// found is a name as the recognizer sees it.
type found struct {
	span       text.Span
	typ        MentionType
	confidence float32
}

// mention is a stretch of the working text that names an entity.
type mention struct {
	span       text.Span
	typ        MentionType
	confidence float32 // that span and type are right
	reason     Reason
	sentence   int                // index into document.sentences
	bearers    []gazetteer.Bearer // entries that bear this very name, none when unknown
	chain      int                // index into document.chains, set by coref
	body       int                // one more than the index into document.bodies, 0: none
}

// chain is a set of mentions of one entity, the fullest of them first seen
// for what it is.
type chain struct {
	mentions []int         // indexes into document.mentions, in order
	fullest  int           // the one of them whose name says most
	placed   gazetteer.Ref // the bearer of its name that the words beside it point to, or none
	entity   int           // index into document.entities, set by link
}

// of is the text of a mention.
func (d *document) of(m *mention) string { return m.span.Of(d.text) }

// sentenceAt is the index of the sentence that holds byte i of the text, or of
// the last one that starts before it.
func (d *document) sentenceAt(i int) int {
	k := sort.Search(len(d.sentences), func(k int) bool {
		return d.tokens[d.sentences[k].First].Start > i
	})
	return max(k-1, 0)
}

// tokenAt is the index of the first token that ends after byte i, or
// len(tokens).
func (d *document) tokenAt(i int) int {
	return sort.Search(len(d.tokens), func(k int) bool { return d.tokens[k].End > i })
}
