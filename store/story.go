package store

import (
	"math"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"

	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/text"
)

// Stories: articles with nearly the same text, such as a syndicated copy or a
// light edit. The method is MinHash over shingles of three words (Broder, "On
// the resemblance and containment of documents", 1997) in bands (Leskovec,
// Rajaraman and Ullman, Mining of Massive Datasets, chapter 3), with a vote:
// an article joins the story that has claimed at least `agree` of its bands.
// With 16 bands of 3 rows, two texts that share the fraction j of their
// shingles agree in a band with probability j³, so that a pair is joined with
// probability 0.995 at j = 0.8, 0.7 at 0.6, and 0.007 at 0.3.
//
// Titles do not count, since outlets write their own. An edit stays the story
// it was. Which story an article is of is decided once, when it arrives.
const (
	bands   = 16
	rows    = 3
	agree   = 3
	shingle = 3 // words
)

// sketch holds the bands of one text; all zero when it has no words.
type sketch [bands]uint64

// sketchOf reads an article's visible text, in linear time.
func sketchOf(a tagger.Article) sketch {
	body := a.Body
	if a.HTML {
		body = text.HTML("", a.Body).Text
	}
	var least [bands * rows]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	some := false
	shingles(body, func(h uint64) {
		some = true
		for i := range least {
			// Multiply and add by odd constants: one permutation for each i.
			if v := (h ^ salts[i]) * 0x9e3779b97f4a7c15; v < least[i] {
				least[i] = v
			}
		}
	})
	if !some {
		return sketch{}
	}
	return banded(least)
}

func banded(least [bands * rows]uint64) (s sketch) {
	for i := range s {
		h := uint64(i)
		for _, v := range least[i*rows : (i+1)*rows] {
			h = (h ^ v ^ v>>32) * 0xff51afd7ed558ccd
			h ^= h >> 33
		}
		s[i] = h | 1 // never 0
	}
	return s
}

// salts make different permutations; fixed for ever, they are in every archive.
var salts = func() (s [bands * rows]uint64) {
	x := uint64(0x2545f4914f6cdd1d)
	for i := range s { // splitmix64
		x += 0x9e3779b97f4a7c15
		z := (x ^ x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		s[i] = z ^ z>>31
	}
	return s
}()

// shingles calls do with a hash of each three words in a row, or of all words
// where there are fewer. Case and punctuation do not matter.
func shingles(body string, do func(uint64)) {
	var last [shingle]uint64
	n := 0
	words := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for w := range strings.FieldsFuncSeq(body, words) {
		copy(last[:], last[1:])
		last[shingle-1] = xxhash.Sum64String(strings.ToLower(w))
		if n++; n >= shingle {
			do(mix(last))
		}
	}
	if n > 0 && n < shingle {
		do(mix(last))
	}
}

func mix(words [shingle]uint64) uint64 {
	h := uint64(0)
	for _, w := range words {
		h = (h ^ w) * 0xc4ceb9fe1a85ec53
		h ^= h >> 29
	}
	return h
}
