package topics

// ruleScores is what the rules say of one text.
type ruleScores struct {
	topic   []float32 // by topic of Rules.topics: the sum over its rules
	title   []bool    // by topic: the title speaks for it
	kinds   []int32   // by topic: how many patterns speak for it
	touched []int32   // topics that some rule speaks of

	rule    []uint8   // by rule: not yet looked at, silent or speaking
	rules   []int32   // rules looked at
	topBest []float32 // by topic: the best weight of the current pattern below it
	topSeen []int32
}

// The states of a rule in ruleScores.rule.
const (
	unknown = iota
	silent
	speaking
)

func newRuleScores(r *Rules) *ruleScores {
	n := len(r.topics)
	return &ruleScores{topic: make([]float32, n), title: make([]bool, n), kinds: make([]int32, n),
		rule: make([]uint8, len(r.rules)), topBest: make([]float32, n)}
}

func (s *ruleScores) reset() {
	for _, t := range s.touched {
		s.topic[t], s.title[t], s.kinds[t] = 0, false, 0
	}
	for _, i := range s.rules {
		s.rule[i] = unknown
	}
	s.touched, s.rules = s.touched[:0], s.rules[:0]
}

// score sums up what was found. A level-1 topic gets the evidence of all topics
// below it, each pattern once, at its best weight there, so that ten rules that
// know the same word do not count it ten times.
func (r *Rules) score(s *ruleScores, h *hits) {
	s.reset()
	for _, p := range h.touched {
		amount := damped(h.count[p])
		for _, u := range r.uses[p] {
			if !s.speaks(r, u.rule, h) {
				continue
			}
			topic := r.rules[u.rule].topic
			top := r.tops[topic]
			if topic != top {
				s.add(topic, u.weight*amount, h.title[p])
			}
			if s.topBest[top] == 0 {
				s.topSeen = append(s.topSeen, top)
			}
			if s.topBest[top] == 0 || u.weight > s.topBest[top] {
				s.topBest[top] = u.weight
			}
		}
		for _, top := range s.topSeen {
			s.add(top, s.topBest[top]*amount, h.title[p])
			s.topBest[top] = 0
		}
		s.topSeen = s.topSeen[:0]
	}
}

func (s *ruleScores) speaks(r *Rules, rule int32, h *hits) bool {
	if s.rule[rule] == unknown {
		s.rules = append(s.rules, rule)
		s.rule[rule] = silent
		if r.rules[rule].speaks(h) {
			s.rule[rule] = speaking
		}
	}
	return s.rule[rule] == speaking
}

func (s *ruleScores) add(topic int32, amount float32, title bool) {
	if s.topic[topic] == 0 && s.kinds[topic] == 0 {
		s.touched = append(s.touched, topic)
	}
	s.topic[topic] += amount
	if amount > 0 {
		s.kinds[topic]++
		s.title[topic] = s.title[topic] || title
	}
}
