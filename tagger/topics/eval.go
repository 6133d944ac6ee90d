package topics

import "slices"

// Count is right, wrong and missed tags.
type Count struct {
	Right, Wrong, Missed int
}

// Precision is the share of the tags given that are right.
func (c Count) Precision() float64 { return ratio(c.Right, c.Right+c.Wrong) }

// Recall is the share of the true topics that were given.
func (c Count) Recall() float64 { return ratio(c.Right, c.Right+c.Missed) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 { return ratio(2*c.Right, 2*c.Right+c.Wrong+c.Missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Report is how well tags agree with labels.
type Report struct {
	Articles int
	First    int // articles whose first tag lies in one of their level-1 topics
	Top      Count
	Narrow   Count // levels 2 and 3; a deeper tag counts as its ancestor at level 3
	ByTopic  map[Code]*Count
	Bins     [10]Bin // by score, a tenth each
	Confused map[[2]Code]int
}

// Bin is the tags whose scores lie in one tenth of 0…1.
type Bin struct {
	Tags, Right int
	Score       float64 // sum
}

// Evaluate compares tags with labels, article by article. Topics that only one
// annotator gave count neither for nor against.
func Evaluate(taxonomy *Taxonomy, articles []Labelled, tags [][]Tag) *Report {
	r := &Report{ByTopic: map[Code]*Count{}, Confused: map[[2]Code]int{}}
	for i := range articles {
		if len(articles[i].Top) > 0 {
			r.Articles++
			r.article(taxonomy, &articles[i], tags[i])
		}
	}
	return r
}

func (r *Report) article(taxonomy *Taxonomy, l *Labelled, tags []Tag) {
	top, narrow := map[Code]float64{}, map[Code]float64{}
	for _, tag := range tags {
		top[tag.Topic.Top] = max(top[tag.Topic.Top], float64(tag.Score))
		if code := upTo(taxonomy, tag.Topic, 3); tag.Topic.Level > 1 {
			narrow[code] = max(narrow[code], float64(tag.Score))
		}
	}
	if len(tags) > 0 && (slices.Contains(l.Top, tags[0].Topic.Top) || slices.Contains(l.TopMay, tags[0].Topic.Top)) {
		r.First++
	}
	r.count(&r.Top, top, l.Top, l.TopMay)
	if l.Codes != nil {
		r.count(&r.Narrow, narrow, l.Codes, l.CodesMay)
	}
	for code := range top {
		if slices.Contains(l.Top, code) || slices.Contains(l.TopMay, code) {
			continue
		}
		for _, missed := range l.Top {
			if _, given := top[missed]; !given {
				r.Confused[[2]Code{missed, code}]++
			}
		}
	}
}

// upTo is the topic, or its ancestor at a level.
func upTo(taxonomy *Taxonomy, topic *Topic, level int) Code {
	at := *topic
	for at.Level > level {
		at, _ = taxonomy.Topic(at.Parent)
	}
	return at.Code
}

func (r *Report) count(sum *Count, given map[Code]float64, must, may []Code) {
	for code, score := range given {
		if slices.Contains(may, code) {
			continue
		}
		bin := &r.Bins[min(int(score*10), 9)]
		bin.Tags++
		bin.Score += score
		if slices.Contains(must, code) {
			bin.Right++
			sum.Right++
			r.topic(code).Right++
		} else {
			sum.Wrong++
			r.topic(code).Wrong++
		}
	}
	for _, code := range must {
		if _, ok := given[code]; !ok {
			sum.Missed++
			r.topic(code).Missed++
		}
	}
}

func (r *Report) topic(c Code) *Count {
	if r.ByTopic[c] == nil {
		r.ByTopic[c] = &Count{}
	}
	return r.ByTopic[c]
}
