package topics

// Rules are text files that people read and review. One line, one thing:
//
//	# to the end of the line is a comment
//	define acme:ferries "island ferries" under 20000343
//	topic 20000153 earthquake
//	  4: earthquake, quake, aftershock
//	  1: magnitude, rubble .. trapped, seismic shock|wave
//	  -3: political earthquake
//	  none: video game
//
// A line that starts with topic opens a rule for that topic; the name is there
// for the reader, and checked. Below it stand its clauses:
//
//	NUMBER:  patterns that speak for the topic, or against it, with this weight
//	all:     patterns that must all occur, else the rule is silent
//	any:     patterns of which one must occur, else the rule is silent
//	none:    patterns of which none may occur, else the rule is silent
//
// Patterns are separated by commas. A pattern is a phrase of one or more words,
// two phrases with .. between them, which must stand within eight words of each
// other in one sentence, in either order (..3 for three words), or an entity:
// @id:Q458, @kind:party, @type:person, @country:AF. A word of a phrase is
//
//	quake      the word in singular and plural
//	kill~      the word in any inflection: kills, killed, killing
//	terror*    any word that starts so
//	=arms      this form only
//	shock|wave one of these
//	Fed, WHO   capitals must stand where the rule has them
//
// Case and diacritics are folded except for such capitals, and hyphens part
// words, in rules as in texts. A text without any capitals is believed to have
// lost them: there Ramadan matches ramadan, but WHO does not match who.
//
// Counts are damped: a pattern that occurs n times counts its weight times
// log₂(1+n), and what stands in the title or the first sentences counts more,
// see prominence.
//
// define adds a topic of the user's own below an existing one; its code needs a
// prefix with a colon, so that it can never be taken for one of IPTC's.

// A rule is one block of a rule file.
type rule struct {
	file  string
	line  int
	topic Code
	name  string
	terms []weighted
	all   []pattern
	any   []pattern
	none  []pattern
}

// weighted is a pattern with its weight.
type weighted struct {
	pattern
	weight float32
}

// pattern is a phrase, two phrases near each other, or an entity: exactly one
// of the three is set.
type pattern struct {
	source string // as written
	line   int
	phrase phrase
	near   *near
	entity string // "kind:party"
}

// near is two phrases within a number of words of each other.
type near struct {
	a, b   phrase
	within int
}

// phrase is the runs of words that a phrase with alternatives may be: "missile
// test|launch" is two runs of two words.
type phrase [][]wordPattern

// wordPattern is one word of a phrase.
type wordPattern struct {
	form    form
	letters letterCase // the capitals it must have
	reduced string     // folded, and singular or stemmed as its form asks
}

// form tells which forms of a word match.
type form uint8

const (
	anyNumber form = iota
	inflected
	prefixed
	exact
)

// ruleFile is what one file says.
type ruleFile struct {
	defines []define
	rules   []*rule
}

// define is a topic of the user's own.
type define struct {
	Topic
	file string
	line int
}
