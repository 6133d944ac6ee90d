package server

import (
	"context"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/tagger/topics"
)

// topicService tells the taxonomy.
type topicService struct {
	datelinev1.UnimplementedTopicServiceServer
	taxonomy *topics.Taxonomy
}

// topLevel is the parent that has the level-1 topics below it.
const topLevel = "-"

// GetTopic returns one topic, also a retired one.
func (t topicService) GetTopic(_ context.Context, req *datelinev1.GetTopicRequest) (*datelinev1.Topic, error) {
	var p problems
	code := topics.Code(p.name("name", req.GetName(), topicCollection))
	if err := p.err(); err != nil {
		return nil, err
	}
	topic, ok := t.taxonomy.Topic(code)
	if !ok {
		return nil, notFound("name", req.GetName())
	}
	return topicProto(t.taxonomy, topic), nil
}

// ListTopics pages through the taxonomy.
func (t topicService) ListTopics(_ context.Context, req *datelinev1.ListTopicsRequest) (*datelinev1.ListTopicsResponse, error) {
	var p problems
	size := p.page(req.GetPageSize(), 100, 2000)
	after := p.cursor(req, req.GetPageToken())
	parent := ""
	if req.GetParent() != "" {
		parent = p.name("parent", req.GetParent(), topicCollection)
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	if _, ok := t.taxonomy.Topic(topics.Code(parent)); !ok && parent != "" && parent != topLevel {
		return nil, notFound("parent", req.GetParent())
	}
	var found []*datelinev1.Topic
	for _, topic := range t.taxonomy.All() {
		if isBelow(topic, parent) && (topic.Retired == "" || req.GetShowRetired()) {
			found = append(found, topicProto(t.taxonomy, topic))
		}
	}
	resp := &datelinev1.ListTopicsResponse{}
	var next []byte
	resp.Topics, next = pageOf(found, after, size, func(t *datelinev1.Topic) []byte { return []byte(t.GetName()) })
	resp.NextPageToken = pageToken(req, next)
	return resp, nil
}

// isBelow reports whether a topic lies directly below a parent of a request.
func isBelow(t topics.Topic, parent string) bool {
	switch parent {
	case "":
		return true
	case topLevel:
		return t.Parent == ""
	}
	return string(t.Parent) == parent
}

func topicProto(all *topics.Taxonomy, t topics.Topic) *datelinev1.Topic {
	p := &datelinev1.Topic{
		Name:        topicName(string(t.Code)),
		DisplayName: t.Name,
		Definition:  t.Definition,
		Level:       int32(t.Level),
		Parents:     topicNames(all.Parents(t.Code)),
		Children:    topicNames(all.Children(t.Code)),
		Retired:     t.Retired != "",
	}
	if t.ReplacedBy != "" {
		p.ReplacedBy = topicName(string(t.ReplacedBy))
	}
	return p
}
