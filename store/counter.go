package store

import "iter"

// counter counts articles by subject, in an array of all of them, which is four
// megabytes for a million. It is used again for the next question, and notes
// which stretches of the array were counted in, so that a subject of a few
// articles pays neither for clearing the whole nor for looking through it.
type counter struct {
	counts []uint32 // by subject
	used   []bool   // by stretch of counts: not all of it is zero
}

// stretch is how many counts stand for each other in used.
const stretch = 64

// counter is one that has counted nothing, the view's until it is closed. The
// caller holds the lock of the walk.
func (v *view) counter() *counter {
	n := v.s.mem.len()
	c, _ := v.s.counters.Get().(*counter)
	if c == nil || len(c.counts) < n {
		c = newCounter(n + n/8) // for subjects to come
	}
	v.counters = append(v.counters, c)
	return c
}

// newCounter counts at least n subjects.
func newCounter(n int) *counter {
	stretches := n/stretch + 1
	return &counter{make([]uint32, stretches*stretch), make([]bool, stretches)}
}

// reset is as though nothing had been counted.
func (c *counter) reset() {
	for _, counts := range c.stretches() {
		clear(counts)
	}
	clear(c.used)
}

// add counts an article in which some subjects stand.
func (c *counter) add(subjects []uint32) {
	counts, used := c.counts, c.used // kept in registers
	for _, n := range subjects {
		counts[n]++
		used[n/stretch] = true
	}
}

// merge adds another's counts.
func (c *counter) merge(other *counter) {
	for lo, counts := range other.stretches() {
		c.used[lo/stretch] = true
		sums := c.counts[lo:][:stretch]
		for i, k := range counts {
			sums[i] += k
		}
	}
}

// stretches are the counts of consecutive subjects, from the number of the
// first on, wherever some are not zero.
func (c *counter) stretches() iter.Seq2[uint32, []uint32] {
	return func(yield func(uint32, []uint32) bool) {
		for i, used := range c.used {
			lo := i * stretch
			if used && !yield(uint32(lo), c.counts[lo:][:stretch]) {
				return
			}
		}
	}
}
