package store

import (
	"encoding/binary"
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

// claim is what a band's row holds: story and article of the first text that
// had the band.
type claim struct{ story, article uint32 }

func (c claim) row() []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, c.story), c.article)
}

func readClaim(b []byte) (c claim, ok bool) {
	if len(b) != 8 {
		return claim{}, false
	}
	return claim{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}, true
}

// story decides which story an article is of and stages its claims to bands
// that are free. It stages nothing when it fails.
func (b *batch) story(article uint32, old *head, p *prepared) (uint32, error) {
	if old != nil && old.content == p.content {
		return old.story, nil
	}
	var owned [][]byte
	var err error
	if old != nil {
		if owned, err = b.claims(article); err != nil {
			return 0, err
		}
	}
	votes := map[uint32]int{}
	var free [][]byte
	for i, hash := range p.sketch {
		if hash == 0 {
			break
		}
		key := bandKey(i, hash)
		row, err := b.get(key)
		if err != nil {
			return 0, err
		}
		if c, ok := readClaim(row); ok && c.article != article {
			votes[c.story]++
		} else {
			free = append(free, key)
		}
	}
	story := elect(article, votes)
	if old != nil {
		story = old.story
	}
	for _, key := range owned {
		b.del(key)
	}
	for _, key := range free {
		b.set(key, claim{story, article}.row())
	}
	return story, nil
}

// elect is the story with the most votes, the oldest of equals, or the
// article's own when none has enough.
func elect(article uint32, votes map[uint32]int) uint32 {
	story, most := article, agree-1
	for s, n := range votes {
		if n > most || n == most && most >= agree && s < story {
			story, most = s, n
		}
	}
	return story
}

// claims lists the keys of the bands that a stored article owns.
func (b *batch) claims(article uint32) ([][]byte, error) {
	row, err := b.get(articleTable.of32(article))
	if err != nil {
		return nil, err
	}
	text, err := b.s.codec.unpack(row)
	if err != nil {
		return nil, err
	}
	a, err := decodeArticle(text)
	if err != nil {
		return nil, err
	}
	var owned [][]byte
	for i, hash := range sketchOf(a.Article) {
		key := bandKey(i, hash)
		row, err := b.get(key)
		if err != nil {
			return nil, err
		}
		if c, ok := readClaim(row); ok && c.article == article {
			owned = append(owned, key)
		}
	}
	return owned, nil
}
