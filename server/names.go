package server

import (
	"strings"

	"github.com/dateline-news/dateline/gazetteer"
)

// Collections of resource names. An id is all that stands behind the first
// slash.
const (
	articles         = "articles"
	entities         = "entities"
	topicCollection  = "topics"
	gazetteerEntries = "gazetteerEntries"
	retagJobs        = "retagJobs"
	corrections      = "corrections"
)

func articleName(id string) string      { return articles + "/" + id }
func entityName(id gazetteer.ID) string { return entities + "/" + string(id) }
func topicName(code string) string      { return topicCollection + "/" + code }

func entityNames(ids []gazetteer.ID) []string {
	var names []string
	for _, id := range ids {
		names = append(names, entityName(id))
	}
	return names
}

func topicNames[C ~string](codes []C) []string {
	var names []string
	for _, c := range codes {
		names = append(names, topicName(string(c)))
	}
	return names
}

// idOf is the id in a resource name that has been checked.
func idOf(name, collection string) string { return strings.TrimPrefix(name, collection+"/") }
