package topics

import "slices"

// examples are the candidates of labelled articles with their truth: those of
// level 1 and those below. What only one annotator gave is left out. A topic
// below level 3 is right when its ancestor at level 3 is, since articles are
// labelled no deeper.
func (c *Classifier) examples(articles []Labelled) (short, top, narrow []example) {
	a := newAnalysis(c)
	for i := range articles {
		l := &articles[i]
		a.read(c, l.Input())
		a.judge(c)
		for t, u := range c.rules.tops {
			if int32(t) != u || slices.Contains(l.TopMay, c.rules.topics[t].Code) {
				continue
			}
			code := c.rules.topics[t].Code
			e := example{a.topVector(c, u), code, truth(slices.Contains(l.Top, code))}
			if a.match.word < shortWords {
				short = append(short, e)
			} else {
				top = append(top, e)
			}
		}
		for _, t := range a.scores.touched {
			code := c.labelCode(t)
			if t == c.rules.tops[t] || slices.Contains(l.CodesMay, code) || l.Codes == nil {
				continue
			}
			narrow = append(narrow, example{a.narrowVector(c, t), c.rules.topics[t].Top, truth(slices.Contains(l.Codes, code))})
		}
	}
	return short, top, narrow
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// labelCode is the topic, or its ancestor at level 3.
func (c *Classifier) labelCode(t int32) Code {
	topic := c.rules.topics[t]
	for topic.Level > 3 {
		topic, _ = c.rules.taxonomy.Topic(topic.Parent)
	}
	return topic.Code
}

// Fit learns the combiner from labelled articles and returns a classifier with
// it: level-1 topics first, since narrower ones look at their level-1 topic.
func (c *Classifier) Fit(articles []Labelled) *Classifier {
	out := c.with(combiner{Short: c.combiner.Short})
	short, top, _ := out.examples(articles)
	if len(short) >= minShort {
		out.combiner.Short = fit(short, 1, 4)
	}
	out.combiner.Top = fit(top, 1, 4)
	_, _, narrow := out.examples(articles)
	out.combiner.Narrow = fit(narrow, 1, 4)
	return out
}

// minShort is how many candidates in short texts it takes to fit their
// regression; with fewer it is kept.
const minShort = 2000

// with is the classifier with another combiner.
func (c *Classifier) with(k combiner) *Classifier {
	return assemble(c.rules, c.model, k, c.version)
}

// CrossValidate classifies each article with a combiner fitted on the other
// folds, and on the short texts, and returns the tags in order.
func (c *Classifier) CrossValidate(articles, short []Labelled, folds int) [][]Tag {
	out := make([][]Tag, len(articles))
	for f := range folds {
		rest := slices.Clone(short)
		for i := range articles {
			if i%folds != f {
				rest = append(rest, articles[i])
			}
		}
		fitted := c.Fit(rest)
		for i := f; i < len(articles); i += folds {
			out[i] = fitted.Classify(nil, articles[i].Input())
		}
	}
	return out
}
