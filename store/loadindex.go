package store

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/dateline-news/dateline/internal/extsort"
)

// Records of the sorts of a Loader, big-endian:
//
//	band 1 | hash 8 | article 4
//	subject 4 | time 8 | article 4 | story 4 | mentions 4 | salience 2 | flags 1
const (
	bandSize    = 13
	postingSize = 27
)

// stories decides which story each article is of, as batch.story would have
// done one by one: an article gives a vote to the story of the first article
// that has the band, for each band that it was not the first to have.
func (l *Loader) stories() ([]uint32, error) {
	pairs := extsort.New(l.s.opts.Dir, sortBytes/4) // article, and the first of one of its bands
	defer pairs.Close()
	err := l.eachBand(func(key []byte, article, first uint32) error {
		if article == first {
			return nil
		}
		return pairs.Add(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, article), first))
	})
	if err != nil {
		return nil, err
	}
	stories := make([]uint32, l.articles)
	for i := range stories {
		stories[i] = uint32(i)
	}
	votes, of := map[uint32]int{}, uint32(0)
	err = pairs.Each(func(pair []byte) error {
		if article := binary.BigEndian.Uint32(pair); article != of {
			stories[of] = elect(of, votes)
			clear(votes)
			of = article
		}
		votes[stories[binary.BigEndian.Uint32(pair[4:])]]++
		return nil
	})
	if l.articles > 0 {
		stories[of] = elect(of, votes)
	}
	return stories, err
}

// eachBand calls do with each band of each article, and the first article that
// has it.
func (l *Loader) eachBand(do func(key []byte, article, first uint32) error) error {
	var last []byte
	var first uint32
	return l.bands.Each(func(record []byte) error {
		article := binary.BigEndian.Uint32(record[bandSize-4:])
		if key := record[:bandSize-4]; !bytes.Equal(key, last) {
			last, first = append(last[:0], key...), article
		}
		return do(last, article, first)
	})
}

func (l *Loader) writeClaims(stories []uint32) error {
	return l.eachBand(func(key []byte, article, first uint32) error {
		if article != first {
			return nil
		}
		return l.rows.set(append(bandTable.all(), key...), claim{stories[first], first}.row())
	})
}

// sortedPosting writes a posting so that its subject's list sorts by place.
func sortedPosting(b []byte, subject uint32, p posting) {
	b = appendPlace(binary.BigEndian.AppendUint32(b[:0], subject), p.place)
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, p.story), p.mentions)
	_ = append(binary.BigEndian.AppendUint16(b, p.salience), byte(p.flags))
}

func readSortedPosting(b []byte) (subject uint32, p posting) {
	p.place = placeOf(b[:4+placeSize])
	rest := b[4+placeSize:]
	p.story, p.mentions = binary.BigEndian.Uint32(rest), binary.BigEndian.Uint32(rest[4:])
	p.salience, p.flags = binary.BigEndian.Uint16(rest[8:]), flags(rest[10])
	return binary.BigEndian.Uint32(b), p
}

// fewPostings is how many a subject may have and still get rows of their own
// rather than a block.
const fewPostings = 16

// writePostings makes blocks of each subject's postings.
func (l *Loader) writePostings(postings *extsort.Sorter) error {
	var list []posting
	of, folded := uint32(0), false
	next := func() error {
		defer func() { list, folded = list[:0], false }()
		if !folded && len(list) <= fewPostings {
			return l.writeLoose(of, list)
		}
		return l.writeBlock(of, list, !folded)
	}
	err := postings.Each(func(record []byte) error {
		subject, p := readSortedPosting(record)
		if subject != of {
			if err := next(); err != nil {
				return err
			}
			of = subject
		}
		if list = append(list, p); len(list) < blockSize {
			return nil
		}
		err := l.writeBlock(of, list, !folded)
		list, folded = list[:0], true
		return err
	})
	if err != nil {
		return err
	}
	return next()
}

func (l *Loader) writeLoose(subject uint32, list []posting) error {
	for _, p := range list {
		if err := l.rows.set(postingKey(subject, 0, p.place), p.row()); err != nil {
			return err
		}
	}
	return nil
}

// writeBlock writes a block and, with a subject's first, that it was folded.
func (l *Loader) writeBlock(subject uint32, list []posting, isFirst bool) error {
	if isFirst {
		if err := l.rows.set(foldTable.of32(subject), binary.BigEndian.AppendUint32(nil, 1)); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return nil
	}
	return l.rows.set(blockKey(subject, list[len(list)-1].place), appendBlock(nil, list))
}

func (l *Loader) writeSubjects() error {
	for n := range uint32(l.s.mem.len()) {
		if err := l.rows.set(subjectTable.of32(n), encodeSubject(l.s.mem.subject(n))); err != nil {
			return err
		}
	}
	return nil
}

func (l *Loader) writeNames() error {
	for _, name := range slices.Sorted(maps.Keys(l.names)) {
		if err := l.rows.set(nameTable.ofString(name), binary.BigEndian.AppendUint32(nil, l.names[name].article)); err != nil {
			return err
		}
	}
	return nil
}
