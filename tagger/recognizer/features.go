package recognizer

import "github.com/dateline-news/dateline/tagger/text"

// window is how many words on each side of a token speak for it by themselves.
const window = 2

// rowBits is the size of the weight table: features are hashed into 2^rowBits
// rows and those that collide share their weights.
const rowBits = 20

// RowCount is the number of rows of the weight table.
const RowCount = 1 << rowBits

// template numbers a kind of feature, so that equal values of two kinds fall
// into different rows.
type template uint64

// The templates of words by themselves; each is doubled for every offset.
const (
	tExact template = iota + 1
	tLower
	tShape
	tClass
	tPrefix
	tSuffix  = tPrefix + 5
	tCluster = tSuffix + 5
	tNames   = tCluster + 4
	tWordEnd = tNames + 1
)

// The templates of context.
const (
	tCaseAround template = iota + 100
	tCaseBefore
	tCaseAfter
	tCaseWide
	tWordBeforeCase
	tWordAfterCase
	tBigramBefore
	tBigramAfter
	tBigramFar
	tClusterBigramBefore
	tClusterBigramAfter
	tClusterAround
	tClusterBeforeCase
	tClusterAfterCase
	tNamesAround
	tNamesAfter
	tRunLastWord
	tRunFirstWord
	tRunLastCluster
	tRunFirstCluster
	tRunShape
	tRunNames
	tRunWordBefore
	tRunWordAfter
	tRunClusterBefore
	tRunClusterAfter
	tJoinedFirst
	tJoinedLast
	tJoinedLastCluster
	tMember
	tMemberCase
	tMemberBefore
	tMemberAfter
	tSeen
	tSeenCluster
	tElsewhereBefore
	tElsewhereAfter
	tElsewhereNames
	tElsewhereLast
	tOpening
	tSportMember
	tSportCase
	tSportBefore
	tSportAfter
	tSportCluster
)

// key is the number of a template at an offset.
func (t template) key(offset int) uint64 {
	return uint64(t)*8 + uint64(offset+window)
}

// row hashes a value under a key into the weight table.
func row(key, value uint64) uint32 {
	h := (value ^ key*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return uint32(h >> (64 - rowBits))
}

// pair makes one value of two.
func pair(a, b uint64) uint64 {
	h := (a + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9
	return (h ^ h>>29) + b*0x94D049BB133111EB
}

// wordRows appends the rows by which a word speaks for the token at a distance
// of offset words before it: the further away, the less of the word counts.
func wordRows(dst []uint32, f *form, offset int) []uint32 {
	add := func(t template, value uint64) { dst = append(dst, row(t.key(offset), value)) }
	add(tLower, f.lower)
	add(tClass, uint64(f.class))
	for k, c := range f.entry.Clusters {
		if c != 0 {
			add(tCluster+template(k), uint64(c))
		}
	}
	if offset < -1 || offset > 1 {
		return dst
	}
	add(tShape, f.shape)
	add(tNames, uint64(f.entry.Names))
	add(tSuffix+2, f.suffix[2])
	if offset != 0 {
		return dst
	}
	add(tExact, f.exact)
	for k := range f.prefix {
		if f.prefix[k] != 0 {
			add(tPrefix+template(k), f.prefix[k])
		}
		if f.suffix[k] != 0 && k != 2 {
			add(tSuffix+template(k), f.suffix[k])
		}
	}
	return dst
}

// Rows appends all rows that speak for token i of sentence s. The analysis
// must be one for training.
func (a *Analysis) Rows(dst []uint32, s text.Sentence, i int) []uint32 {
	for offset := -window; offset <= window; offset++ {
		if j := i + offset; j >= s.First && j < s.Last {
			dst = wordRows(dst, &a.vocabulary.forms[a.index[j]], offset)
		}
	}
	return a.contextRows(dst, s, i)
}

// beyond stands for the words before and after a sentence.
var beyond = word{lower: 1}

// at is word i of sentence s, or beyond.
func (a *Analysis) at(s text.Sentence, i int) (*word, uint64) {
	if i < s.First || i >= s.Last {
		return &beyond, uint64(noWord)
	}
	return a.word(i), uint64(a.class[i])
}

// cluster is the cluster of a word at one granularity, or its case when it has
// none.
func (w *word) cluster(k int) uint64 {
	if c := w.entry.Clusters[k]; c != 0 {
		return uint64(c)
	}
	return 1<<16 + uint64(w.class)
}

// The granularities of clusters.
const (
	of64 = iota
	of256
	of1024
	of4096
)

// contextRows appends the rows that look at more than one word, or at what
// only the sentence or the document tells of one.
func (a *Analysis) contextRows(dst []uint32, s text.Sentence, i int) []uint32 {
	w, c := a.at(s, i)
	before, cBefore := a.at(s, i-1)
	after, cAfter := a.at(s, i+1)
	before2, cBefore2 := a.at(s, i-2)
	_, cAfter2 := a.at(s, i+2)
	if i == s.First {
		c += 32
	}
	add := func(t template, value uint64) { dst = append(dst, row(uint64(t)*8, value)) }

	add(tCaseAround, cBefore<<16|c<<8|cAfter)
	add(tCaseBefore, cBefore2<<16|cBefore<<8|c)
	add(tCaseAfter, c<<16|cAfter<<8|cAfter2)
	add(tCaseWide, cBefore2<<32|cBefore<<24|c<<16|cAfter<<8|cAfter2)
	add(tWordBeforeCase, pair(before.lower, c))
	add(tWordAfterCase, pair(after.lower, c))
	add(tBigramBefore, pair(before.lower, w.lower))
	add(tBigramAfter, pair(w.lower, after.lower))
	add(tBigramFar, pair(before2.lower, before.lower))
	add(tClusterBigramBefore, before.cluster(of256)<<20|w.cluster(of256))
	add(tClusterBigramAfter, w.cluster(of256)<<20|after.cluster(of256))
	add(tClusterAround, before.cluster(of64)<<40|after.cluster(of64)<<8|c)
	add(tClusterBeforeCase, before.cluster(of1024)<<8|c)
	add(tClusterAfterCase, after.cluster(of1024)<<8|c)
	if i == s.First {
		add(tOpening, pair(w.lower, cAfter))
	}
	if names := uint64(w.entry.Names); names != 0 || before.entry.Names != 0 {
		add(tNamesAround, uint64(before.entry.Names)<<16|names<<8|c)
		add(tNamesAfter, uint64(after.entry.Names)<<16|names<<8|c)
	}
	if a.members != nil {
		dst = a.memberRows(dst, s, i, c)
	}
	if k := a.runOf[i]; k >= 0 {
		dst = a.runRows(dst, s, i, a.runs[k])
		dst = a.seenRows(dst, s, i, c)
		if a.sport > 0 {
			dst = a.sportRows(dst, s, i, c)
		}
	}
	return dst
}

// memberRows appends what the gazetteer says of a token and its neighbours.
func (a *Analysis) memberRows(dst []uint32, s text.Sentence, i int, c uint64) []uint32 {
	add := func(t template, value uint64) { dst = append(dst, row(uint64(t)*8, value)) }
	m := uint64(a.members[i])
	var before, after uint64
	if i > s.First {
		before = uint64(a.members[i-1])
	}
	if i+1 < s.Last {
		after = uint64(a.members[i+1])
	}
	if m|before|after == 0 {
		return dst
	}
	add(tMemberBefore, before<<32|m)
	add(tMemberAfter, after<<32|m)
	if m == 0 {
		return dst
	}
	add(tMemberCase, m<<8|c)
	place := m &^ uint64(memberLists)
	for rest := m & uint64(memberLists); rest != 0; rest &= rest - 1 {
		add(tMember, rest&-rest|place)
	}
	return dst
}

// runRows appends what the run of capitalized words that a token stands in
// says of it.
func (a *Analysis) runRows(dst []uint32, s text.Sentence, i int, r run) []uint32 {
	add := func(t template, value uint64) { dst = append(dst, row(uint64(t)*8, value)) }
	place := r.place(i)
	first, firstClass := a.at(s, int(r.first))
	last, lastClass := a.at(s, int(r.last)-1)
	before, _ := a.at(s, int(r.first)-1)
	after, _ := a.at(s, int(r.last))
	length := uint64(min(r.last-r.first, 6))

	add(tRunLastWord, pair(last.lower, place))
	add(tRunFirstWord, pair(first.lower, place))
	add(tRunLastCluster, last.cluster(of1024)<<2|place)
	add(tRunFirstCluster, first.cluster(of1024)<<2|place)
	add(tRunShape, length<<24|firstClass<<16|lastClass<<8|place)
	add(tRunNames, uint64(first.entry.Names)<<24|uint64(last.entry.Names)<<16|length<<8|place)
	add(tRunWordBefore, pair(before.lower, place))
	add(tRunWordAfter, pair(after.lower, place))
	add(tRunClusterBefore, before.cluster(of256)<<8|place)
	add(tRunClusterAfter, after.cluster(of256)<<8|place)
	if r.from != r.first || r.to != r.last {
		place |= 4
		if i < int(r.from)+1 {
			place |= 8
		}
		from, _ := a.at(s, int(r.from))
		to, _ := a.at(s, int(r.to)-1)
		add(tJoinedFirst, pair(from.lower, place))
		add(tJoinedLast, pair(to.lower, place))
		add(tJoinedLastCluster, to.cluster(of1024)<<4|place)
	}
	return dst
}

// seenRows appends what the rest of the document says of a capitalized word:
// whether it also stands in small letters, whether it is capitalized inside
// sentences, and what surrounds it where it stands in its longest run.
func (a *Analysis) seenRows(dst []uint32, s text.Sentence, i int, c uint64) []uint32 {
	w := a.word(i)
	o := a.occurrences(w)
	inner := a.innerElsewhere(o, s, i)
	bits := uint64(min(o.lowered, 2))<<2 | uint64(min(inner, 2))
	if bits == 0 && (o.best < 0 || int(o.best) == i) {
		return dst
	}
	add := func(t template, value uint64) { dst = append(dst, row(uint64(t)*8, value)) }
	add(tSeen, bits<<8|c)
	add(tSeenCluster, w.cluster(of256)<<8|bits)
	best := int(o.best)
	if best < 0 || best == i {
		return dst
	}
	home := a.sentenceOf(best)
	r := a.runs[a.runOf[best]]
	before, cBefore := a.at(home, best-1)
	after, cAfter := a.at(home, best+1)
	last, _ := a.at(home, int(r.last)-1)
	add(tElsewhereBefore, before.cluster(of256)<<8|cBefore)
	add(tElsewhereAfter, after.cluster(of256)<<8|cAfter)
	add(tElsewhereNames, uint64(before.entry.Names)<<24|uint64(after.entry.Names)<<16|cBefore<<8|cAfter)
	add(tElsewhereLast, last.cluster(of1024)<<8|uint64(min(r.last-r.first, 6)))
	return dst
}

// innerElsewhere is how often the word of token i stands capitalized inside
// sentences, token i left out.
func (a *Analysis) innerElsewhere(o *occurrences, s text.Sentence, i int) uint16 {
	if i > s.First && a.class[i] != headed && o.inner > 0 {
		return o.inner - 1
	}
	return o.inner
}

// sentenceOf is the sentence that token i stands in.
func (a *Analysis) sentenceOf(i int) text.Sentence {
	lo, hi := 0, len(a.Sentences)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; a.Sentences[mid].First <= i {
			lo = mid
		} else {
			hi = mid
		}
	}
	return a.Sentences[lo]
}
