package store

import (
	"slices"
	"sort"
)

// clock is the publish times of all articles, sorted, so that the number of
// articles between any two moments, in any time zone, is two binary searches.
// Eight bytes an article. A published clock is never changed: the next revision
// has a copy that shares most runs.
type clock struct {
	runs   [][]int64 // each sorted, none empty, one after the other
	before []int     // articles in the runs before each
}

// runSize is the most times in one run: what a change of it has to copy.
const runSize = 1024

// newClock takes over times, in any order.
func newClock(times []int64) *clock {
	slices.Sort(times)
	c := &clock{}
	for run := range slices.Chunk(times, runSize*7/8) {
		c.runs = append(c.runs, slices.Clip(run))
	}
	c.settle()
	return c
}

// changed is the clock with some times more and some less.
func (c *clock) changed(more, less []int64) *clock {
	if len(more) == 0 && len(less) == 0 {
		return c
	}
	n := &clock{runs: slices.Clone(c.runs)}
	for _, t := range more {
		n.add(t)
	}
	for _, t := range less { // last: an article may come and go in one batch
		n.remove(t)
	}
	n.settle()
	return n
}

func (c *clock) add(t int64) {
	if len(c.runs) == 0 {
		c.runs = [][]int64{{t}}
		return
	}
	i := max(sort.Search(len(c.runs), func(i int) bool { return c.runs[i][0] > t })-1, 0)
	at, _ := slices.BinarySearch(c.runs[i], t)
	run := slices.Insert(slices.Clip(c.runs[i]), at, t) // clipped, so that it is a copy
	c.runs[i] = run
	if n := len(run); n > runSize {
		cut := n / 2
		if i == len(c.runs)-1 { // most articles are new ones: leave what is full nearly so
			cut = n * 7 / 8
		}
		c.runs[i] = run[:cut:cut]
		c.runs = slices.Insert(c.runs, i+1, slices.Clip(run[cut:]))
	}
}

func (c *clock) remove(t int64) {
	// Equal times may begin in the run before.
	i := max(sort.Search(len(c.runs), func(i int) bool { return c.runs[i][0] >= t })-1, 0)
	for ; i < len(c.runs); i++ {
		at, ok := slices.BinarySearch(c.runs[i], t)
		if !ok {
			continue
		}
		c.runs[i] = slices.Concat(c.runs[i][:at], c.runs[i][at+1:])
		if len(c.runs[i]) == 0 {
			c.runs = slices.Delete(c.runs, i, i+1)
		}
		return
	}
}

func (c *clock) settle() {
	c.before = make([]int, len(c.runs))
	n := 0
	for i, run := range c.runs {
		c.before[i] = n
		n += len(run)
	}
}

// rank is the number of articles published before t.
func (c *clock) rank(t int64) int {
	i := sort.Search(len(c.runs), func(i int) bool { return c.runs[i][0] >= t }) - 1
	if i < 0 {
		return 0
	}
	at, _ := slices.BinarySearch(c.runs[i], t)
	return c.before[i] + at
}

// newest is the last time; false when there is none.
func (c *clock) newest() (int64, bool) {
	if len(c.runs) == 0 {
		return 0, false
	}
	run := c.runs[len(c.runs)-1]
	return run[len(run)-1], true
}
