package topics

import "fmt"

// Finding is one thing that a check of the rules found.
type Finding struct {
	Rule    string // "disaster.rules:12"
	Pattern string // "" when it is about the whole rule
	Fault   string // "dead", "shadowed", "over-eager"
	Texts   int    // in how many texts it occurs or speaks
}

func (f Finding) String() string {
	if f.Pattern == "" {
		return fmt.Sprintf("%s: %s: speaks in %d texts", f.Rule, f.Fault, f.Texts)
	}
	return fmt.Sprintf("%s: %s: %q", f.Rule, f.Fault, f.Pattern)
}

// Check runs the rules over texts and reports, in the order of the files, the
// patterns that never occur (dead), those that contain a shorter pattern of
// their rule that weighs no less and so speaks wherever they do (shadowed), and
// the rules whose topic is likely in more than a share most of the texts
// (over-eager).
func (c *Classifier) Check(texts []Labelled, most float64) []Finding {
	occurs := make([]int, c.rules.matcher.patterns)
	speaks := make([]int, len(c.rules.rules))
	a := newAnalysis(c)
	for i := range texts {
		a.read(c, texts[i].Input())
		a.judge(c)
		for _, p := range a.match.hits.touched {
			occurs[p]++
		}
		for _, r := range a.scores.rules {
			if a.scores.rule[r] == speaking && a.odds[c.rules.rules[r].topic] >= minNarrow {
				speaks[r]++
			}
		}
	}
	var out []Finding
	for i := range c.rules.rules {
		r := &c.rules.rules[i]
		if float64(speaks[i]) > most*float64(len(texts)) {
			out = append(out, Finding{Rule: r.name, Fault: "over-eager", Texts: speaks[i]})
		}
		for k, p := range r.terms {
			switch {
			case r.shadow[k] != "":
				out = append(out, Finding{r.name, r.source[k], "shadowed", occurs[p]})
			case occurs[p] == 0:
				out = append(out, Finding{r.name, r.source[k], "dead", 0})
			}
		}
	}
	return out
}

// shadow tells for each pattern of a rule which other one it contains and
// whose weight is no less: what the longer one adds to the shorter is its
// weight once more, seldom meant. "" for none.
func shadow(terms []weighted) []string {
	out := make([]string, len(terms))
	for i, long := range terms {
		for k, short := range terms {
			if i != k && sameSign(long.weight, short.weight) && short.weight >= long.weight && long.contains(short.pattern) {
				out[i] = short.source
			}
		}
	}
	return out
}

func sameSign(a, b float32) bool { return (a > 0) == (b > 0) }

// contains reports whether every run of a phrase has a run of another, shorter
// one within.
func (p pattern) contains(short pattern) bool {
	if p.phrase == nil || short.phrase == nil {
		return false
	}
	for _, run := range p.phrase {
		found := false
		for _, part := range short.phrase {
			found = found || len(part) < len(run) && within(run, part)
		}
		if !found {
			return false
		}
	}
	return true
}

func within(run, part []wordPattern) bool {
	for i := 0; i+len(part) <= len(run); i++ {
		same := true
		for k := range part {
			same = same && run[i+k].reduced == part[k].reduced && part[k].letters <= run[i+k].letters && part[k].form != exact
		}
		if same {
			return true
		}
	}
	return false
}
