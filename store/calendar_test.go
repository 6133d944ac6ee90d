package store

import (
	"errors"
	"testing"
	"time"
)

// Days, hours and weeks at the changes of clocks that break naive arithmetic.
func TestEdges(t *testing.T) {
	for _, test := range []struct {
		why, zone, from, to string
		size                BucketSize
		want                []string // beginnings, and the end of the last
	}{
		{"no daylight saving, half an hour off", "Asia/Kabul", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", ByDay,
			[]string{"2026-03-01T00:00:00+04:30", "2026-03-02T00:00:00+04:30", "2026-03-03T00:00:00+04:30"}},
		{"a day of 23 hours", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", ByDay,
			[]string{"2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"}},
		{"a day of 25 hours", "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", ByDay,
			[]string{"2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"}},
		{"a day that begins at one o'clock", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-24T12:00:00Z", ByDay,
			[]string{"2026-04-23T00:00:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"}},
		{"two midnights in one day", "America/Havana", "2026-10-31T12:00:00Z", "2026-11-01T12:00:00Z", ByDay,
			[]string{"2026-10-31T00:00:00-04:00", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"}},
		{"a day left out", "Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-30T11:00:00Z", ByDay,
			[]string{"2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00"}},
		{"an hour left out", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", ByHour,
			[]string{"2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"}},
		{"an hour twice", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", ByHour,
			[]string{"2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"}},
		{"clocks that change by half an hour", "Australia/Lord_Howe", "2026-10-03T14:30:00Z", "2026-10-03T16:00:00Z", ByHour,
			[]string{"2026-10-04T01:00:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-04T03:00:00+11:00"}},
		{"ISO weeks begin on Monday, across a year", "UTC", "2026-12-31T00:00:00Z", "2027-01-05T00:00:00Z", ByWeek,
			[]string{"2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z"}},
		{"months", "Asia/Dushanbe", "2024-01-31T20:00:00Z", "2024-02-29T20:00:00Z", ByMonth,
			[]string{"2024-02-01T00:00:00+05:00", "2024-03-01T00:00:00+05:00", "2024-04-01T00:00:00+05:00"}},
		{"years before 1970", "UTC", "1899-06-01T00:00:00Z", "1900-01-01T00:00:01Z", ByYear,
			[]string{"1899-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "1901-01-01T00:00:00Z"}},
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		edges, err := calendar{test.size, zone}.edges(parse(t, test.from), parse(t, test.to))
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
		}
		var got []string
		for _, e := range edges {
			got = append(got, e.Format(time.RFC3339))
		}
		if len(got) != len(test.want) {
			t.Errorf("%s: got %v, want %v", test.why, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s: edge %d: got %s, want %s", test.why, i, got[i], test.want[i])
			}
		}
	}
}

func parse(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTooManyBuckets(t *testing.T) {
	_, err := calendar{ByHour, time.UTC}.edges(parse(t, "0001-01-01T00:00:00Z"), parse(t, "9999-01-01T00:00:00Z"))
	if !errors.Is(err, ErrBadRange) {
		t.Errorf("hours of ten thousand years: got %v, want ErrBadRange", err)
	}
}
