package topics

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// Code names a topic for ever: an IPTC Media Topic ("20000638") or one of a
// user's own ("acme:ferries").
type Code string

// Topic is one subject of the taxonomy.
type Topic struct {
	Code       Code
	Parent     Code // "" for a level-1 topic
	Top        Code // its level-1 ancestor, itself for a level-1 topic
	Level      int  // 1 for the seventeen broadest
	Name       string
	Definition string
	Retired    string // the day it was retired, "2021-09-30", "" when in use
	ReplacedBy Code   // what to use in place of a retired topic
}

// Taxonomy is a forest of topics, immutable and safe for all goroutines.
type Taxonomy struct {
	topics   []Topic // sorted by code
	byCode   map[Code]int
	children map[Code][]Code // in use only, sorted
}

//go:embed mediatopics.tsv
var mediaTopicsTSV string

// MediaTopics is the IPTC Media Topics as compiled in: © International Press
// Telecommunications Council, CC BY 4.0.
var MediaTopics = sync.OnceValues(func() (*Taxonomy, error) {
	return ReadTaxonomy("mediatopics.tsv", strings.NewReader(mediaTopicsTSV))
})

// ReadTaxonomy reads a taxonomy file. Lines that start with # are comments;
// every other line is one topic, six columns separated by tabs:
//
//	code  parent  retired  replaced by  name  definition
//
// The parent of a level-1 topic, and both columns of retirement for a topic in
// use, are empty. Errors name the file and the line.
func ReadTaxonomy(file string, r io.Reader) (*Taxonomy, error) {
	var topics []Topic
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 6 {
			return nil, fmt.Errorf("%s:%d: got %d columns, want 6: code, parent, retired, replaced by, name, definition", file, n, len(col))
		}
		topics = append(topics, Topic{Code: Code(col[0]), Parent: Code(col[1]), Retired: col[2],
			ReplacedBy: Code(col[3]), Name: col[4], Definition: col[5]})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	t, err := newTaxonomy(topics)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

// newTaxonomy checks the topics against each other and derives their levels.
func newTaxonomy(topics []Topic) (*Taxonomy, error) {
	t := &Taxonomy{topics: slices.Clone(topics), byCode: map[Code]int{}, children: map[Code][]Code{}}
	slices.SortFunc(t.topics, func(a, b Topic) int { return strings.Compare(string(a.Code), string(b.Code)) })
	for i, topic := range t.topics {
		if topic.Code == "" || topic.Name == "" {
			return nil, fmt.Errorf("topic %q named %q: want a code and a name", topic.Code, topic.Name)
		}
		if _, twice := t.byCode[topic.Code]; twice {
			return nil, fmt.Errorf("topic %s is given twice", topic.Code)
		}
		t.byCode[topic.Code] = i
	}
	for i := range t.topics {
		if err := t.derive(&t.topics[i]); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// derive sets a topic's level and top by walking up to its root, and enters it
// among its parent's children.
func (t *Taxonomy) derive(topic *Topic) error {
	topic.Level, topic.Top = 1, topic.Code
	for parent := topic.Parent; parent != ""; topic.Level++ {
		i, ok := t.byCode[parent]
		if !ok {
			return fmt.Errorf("topic %s: its parent or ancestor %q is not in the taxonomy", topic.Code, parent)
		}
		if topic.Level > len(t.topics) || parent == topic.Code {
			return fmt.Errorf("topic %s: its parents form a cycle", topic.Code)
		}
		topic.Top, parent = parent, t.topics[i].Parent
	}
	if topic.Retired != "" {
		if i, ok := t.byCode[topic.ReplacedBy]; !ok || t.topics[i].Retired != "" {
			return fmt.Errorf("retired topic %s: its replacement %q is not a topic in use", topic.Code, topic.ReplacedBy)
		}
		return nil
	}
	if topic.Parent != "" {
		t.children[topic.Parent] = append(t.children[topic.Parent], topic.Code)
	}
	return nil
}

// with is the taxonomy and more topics.
func (t *Taxonomy) with(more []Topic) (*Taxonomy, error) {
	if len(more) == 0 {
		return t, nil
	}
	return newTaxonomy(append(slices.Clone(t.topics), more...))
}

// Topic finds a topic by code, retired ones included.
func (t *Taxonomy) Topic(c Code) (Topic, bool) {
	i, ok := t.byCode[c]
	if !ok {
		return Topic{}, false
	}
	return t.topics[i], true
}

// Current leads a retired code to its replacement and every other code to
// itself.
func (t *Taxonomy) Current(c Code) (Code, bool) {
	topic, ok := t.Topic(c)
	if ok && topic.Retired != "" {
		return topic.ReplacedBy, true
	}
	return c, ok
}

// All lists every topic, retired ones included, sorted by code. The caller
// must not change it.
func (t *Taxonomy) All() []Topic { return t.topics }

// Roots lists the level-1 topics, sorted by code.
func (t *Taxonomy) Roots() []Code {
	var roots []Code
	for _, topic := range t.topics {
		if topic.Level == 1 && topic.Retired == "" {
			roots = append(roots, topic.Code)
		}
	}
	return roots
}

// Children lists the topics in use directly below a topic, sorted by code. The
// caller must not change it.
func (t *Taxonomy) Children(c Code) []Code { return t.children[c] }

// Parents lists what a topic lies below, nearest first, its level-1 topic last.
func (t *Taxonomy) Parents(c Code) []Code {
	var parents []Code
	for i, ok := t.byCode[c]; ok && t.topics[i].Parent != ""; i, ok = t.byCode[c] {
		c = t.topics[i].Parent
		parents = append(parents, c)
	}
	return parents
}

// Below lists a topic and all topics in use below it, each parent before its
// children: what a filter on the topic includes.
func (t *Taxonomy) Below(c Code) []Code {
	if _, ok := t.byCode[c]; !ok {
		return nil
	}
	all := []Code{c}
	for i := 0; i < len(all); i++ {
		all = append(all, t.children[all[i]]...)
	}
	return all
}

// Within reports whether topic c is, or lies below, the topic ancestor.
func (t *Taxonomy) Within(c, ancestor Code) bool {
	for {
		if c == ancestor {
			return true
		}
		i, ok := t.byCode[c]
		if !ok || t.topics[i].Parent == "" {
			return false
		}
		c = t.topics[i].Parent
	}
}
