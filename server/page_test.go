package server

import (
	"slices"
	"testing"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

func TestPageTokenIsBound(t *testing.T) {
	asked := &datelinev1.ListTopicsRequest{Parent: "topics/16000000", PageSize: 5}
	token := pageToken(asked, []byte("cursor"))
	for _, c := range []struct {
		name string
		req  *datelinev1.ListTopicsRequest
		ok   bool
	}{
		{"same query", &datelinev1.ListTopicsRequest{Parent: "topics/16000000", PageSize: 5, PageToken: token}, true},
		{"other page size", &datelinev1.ListTopicsRequest{Parent: "topics/16000000", PageSize: 9, PageToken: token}, true},
		{"other parent", &datelinev1.ListTopicsRequest{Parent: "topics/01000000", PageSize: 5, PageToken: token}, false},
		{"other flag", &datelinev1.ListTopicsRequest{Parent: "topics/16000000", ShowRetired: true, PageToken: token}, false},
	} {
		var p problems
		got := p.cursor(c.req, token)
		if ok := p.err() == nil; ok != c.ok || (ok && string(got) != "cursor") {
			t.Errorf("%s: got %q, %v", c.name, got, p.err())
		}
	}
}

// What comes and goes between two pages hides nothing else and shows nothing
// twice, whichever way a list runs.
func TestPagesOfAChangingList(t *testing.T) {
	for _, c := range []struct {
		name          string
		key           func(uint64) []byte
		before, after []uint64
		first, second []uint64
	}{
		{"ascending, one shown goes", ascending, []uint64{1, 2, 3, 4, 300}, []uint64{1, 3, 4, 300}, []uint64{1, 2}, []uint64{3, 4}},
		{"ascending, one more", ascending, []uint64{1, 2, 3}, []uint64{1, 2, 3, 4}, []uint64{1, 2}, []uint64{3, 4}},
		{"descending, a newer one", descending, []uint64{300, 4, 3}, []uint64{301, 300, 4, 3}, []uint64{300, 4}, []uint64{3}},
		{"all the rest goes", ascending, []uint64{1, 2, 3}, []uint64{1}, []uint64{1, 2}, nil},
	} {
		first, cursor := pageOf(c.before, nil, 2, c.key)
		second, _ := pageOf(c.after, cursor, 2, c.key)
		if !slices.Equal(first, c.first) || !slices.Equal(second, c.second) {
			t.Errorf("%s: got %v and %v, want %v and %v", c.name, first, second, c.first, c.second)
		}
	}
}
