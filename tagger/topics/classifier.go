package topics

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"slices"
	"strings"
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

// What a result may hold at most, and how sure it must be.
const (
	minWords    = 4    // fewer words are not classified
	maxTop      = 4    // level-1 tags
	maxNarrow   = 6    // tags below level 1
	maxEvidence = 5    // pieces of evidence of one tag
	minTop      = 0.42 // score of a level-1 tag
	minFirst    = 0.25 // score of the best level-1 tag, when none reaches minTop
	minSpoken   = 0.12 // the same when a rule speaks for it
	minParent   = 0.35 // of the level-1 topic of a narrower tag, by itself
	minNarrow   = 0.25 // score of a tag at level 2 or 3
	minDeep     = 0.60 // score of a tag below level 3
)

// Classifier gives articles their topics. It is immutable and safe for all
// goroutines.
type Classifier struct {
	rules    *Rules
	model    *Model
	labels   []int32 // by index of Rules.topics: the model's label, -1 none
	combiner combiner
	version  string
	scratch  sync.Pool // of *analysis
}

var (
	//go:embed combiner.json
	combinerJSON []byte
	//go:embed model.bin
	modelBin []byte
)

// Default is the classifier with the compiled-in rules and model.
var Default = sync.OnceValues(func() (*Classifier, error) { return New() })

// New is a classifier with the compiled-in rules and model and the rules of the
// *.rules files of more.
func New(more ...fs.FS) (*Classifier, error) {
	taxonomy, err := MediaTopics()
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		return nil, err
	}
	rules, err := ReadRules(taxonomy, append([]fs.FS{own}, more...)...)
	if err != nil {
		return nil, err
	}
	model, err := ReadModel(modelBin)
	if err != nil {
		return nil, err
	}
	var k combiner
	if err := json.Unmarshal(combinerJSON, &k); err != nil {
		return nil, fmt.Errorf("combiner.json: %w", err)
	}
	return assemble(rules, model, k, hashVersion(rules.hash, model.hash, combinerJSON)), nil
}

// RulesOnly is a classifier with the compiled-in rules, no model, and a
// calibration yet to be fitted: where training starts.
func RulesOnly() (*Classifier, error) {
	c, err := Default()
	if err != nil {
		return nil, err
	}
	return assemble(c.rules, nil, combiner{}, ""), nil
}

// WithModel is the classifier with another model.
func (c *Classifier) WithModel(m *Model) *Classifier {
	return assemble(c.rules, m, c.combiner, hashVersion(c.rules.hash, m.hash))
}

// assemble joins the parts. model may be nil.
func assemble(rules *Rules, model *Model, k combiner, version string) *Classifier {
	c := &Classifier{rules: rules, combiner: k, version: version}
	c.use(model)
	c.scratch.New = func() any { return newAnalysis(c) }
	return c
}

// use sets the model and the labels that it has for the topics of the rules.
func (c *Classifier) use(model *Model) {
	c.model = model
	c.labels = make([]int32, len(c.rules.topics))
	for i, topic := range c.rules.topics {
		c.labels[i] = -1
		if model != nil {
			c.labels[i] = int32(slices.Index(model.labels, topic.Code))
		}
	}
}

// hashVersion names a classifier by what it is made of.
func hashVersion(parts ...[]byte) string {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write(p)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Taxonomy is the topics that the classifier knows: IPTC's and the user's own.
func (c *Classifier) Taxonomy() *Taxonomy { return c.rules.taxonomy }

// Version is a hash of the taxonomy, the rules and the model.
func (c *Classifier) Version() string { return c.version }

// Classify appends to dst the topics of an article, best first. It takes time
// linear in the text.
func (c *Classifier) Classify(dst []Tag, in Input) []Tag {
	a := c.scratch.Get().(*analysis)
	defer c.scratch.Put(a)
	a.read(c, in)
	if a.match.word < minWords {
		return dst
	}
	a.judge(c)
	return a.tags(c, dst)
}

// analysis is the scratch of one classification.
type analysis struct {
	match   *matching
	scores  *ruleScores
	model   *activation // nil without a model
	odds    []float64   // the probability of each topic, by index
	picked  []int32
	implied []bool // by topic: only a narrower one brought it

	best    []float32 // by level-1 topic: the best score of the topics below it
	overall float32   // the best of these
	total   float32   // the sum of the scores of level-1 topics
	bestTop float32   // the best of these
}

func newAnalysis(c *Classifier) *analysis {
	r := c.rules
	a := &analysis{match: newMatching(&r.matcher), scores: newRuleScores(r),
		odds: make([]float64, len(r.topics)), best: make([]float32, len(r.topics)), implied: make([]bool, len(r.topics))}
	if c.model != nil {
		a.model = newActivation(c.model)
	}
	return a
}

// read passes over the text once.
func (a *analysis) read(c *Classifier, in Input) {
	a.match.begin(in.Text, in.Body)
	if a.model != nil {
		a.model.begin()
	}
	scan := scanner{text: in.Text}
	for w, ok := scan.next(); ok; w, ok = scan.next() {
		a.match.feed(&w)
		if a.model != nil {
			a.model.feed(&w, a.match.singular, w.start < in.Body)
		}
	}
	a.match.feedEntities(in.Entities)
	if a.model != nil {
		a.model.feedEntities(in.Entities)
	}
	c.rules.score(a.scores, a.match.hits)
}

// judge sets the probability of every candidate, level-1 topics first.
func (a *analysis) judge(c *Classifier) {
	clear(a.odds)
	a.findBest(c.rules)
	for t, top := range c.rules.tops {
		if int32(t) == top {
			v := a.topVector(c, top)
			a.odds[top] = c.combiner.top(a.match.word).probability(&v, c.rules.topics[top].Code)
		}
	}
	for _, t := range a.scores.touched {
		top := c.rules.tops[t]
		if t == top {
			continue
		}
		v := a.narrowVector(c, t)
		a.odds[t] = c.combiner.Narrow.probability(&v, c.rules.topics[top].Code)
	}
}

// findBest sets the best scores among topics and their sum.
func (a *analysis) findBest(r *Rules) {
	clear(a.best)
	a.overall, a.total, a.bestTop = 0, 0, 0
	for _, t := range a.scores.touched {
		score := max(a.scores.topic[t], 0)
		if top := r.tops[t]; t != top {
			a.best[top] = max(a.best[top], score)
			a.overall = max(a.overall, score)
		} else {
			a.total += score
			a.bestTop = max(a.bestTop, score)
		}
	}
}

func (a *analysis) vector(c *Classifier, t int32, total, best float32) vector {
	score := max(a.scores.topic[t], 0)
	var v vector
	words := float64(a.match.word)
	v[featScore] = math.Log1p(float64(score))
	v[featDense] = math.Log1p(100 * float64(score) / (words + 50))
	if total > 0 {
		v[featShare] = float64(score / total)
		v[featRank] = float64(score / best)
	}
	v[featKinds] = math.Log1p(float64(a.scores.kinds[t]))
	if a.scores.title[t] {
		v[featTitle] = 1
	}
	v[featLength] = math.Log1p(words) / 5
	v[featModel], v[featUnknown] = a.opinion(c, t)
	return v
}

func (a *analysis) topVector(c *Classifier, t int32) vector {
	return a.vector(c, t, a.total, a.bestTop)
}

func (a *analysis) narrowVector(c *Classifier, t int32) vector {
	r := c.rules
	top := r.tops[t]
	v := a.vector(c, t, max(a.scores.topic[top], 1), max(a.best[top], 1))
	v[featParent] = logit(a.odds[top])
	v[featOverall] = float64(max(a.scores.topic[t], 0) / max(a.overall, 1))
	switch topic := &r.topics[t]; {
	case topic.Level == 2 && len(r.taxonomy.Children(topic.Code)) > 0:
		v[featBroad] = 1
	case topic.Level > 3:
		v[featDeep] = 1
	}
	return v
}

// opinion is the model's log odds for a topic; unknown is 1 when it has none.
func (a *analysis) opinion(c *Classifier, t int32) (odds, unknown float64) {
	if a.model == nil || c.labels[t] < 0 {
		return 0, 1
	}
	return a.model.logit(int(c.labels[t])), 0
}

// tags picks what is sure enough and gives the reasons.
func (a *analysis) tags(c *Classifier, dst []Tag) []Tag {
	a.pick(c.rules)
	for _, t := range a.picked {
		dst = append(dst, Tag{Topic: &c.rules.topics[t], Score: float32(a.odds[t]), How: a.how(c, t), Evidence: a.evidence(c, t)})
	}
	return dst
}

// pick sets a.picked: the narrow topics that are sure enough, then the level-1
// topics that are sure enough or stand above one of those.
func (a *analysis) pick(r *Rules) {
	a.picked = a.picked[:0]
	clear(a.implied)
	for _, t := range a.scores.touched {
		if t == r.tops[t] {
			continue
		}
		if a.sure(r, t) {
			a.picked = append(a.picked, t)
		}
	}
	byScore := func(s, t int32) int {
		return cmp.Or(cmp.Compare(a.odds[t], a.odds[s]), cmp.Compare(r.topics[s].Level, r.topics[t].Level), cmp.Compare(r.topics[s].Code, r.topics[t].Code))
	}
	slices.SortFunc(a.picked, byScore)
	a.picked = slices.DeleteFunc(a.picked, func(t int32) bool { return a.isHeading(r, t) })
	a.picked = a.picked[:min(len(a.picked), maxNarrow)]
	var tops []int32
	for t, top := range r.tops {
		if int32(t) == top && a.odds[t] >= minTop {
			tops = append(tops, top)
		}
	}
	for _, t := range a.picked {
		top := r.tops[t]
		a.odds[top] = max(a.odds[top], a.odds[t])
		if !slices.Contains(tops, top) {
			tops = append(tops, top)
			a.implied[top] = true
		}
	}
	if len(tops) == 0 {
		best := int32(0)
		for t, top := range r.tops {
			if int32(t) == top && a.odds[t] > a.odds[best] {
				best = top
			}
		}
		if a.odds[best] >= minFirst || a.odds[best] >= minSpoken && a.scores.topic[best] > 0 {
			tops = append(tops, best)
		}
	}
	a.picked = append(a.picked, tops...)
	slices.SortFunc(a.picked, byScore)
}

// sure reports whether a narrow topic is likely enough. A user's own topic need
// not go with its level-1 topic, which its words may be unknown to.
func (a *analysis) sure(r *Rules, t int32) bool {
	switch topic := &r.topics[t]; {
	case strings.Contains(string(topic.Code), ":"):
		return a.odds[t] >= minNarrow
	case topic.Level > 3:
		return a.odds[t] >= minDeep && a.odds[r.tops[t]] >= minParent
	default:
		return a.odds[t] >= minNarrow && a.odds[r.tops[t]] >= minParent
	}
}

// isHeading reports whether a level-2 topic stands above a picked one: it is
// implied, and listing it tells an editor nothing.
func (a *analysis) isHeading(r *Rules, t int32) bool {
	return r.topics[t].Level == 2 && slices.ContainsFunc(a.picked, func(u int32) bool { return r.topics[u].Parent == r.topics[t].Code })
}

// how tells what produced a tag. The model speaks for a topic when it holds it
// for more likely than not.
func (a *analysis) how(c *Classifier, t int32) How {
	odds, _ := a.opinion(c, t)
	switch byRule := a.scores.topic[t] > 0; {
	case a.implied[t]:
		return ByChild
	case byRule && odds > 0:
		return ByBoth
	case byRule:
		return ByRule
	default:
		return ByModel
	}
}

// evidence is the strongest of what rules and model found for a topic.
func (a *analysis) evidence(c *Classifier, t int32) []Evidence {
	r := c.rules
	var out []Evidence
	for _, p := range a.match.hits.touched {
		for _, u := range r.uses[p] {
			rule := &r.rules[u.rule]
			if u.weight <= 0 || a.scores.rule[u.rule] != speaking || rule.topic != t && r.tops[rule.topic] != t {
				continue
			}
			out = append(out, Evidence{Rule: rule.name, Span: a.match.hits.first[p], Entity: a.match.hits.who[p], Weight: u.weight * damped(a.match.hits.count[p])})
			break
		}
	}
	slices.SortStableFunc(out, func(x, y Evidence) int { return cmp.Compare(y.Weight, x.Weight) })
	out = out[:min(len(out), maxEvidence)]
	if odds, _ := a.opinion(c, t); odds > 0 {
		out = a.model.evidence(out, int(c.labels[t]))
	}
	return out
}
