package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/store"
)

func TestParseFilter(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{``, ``},
		{`  `, ``},
		{`about=true`, `about = "true"`},
		{`source = ariananews.af AND salience>=0.25`, `source = "ariananews.af"; salience >= "0.25"`},
		{`entity = "entities/nil:person:o'hara AND sons"`, `entity = "entities/nil:person:o'hara AND sons"`},
		{`topic = topics/16000000`, `topic = "topics/16000000"`},
		{`section = "say \"no\""`, `section = "say \"no\""`},
		{`section = ""`, `section = ""`},
		{`source`, `filter: got the end, want = or >=`},
		{`source <> x`, `filter: got "<" at byte 7, want = or >=`},
		{`source =`, `filter: got the end, want a value`},
		{`source = "open`, `filter: got "\"open" at byte 9, want a value`},
		{`"source" = x`, `filter: got "\"source\"" at byte 0, want a field name`},
		{`source = x AND`, `filter: got the end, want a condition after AND`},
		{`source = x "AND" about = true`, `filter: got "\"AND\"" at byte 11, want AND or the end`},
		{`(source = x)`, `filter: got "(" at byte 0, want a field name`},
		{"source = \xff", `filter: got "\xff" at byte 9, want a value`},
	} {
		conditions, err := parseFilter(c.in)
		got := ""
		for i, c := range conditions {
			if i > 0 {
				got += "; "
			}
			got += c.String()
		}
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestFormatFilterRoundTrip(t *testing.T) {
	in := store.Filter{
		With: []store.Subject{
			store.EntitySubject("nil:person:o'hara \"and\" sons"), store.TopicSubject("16000000"),
			{Kind: store.Source, ID: "a.af"},
			{Kind: store.Section, ID: "World AND more"},
			{Kind: store.Country, ID: "AF"},
		},
		MinSalience: 0.1,
		AboutOnly:   true,
	}
	var p problems
	out := p.filter(formatFilter(in), nil, nil)
	if err := p.err(); err != nil || fmt.Sprint(in) != fmt.Sprint(out) {
		t.Errorf("got %+v, %v, want %+v", out, err, in)
	}
}

func FuzzParseFilter(f *testing.F) {
	f.Add(`source = "a" AND about = true`)
	f.Add(`a>=1 AND`)
	f.Add("\"\\")
	f.Fuzz(func(t *testing.T, in string) {
		conditions, err := parseFilter(in)
		if err != nil {
			return
		}
		var again []string
		for _, c := range conditions {
			again = append(again, c.String())
		}
		twice, err := parseFilter(strings.Join(again, " AND "))
		if err != nil || len(twice) != len(conditions) {
			t.Fatalf("%q reads as %v, which reads as %v, %v", in, again, twice, err)
		}
	})
}
