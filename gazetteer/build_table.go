package gazetteer

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// takePrefix sorts in the first words of names by their hash, with the slot they
// want, without fingerprint. The record begins with what decides the bucket, so
// that the table is written from its beginning to its end:
//
//	mixed hash 8 | slot 8, big-endian
func (m *making) takePrefix(hash uint64, s slot) error {
	m.buf = binary.BigEndian.AppendUint64(m.buf[:0], mix(hash))
	m.buf = binary.BigEndian.AppendUint64(m.buf, uint64(s))
	return m.prefixes.Add(m.buf)
}

// eachPrefix calls do with every beginning of names once, and all that is said
// of it.
func (m *making) eachPrefix(do func(mixed uint64, s slot) error) error {
	var last uint64
	var said slot
	err := m.prefixes.Each(func(record []byte) error {
		mixed, s := binary.BigEndian.Uint64(record), slot(binary.BigEndian.Uint64(record[8:]))
		if mixed == last {
			said |= s
			return nil
		}
		before, saidBefore := last, said
		last, said = mixed, s
		if saidBefore == 0 {
			return nil
		}
		return do(before, saidBefore)
	})
	if err != nil || said == 0 {
		return err
	}
	return do(last, said)
}

// tableLoad is the share of slots in use. At 0.85 about one bucket in seven
// overflows into its neighbour.
const tableLoad = 0.85

// takePrefixes fills the table. When two beginnings of names look the same in
// it, which is so once in ten files of ten million names, another seed is taken.
func (m *making) takePrefixes() error {
	count := 0
	if err := m.eachPrefix(func(uint64, slot) error { count++; return nil }); err != nil {
		return err
	}
	buckets := uint64(float64(count)/tableLoad/8) + 1
	for {
		err := m.fillTable(buckets)
		if !errors.Is(err, errCollision) {
			return err
		}
		if err := m.reseed(); err != nil {
			return err
		}
	}
}

// reseed sorts the prefixes as the next seed wants them.
func (m *making) reseed() error {
	old := m.prefixes
	defer old.Close()
	m.prefixes = m.sorter()
	m.header.seed++
	return old.Each(func(record []byte) error {
		m.buf = append(m.buf[:0], record...)
		hash := unmix(binary.BigEndian.Uint64(record)) + 1 // the seed is added to it
		binary.BigEndian.PutUint64(m.buf, mix(hash))
		return m.prefixes.Add(m.buf)
	})
}

// errCollision says that two beginnings of names look the same in the table.
var errCollision = errors.New("two names share bucket and fingerprint")

// filling is a table being filled from its first bucket to its last.
type filling struct {
	out     *section
	buckets uint64
	at      uint64 // the bucket being filled
	from    uint64 // the bucket where open starts
	open    []slot // the slots of full buckets, and of the one being filled
	head    []byte // the first buckets, into which the last may overflow
	bucket  [bucketSize]byte
}

// headBuckets is how many buckets are kept for what overflows at the end.
const headBuckets = 1024

func (m *making) fillTable(buckets uint64) error {
	m.sections[secTable].close()
	t := filling{out: &m.sections[secTable], buckets: buckets}
	err := m.eachPrefix(func(mixed uint64, s slot) error {
		home, _ := bits.Mul64(mixed, buckets)
		return t.put(home, slot(mixed&fingerprintMask<<fingerprintShift)|s)
	})
	for err == nil && t.at < buckets {
		err = t.next()
	}
	if err == nil {
		err = t.out.patch(t.head)
	}
	return err
}

// put places a slot into the first bucket from home on that is not full. Slots
// come in order of home, so that this is home itself or the bucket being filled.
func (t *filling) put(home uint64, s slot) error {
	for t.at < t.buckets && (t.at < home || t.used() == bucketSize/slotSize) {
		if err := t.next(); err != nil {
			return err
		}
	}
	if skip := min((home-t.from)*(bucketSize/slotSize), uint64(len(t.open))); home > t.from {
		t.open, t.from = t.open[:copy(t.open, t.open[skip:])], home
	}
	for _, other := range t.open {
		if other>>fingerprintShift == s>>fingerprintShift {
			return errCollision
		}
	}
	if t.at == t.buckets {
		head := index{table: t.head, buckets: uint64(len(t.head) / bucketSize)}
		return head.insert(s)
	}
	t.open = append(t.open, s)
	return nil
}

// used is how many slots of the bucket being filled are.
func (t *filling) used() int { return len(t.open) - int(t.at-t.from)*(bucketSize/slotSize) }

// next writes the bucket being filled and goes on to the one after.
func (t *filling) next() error {
	t.bucket = [bucketSize]byte{}
	used := max(t.used(), 0)
	for i, s := range t.open[len(t.open)-used:] {
		binary.LittleEndian.PutUint64(t.bucket[i*slotSize:], uint64(s))
	}
	if t.at < headBuckets {
		t.head = append(t.head, t.bucket[:]...)
	}
	if used < bucketSize/slotSize { // nothing overflows from it
		t.open, t.from = t.open[:0], t.at+1
	}
	t.at++
	_, err := t.out.Write(t.bucket[:])
	return err
}

// insert puts a slot into the first free place of the head.
func (x *index) insert(s slot) error {
	for i := 0; i < len(x.table); i += slotSize {
		have := slot(binary.LittleEndian.Uint64(x.table[i:]))
		if have == 0 {
			binary.LittleEndian.PutUint64(x.table[i:], uint64(s))
			return nil
		}
		if have>>fingerprintShift == s>>fingerprintShift {
			return errCollision
		}
	}
	return errCollision // more than the head has room for: chance will not do it twice
}
