package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

var (
	entityID  = regexp.MustCompile(`^(Q[0-9]+|[a-z]+:.+)$`) // "Q863", "gn:1148658", "nil:person:natalia kharitonova"
	topicCode = regexp.MustCompile(`^[0-9]{8}$`)
)

// findSubject turns what a person types into the resource name of an entity or
// a topic. A name is looked up: the best entity of that name is meant.
func findSubject(ctx context.Context, conn *grpc.ClientConn, s string) (string, error) {
	switch {
	case strings.HasPrefix(s, "entities/"), strings.HasPrefix(s, "topics/"):
		return s, nil
	case entityID.MatchString(s):
		return "entities/" + s, nil
	case topicCode.MatchString(s):
		return "topics/" + s, nil
	}
	found, err := datelinev1.NewEntityServiceClient(conn).SearchEntities(ctx, &datelinev1.SearchEntitiesRequest{Query: s, PageSize: 1})
	if err != nil {
		return "", err
	}
	if len(found.Entities) == 0 {
		return "", fmt.Errorf("subject: got %q, want an entity's id or name, or a topic's code; try `dateline entities`", s)
	}
	return found.Entities[0].Name, nil
}
