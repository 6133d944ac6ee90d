//go:build !race

// The race detector would make a minute of two seconds here, and finds the same
// in other tests.

package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/conll"
)

var updateQuality = flag.Bool("update-quality", false, "rewrite testdata/quality.golden")

// devSets are the corpora that no weight was learned from, under the folder of
// data. Those with labels are marked in the project, written whole.
var devSets = []struct{ name, text, labels string }{
	{"news", "topics/labelled.open.jsonl", "news.dev.labels"},
	{"gmb", "corpora/gmb-clean.train.conll", "gmb.dev.labels"},
	{"written", "", "written.dev.txt"},
	{"gum-open", "corpora/gum-open.dev.conll", ""},
	{"uner-ewt", "corpora/uner-ewt.dev.conll", ""},
	{"wnut17", "corpora/wnut17.dev.conll", ""},
	{"crossner-politics", "corpora/crossner-politics.dev.conll", ""},
	{"wikigold", "corpora/wikigold.all.conll", ""},
}

// TestQuality computes the table of quality anew, so that a change of it is a
// change of testdata/quality.golden that a reviewer sees.
func TestQuality(t *testing.T) {
	data := os.Getenv("DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(data, "corpora")); err != nil {
		t.Skipf("no corpora under %s, the folder that DATA names", data)
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("other processors round scores in another way, which may tip a name in a hundred thousand")
	}
	got := qualityTable(t, data)
	const golden = "testdata/quality.golden"
	if *updateQuality {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("quality has changed; if for the better, run this test with -update-quality (-want +got):\n%s", diff)
	}
}

func qualityTable(t *testing.T, data string) string {
	t.Helper()
	options, err := dataFiles{}.load()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := tagger.New(options)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := tagger.New(tagger.Options{Gazetteer: options.Gazetteer})
	if err != nil {
		t.Fatal(err)
	}
	e := nerEvaluation{guesses: io.Discard, tagger: whole, options: options}
	listed := nerEvaluation{tagger: bare}
	var b strings.Builder
	row := func(set, what string, s *conll.Score) {
		fmt.Fprintf(&b, "%-18s %-10s %5d %5d %5d  %5.1f %5.1f %5.1f %5.1f\n", set, what, s.Gold, s.Found, s.Right,
			100*s.F1(), 100*s.Types["PER"].F1(), 100*s.Types["ORG"].F1(), 100*s.Types["LOC"].F1())
	}
	fmt.Fprintf(&b, "%-18s %-10s %5s %5s %5s  %5s %5s %5s %5s\n", "dev set", "", "gold", "found", "right", "F1", "PER", "ORG", "LOC")
	for _, set := range devSets {
		documents := devDocuments(t, filepath.Join(data, set.text), set.labels)
		alone, reliability, err := e.alone(documents)
		if err != nil {
			t.Fatal(err)
		}
		row(set.name, "recognizer", alone)
		known, err := listed.whole(t.Context(), documents)
		if err != nil {
			t.Fatal(err)
		}
		row(set.name, "gazetteer", known)
		tagged, err := e.whole(t.Context(), documents)
		if err != nil {
			t.Fatal(err)
		}
		row(set.name, "whole", tagged)
		fmt.Fprintf(&b, "%-18s calibration error %.3f\n", set.name, reliability.Error())
	}
	return b.String()
}

func devDocuments(t *testing.T, text, labels string) []conll.Document {
	t.Helper()
	marked := filepath.Join("..", "..", "tagger", "recognizer", "labels", labels)
	var documents []conll.Document
	var err error
	switch filepath.Ext(labels) {
	case ".labels":
		documents, err = labelled(text, marked)
	case ".txt":
		documents, err = labelled(marked, "")
	default:
		documents, err = conll.ReadFile(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return documents
}
