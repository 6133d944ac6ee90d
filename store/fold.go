package store

import (
	"encoding/binary"
	"slices"
)

// mostFolded bounds the rows of one fold, and with them its transaction.
const mostFolded = 10_000

// foldDue folds the rows of subjects that have collected enough of them. It
// runs in the writer between batches, so that nothing changes meanwhile.
func (s *Store) foldDue() {
	b := s.newBatch()
	for _, n := range s.due() {
		if err := b.fold(n); err != nil {
			b.base.discard()
			s.opts.Log.Error("fold postings", "subject", n, "err", err)
			return
		}
	}
	folded := len(b.rows) > 0
	if err := b.commit(); err != nil {
		s.opts.Log.Error("fold postings", "err", err)
	} else if folded {
		s.committed()
	}
}

// due takes some subjects from those that want folding.
func (s *Store) due() []uint32 {
	const most = 64
	n := min(len(s.folding), most)
	due := slices.Clone(s.folding[:n])
	s.folding = s.folding[n:]
	for {
		select {
		case hint := <-s.hints: // a reader met more rows than memory knew of
			if !slices.Contains(due, hint) {
				due = append(due, hint)
			}
		default:
			return due
		}
	}
}

// fold moves a subject's rows into its blocks.
func (b *batch) fold(subject uint32) error {
	rows, err := b.base.loose(subject, first, last)
	if err != nil || len(rows) == 0 {
		return err
	}
	all := len(rows) <= mostFolded
	rows = rows[:min(len(rows), mostFolded)]
	err = b.base.blocks(subject, rows, first, last, func(key []byte, touched bool, list []posting) bool {
		if touched {
			b.reblock(subject, key, list)
		}
		return true
	})
	if err != nil {
		return err
	}
	folds := b.foldsOf(subject)
	for _, p := range rows {
		b.del(postingKey(subject, folds, p.place))
	}
	if all {
		b.set(foldTable.of32(subject), binary.BigEndian.AppendUint32(nil, folds+1))
		b.folded = append(b.folded, subject)
	} else {
		b.then(func() { b.s.folding = append(b.s.folding, subject) })
	}
	return nil
}

// reblock writes a list as blocks of about the same length in place of the
// block with the key, if any.
func (b *batch) reblock(subject uint32, key []byte, list []posting) {
	if key != nil {
		b.del(key)
	}
	n := (len(list) + blockSize - 1) / blockSize
	for i := range n {
		part := list[i*len(list)/n : (i+1)*len(list)/n]
		b.set(blockKey(subject, part[len(part)-1].place), appendBlock(nil, part))
	}
}

// first and last are places before and behind all others.
var (
	first = place{time: undated}
	last  = place{time: 1<<63 - 1, article: 1<<32 - 1}
)

// loose is the postings of a subject that are in no block yet, tombstones
// among them, from one place to before another.
func (s snapshot) loose(subject uint32, from, to place) ([]posting, error) {
	folds, err := s.folds(subject)
	if err != nil {
		return nil, err
	}
	var list []posting
	scope := span{prefix: postingsSince(subject, folds), lo: postingKey(subject, folds, from), hi: postingKey(subject, folds, to)}
	err = s.scan(scope, func(key, value []byte) (bool, error) {
		p, err := readRow(key, value)
		list = append(list, p)
		return true, err
	})
	return list, err
}

// folds is how often a subject's postings were folded. Memory knows it of the
// newest revision only.
func (s snapshot) folds(subject uint32) (uint32, error) {
	v, err := s.get(foldTable.of32(subject))
	if err != nil || v == nil {
		return 0, err
	}
	if len(v) != 4 {
		return 0, errDamaged
	}
	return binary.BigEndian.Uint32(v), nil
}

// blocks calls do with each block of a subject that reaches into the range, as
// the rows change it: the postings without tombstones, in order, and whether
// rows touched it. A block takes all rows behind the block before it up to its
// own last posting; rows behind the last block come as a block without a key.
// Key and list are valid only during the call.
func (s snapshot) blocks(subject uint32, rows []posting, from, to place, do func(key []byte, touched bool, list []posting) bool) error {
	buf := make([]posting, 0, 2*blockSize)
	more := true
	scope := span{prefix: blockTable.of32(subject), lo: blockKey(subject, from)}
	err := s.scan(scope, func(key, value []byte) (_ bool, err error) {
		if buf, err = readBlock(buf[:0], value); err != nil {
			return false, err
		}
		end := placeOf(key)
		n := 0
		for n < len(rows) && !end.before(rows[n].place) {
			n++
		}
		list := buf
		if n > 0 {
			list = overlay(buf, rows[:n])
			rows = rows[n:]
		}
		more = do(key, n > 0, list) && end.before(to)
		return more, nil
	})
	if err == nil && more && len(rows) > 0 {
		do(nil, true, overlay(nil, rows))
	}
	return err
}

// overlay is a block's postings as newer rows change them.
func overlay(block, rows []posting) []posting {
	out := make([]posting, 0, len(block)+len(rows))
	for len(block) > 0 || len(rows) > 0 {
		switch {
		case len(rows) == 0 || len(block) > 0 && block[0].before(rows[0].place):
			out, block = append(out, block[0]), block[1:]
			continue
		case len(block) > 0 && block[0].place == rows[0].place:
			block = block[1:]
		}
		if rows[0].flags&removed == 0 {
			out = append(out, rows[0])
		}
		rows = rows[1:]
	}
	return out
}

// back is the place behind which the last so many blocks of a subject before a
// place begin, or the first place when there are no more blocks.
func (s snapshot) back(subject uint32, to place, blocks int) place {
	from := first
	s.keysBack(span{prefix: blockTable.of32(subject), hi: blockKey(subject, to)}, func(key []byte) bool {
		from = placeOf(key)
		blocks--
		return blocks >= 0
	})
	if blocks >= 0 {
		return first
	}
	return from
}
