package store

import (
	"fmt"
	"time"
)

// calendar cuts time into buckets of a zone.
type calendar struct {
	size BucketSize
	zone *time.Location
}

// span of one bucket at least, to refuse ranges before they are cut up.
var shortest = map[BucketSize]time.Duration{
	ByHour: time.Hour, ByDay: 23 * time.Hour, ByWeek: 6 * 24 * time.Hour, ByMonth: 27 * 24 * time.Hour, ByYear: 364 * 24 * time.Hour,
}

// edges are the beginnings of the buckets that cover [from, to), and the end
// of the last.
func (c calendar) edges(from, to time.Time) ([]time.Time, error) {
	least, ok := shortest[c.size]
	if !ok {
		return nil, bad(ErrInvalid, "bucket_size", fmt.Sprint(c.size), "hour, day, week, month or year")
	}
	// Compared in seconds: a range may be longer than a Duration holds.
	if n := (to.Unix() - from.Unix()) / int64(least/time.Second); n > MaxBuckets {
		return nil, bad(ErrBadRange, "bucket_size", fmt.Sprintf("%d buckets", n), fmt.Sprintf("at most %d: wider buckets or a shorter range", MaxBuckets))
	}
	at := c.floor(from.In(c.zone))
	edges := []time.Time{at}
	for at.Before(to) {
		at = c.next(at)
		edges = append(edges, at)
	}
	return edges, nil
}

// floor is the beginning of the bucket in which t lies.
func (c calendar) floor(t time.Time) time.Time {
	y, m, d := t.Date()
	switch c.size {
	case ByHour:
		return c.floorHour(t)
	case ByWeek:
		return c.midnight(y, m, d-(int(t.Weekday())+6)%7)
	case ByMonth:
		return c.midnight(y, m, 1)
	case ByYear:
		return c.midnight(y, 1, 1)
	}
	return c.midnight(y, m, d)
}

// next is the beginning of the bucket behind the one that begins at t. A day
// that a zone left out, as Samoa did 30 December 2011, is no bucket.
func (c calendar) next(t time.Time) time.Time {
	if c.size == ByHour {
		return c.nextHour(t)
	}
	y, m, d := t.Date()
	for n := 1; ; n++ {
		var after time.Time
		switch c.size {
		case ByWeek:
			after = c.midnight(y, m, d-(int(t.Weekday())+6)%7+7*n)
		case ByMonth:
			after = c.midnight(y, m+time.Month(n), 1)
		case ByYear:
			after = c.midnight(y+n, 1, 1)
		default:
			after = c.midnight(y, m, d+n)
		}
		if after.After(t) {
			return after
		}
	}
}

// midnight is the first moment of a local day, also where clocks jump over
// midnight (then it begins at one o'clock) or back across it (then the first
// of the two midnights). time.Date promises neither.
func (c calendar) midnight(y int, m time.Month, d int) time.Time {
	wall := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	before := offset(wall.Add(-36*time.Hour), c.zone)
	after := offset(wall.Add(36*time.Hour), c.zone)
	early := wall.Add(-max(before, after)).In(c.zone)
	late := wall.Add(-min(before, after)).In(c.zone)
	switch {
	case sameWall(early, wall):
		return early
	case sameWall(late, wall):
		return late
	}
	// Neither is local midnight: it was jumped over, at the change that follows
	// early.
	if _, change := early.ZoneBounds(); !change.IsZero() && !change.After(late) {
		return change
	}
	return late
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// sameWall reports whether clocks show at t what wall shows in UTC.
func sameWall(t, wall time.Time) bool {
	_, seconds := t.Zone()
	return t.Add(time.Duration(seconds) * time.Second).Equal(wall)
}

// floorHour is the beginning of t's clock hour, no earlier than the last
// change of the clocks.
func (c calendar) floorHour(t time.Time) time.Time {
	_, seconds := t.Zone()
	into := time.Duration((t.Unix()+int64(seconds))%3600+3600) % 3600 * time.Second
	at := t.Truncate(time.Second).Add(-into)
	if change, _ := t.ZoneBounds(); at.Before(change) {
		return change
	}
	return at
}

// nextHour is the next full hour, or the next change of the clocks.
func (c calendar) nextHour(t time.Time) time.Time {
	_, seconds := t.Zone()
	into := time.Duration((t.Unix()+int64(seconds))%3600+3600) % 3600 * time.Second
	at := t.Add(time.Hour - into)
	if _, change := t.ZoneBounds(); !change.IsZero() && change.Before(at) {
		return change
	}
	return at
}
