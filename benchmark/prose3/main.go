// Command prose3 measures the entities of stock prose v3 beside Dateline.
//
//	cd benchmark/prose3 && go run . FILE.conll...
package main

import (
	"fmt"
	"os"

	"github.com/jdkato/prose/v3"

	"github.com/dateline-news/dateline/benchmark/beside"
	"github.com/dateline-news/dateline/tagger/conll"
)

var types = map[string]string{"PERSON": "PER", "ORGANIZATION": "ORG", "GPE": "LOC"}

func tag(text string) (found []conll.Name, err error) {
	d, err := prose.NewDocument(text)
	if err != nil {
		return nil, err
	}
	for _, e := range d.Entities() {
		if typ := types[e.Label]; typ != "" {
			found = append(found, conll.Name{First: e.Start, Last: e.End(), Type: typ})
		}
	}
	return found, nil
}

func main() {
	if err := beside.Main(os.Stdout, "prose v3", tag, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
