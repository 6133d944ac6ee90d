package topics

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
)

// Rules are compiled rule files: immutable, safe for all goroutines.
type Rules struct {
	taxonomy *Taxonomy
	matcher  matcher
	rules    []compiledRule
	uses     [][]use // by pattern
	topics   []Topic // those with rules, and the level-1 topics
	tops     []int32 // by index in topics: the index of its level-1 topic
	index    map[Code]int32
	hash     []byte // of the files
}

// compiledRule is a rule with its patterns by number.
type compiledRule struct {
	name           string // "disaster.rules:12"
	topic          int32  // index in Rules.topics
	all, any, none []int32
	terms          []int32
	source, shadow []string // by term: as written; a shorter term that speaks wherever it does
}

// use is one place where a rule weighs a pattern.
type use struct {
	rule   int32
	weight float32
}

// ReadRules reads every file of fsys whose name ends in .rules, sorted by
// name, over the topics of a taxonomy. Errors name the file and the line.
func ReadRules(taxonomy *Taxonomy, fsys ...fs.FS) (*Rules, error) {
	var all ruleFile
	hash := sha256.New()
	for _, fsys := range fsys {
		names, err := fs.Glob(fsys, "*.rules")
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, errors.New("got no files, want at least one that ends in .rules")
		}
		for _, name := range names {
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			one, err := parseRules(path.Base(name), string(text))
			if err != nil {
				return nil, err
			}
			_, _ = hash.Write(text)
			all.defines = append(all.defines, one.defines...)
			all.rules = append(all.rules, one.rules...)
		}
	}
	r, err := compileRules(taxonomy, all)
	if err != nil {
		return nil, err
	}
	r.hash = hash.Sum(nil)
	return r, nil
}

// compileRules checks the rules against the taxonomy and builds their matcher.
func compileRules(taxonomy *Taxonomy, in ruleFile) (*Rules, error) {
	taxonomy, err := extend(taxonomy, in.defines)
	if err != nil {
		return nil, err
	}
	r := &Rules{taxonomy: taxonomy, index: map[Code]int32{}}
	for _, root := range taxonomy.Roots() {
		r.topicIndex(root)
	}
	b := newMatcherBuilder()
	for _, rule := range in.rules {
		if err := r.compile(b, rule); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", rule.file, rule.line, err)
		}
	}
	r.matcher = b.m
	r.uses = make([][]use, b.m.patterns)
	for i, rule := range r.rules {
		for k, p := range rule.terms {
			r.uses[p] = append(r.uses[p], use{int32(i), in.rules[i].terms[k].weight})
		}
	}
	return r, nil
}

// extend adds the users' topics. They may lie below each other, so they are
// added together; a cycle among them is found by the taxonomy.
func extend(taxonomy *Taxonomy, defines []define) (*Taxonomy, error) {
	at := map[Code]string{}
	var more []Topic
	for _, d := range defines {
		where := fmt.Sprintf("%s:%d", d.file, d.line)
		if first, twice := at[d.Code]; twice {
			return nil, fmt.Errorf("%s: topic %s is defined already at %s", where, d.Code, first)
		}
		at[d.Code] = where
		more = append(more, d.Topic)
	}
	for _, d := range defines {
		_, known := taxonomy.Topic(d.Parent)
		if _, ours := at[d.Parent]; !known && !ours {
			return nil, fmt.Errorf("%s: define %s: parent %q is no topic", at[d.Code], d.Code, d.Parent)
		}
		if cyclic(defines, d.Code) {
			return nil, fmt.Errorf("%s: define %s: its parents form a cycle", at[d.Code], d.Code)
		}
	}
	return taxonomy.with(more)
}

// cyclic reports whether the parents of a defined topic lead back to it.
func cyclic(defines []define, code Code) bool {
	parents := map[Code]Code{}
	for _, d := range defines {
		parents[d.Code] = d.Parent
	}
	at := parents[code]
	for range defines {
		if at == code {
			return true
		}
		at = parents[at]
	}
	return false
}

func (r *Rules) compile(b *matcherBuilder, in *rule) error {
	topic, ok := r.taxonomy.Topic(in.topic)
	switch {
	case !ok:
		return fmt.Errorf("topic %s is unknown", in.topic)
	case topic.Retired != "":
		return fmt.Errorf("topic %s was retired on %s: use %s", in.topic, topic.Retired, topic.ReplacedBy)
	case !strings.EqualFold(topic.Name, in.name):
		return fmt.Errorf("topic %s is named %q, the rule says %q", in.topic, topic.Name, in.name)
	case len(in.terms) == 0:
		return fmt.Errorf("topic %s: the rule has no weighted patterns", in.topic)
	}
	out := compiledRule{name: fmt.Sprintf("%s:%d", in.file, in.line), topic: r.topicIndex(in.topic),
		all: addAll(b, in.all), any: addAll(b, in.any), none: addAll(b, in.none)}
	for _, t := range in.terms {
		p := b.add(t.pattern)
		if slices.Contains(out.terms, p) {
			return fmt.Errorf("pattern %q stands twice in the rule, again on line %d", t.source, t.line)
		}
		out.terms = append(out.terms, p)
		out.source = append(out.source, t.source)
	}
	out.shadow = shadow(in.terms)
	r.rules = append(r.rules, out)
	return nil
}

func addAll(b *matcherBuilder, patterns []pattern) []int32 {
	var out []int32
	for _, p := range patterns {
		out = append(out, b.add(p))
	}
	return out
}

// topicIndex is the dense number of a topic that rules speak of.
func (r *Rules) topicIndex(c Code) int32 {
	if i, ok := r.index[c]; ok {
		return i
	}
	topic, _ := r.taxonomy.Topic(c)
	top := int32(len(r.topics))
	if topic.Top != c {
		top = r.topicIndex(topic.Top)
	}
	i := int32(len(r.topics))
	r.index[c] = i
	r.topics = append(r.topics, topic)
	r.tops = append(r.tops, top)
	return i
}

// Taxonomy is the topics of the rules: IPTC's and those that the files define.
func (r *Rules) Taxonomy() *Taxonomy { return r.taxonomy }

// Len is the number of rules and of the topics that they speak of.
func (r *Rules) Len() (rules, topics int) {
	spoken := map[int32]bool{}
	for _, rule := range r.rules {
		spoken[rule.topic] = true
	}
	return len(r.rules), len(spoken)
}

// damped is what n occurrences count.
func damped(n float32) float32 { return float32(math.Log2(1 + float64(n))) }

// speaks reports whether a rule's conditions hold.
func (c *compiledRule) speaks(h *hits) bool {
	for _, p := range c.all {
		if h.count[p] == 0 {
			return false
		}
	}
	for _, p := range c.none {
		if h.count[p] != 0 {
			return false
		}
	}
	if len(c.any) == 0 {
		return true
	}
	for _, p := range c.any {
		if h.count[p] != 0 {
			return true
		}
	}
	return false
}
