// Command prose2 measures the entities of stock prose v2 beside Dateline.
//
//	cd benchmark/prose2 && go run . FILE.conll...
//
// The model is loaded once and shared by hand, which the library leaves to its
// users.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/jdkato/prose/v2"

	"github.com/dateline-news/dateline/benchmark/beside"
	"github.com/dateline-news/dateline/tagger/conll"
)

var types = map[string]string{"PERSON": "PER", "ORGANIZATION": "ORG", "GPE": "LOC"}

func main() {
	loaded, err := prose.NewDocument("It loads its model.")
	if err == nil {
		err = beside.Main(os.Stdout, "prose v2", tagWith(loaded.Model), os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func tagWith(model *prose.Model) beside.Tagger {
	return func(text string) (found []conll.Name, err error) {
		d, err := prose.NewDocument(text, prose.UsingModel(model))
		if err != nil {
			return nil, err
		}
		at := 0
		for _, e := range d.Entities() {
			typ := types[e.Label]
			first, last := find(text, at, e.Text)
			if typ == "" || last == 0 {
				continue
			}
			found = append(found, conll.Name{First: first, Last: last, Type: typ})
			at = last
		}
		return found, nil
	}
}

// find is where an entity stands in a text from a byte on, or 0, 0. Prose v2
// gives no offsets and normalizes spaces and quotation marks, so both are passed
// over.
func find(text string, from int, entity string) (first, last int) {
	if entity = plain.Replace(entity); entity == "" {
		return 0, 0
	}
	for i := from; i < len(text); i++ {
		if text[i] != entity[0] {
			continue
		}
		if n := match(text[i:], entity); n > 0 {
			return i, i + n
		}
	}
	return 0, 0
}

// plain drops what prose v2 changes.
var plain = strings.NewReplacer(" ", "", "\n", "", `"`, "", "'", "", "`", "")

// match is how many bytes of a text an entity without spaces and quotation marks
// takes, or 0.
func match(text, entity string) int {
	k := 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == entity[k]:
			if k++; k == len(entity) {
				return i + 1
			}
		case !strings.ContainsRune(" \n\"'`", rune(text[i])):
			return 0
		}
	}
	return 0
}
