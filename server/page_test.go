package server

import (
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
