package server

import (
	"context"
	"testing"
	"testing/fstest"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/tagger/topics"
)

// TestSetTopics gives a running server a topic of a user's own.
func TestSetTopics(t *testing.T) {
	p := start(t)
	classifier, err := topics.New(fstest.MapFS{"acme.rules": {Data: []byte(
		"define acme:ferries \"island ferries\" under 20000343\ntopic acme:ferries island ferries\n 9: island ferry, ferry timetable")}})
	if err != nil {
		t.Fatal(err)
	}
	const body = "The island ferry runs again from Monday, the shipping company said. The ferry timetable is out."
	if got := givenTopics(t, p, body); got["topics/acme:ferries"] {
		t.Fatal("a topic was given before it was set")
	}
	if err := p.SetTopics(classifier); err != nil {
		t.Fatal(err)
	}
	if got := givenTopics(t, p, body); !got["topics/acme:ferries"] {
		t.Errorf("got %v, want topics/acme:ferries among them", got)
	}
}

func givenTopics(t *testing.T, p *program, body string) map[string]bool {
	t.Helper()
	resp, err := datelinev1.NewTaggingServiceClient(p.conn).TagArticle(context.Background(),
		&datelinev1.TagArticleRequest{Article: &datelinev1.Article{Body: body}})
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]bool{}
	for _, topic := range resp.GetTags().GetTopics() {
		given[topic.GetTopic()] = true
	}
	return given
}
