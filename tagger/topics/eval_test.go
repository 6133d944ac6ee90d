package topics

import (
	"strings"
	"testing"
)

func TestEvaluate(t *testing.T) {
	tax := mediaTopics(t)
	articles, err := ReadLabelled("a.jsonl", strings.NewReader(
		`{"text": "a", "top": ["03000000"], "top_may": ["14000000"], "codes": ["20000151", "20000168"], "codes_may": []}
{"text": "b", "iptc": ["15000000"]}
{"text": "c"}`))
	if err != nil {
		t.Fatal(err)
	}
	tags := [][]Tag{tagsOf(tax, "03000000", "14000000", "20000153", "20001065"), tagsOf(tax, "04000000"), tagsOf(tax, "04000000")}
	r := Evaluate(tax, articles, tags)
	if r.Articles != 2 || r.First != 1 {
		t.Errorf("got %d articles, %d first right, want 2 and 1", r.Articles, r.First)
	}
	// Society is neither right nor wrong; soccer brings sport, wrong; economy is wrong, sport missed.
	if want := (Count{Right: 1, Wrong: 2, Missed: 1}); r.Top != want {
		t.Errorf("level 1: got %+v, want %+v", r.Top, want)
	}
	// An earthquake counts as natural disaster.
	if want := (Count{Right: 1, Wrong: 1, Missed: 1}); r.Narrow != want {
		t.Errorf("levels 2 and 3: got %+v, want %+v", r.Narrow, want)
	}
	if r.Confused[[2]Code{"15000000", "04000000"}] != 1 {
		t.Errorf("got confusions %v, want sport taken for economy", r.Confused)
	}
}

// tagsOf makes tags of codes.
func tagsOf(tax *Taxonomy, codes ...Code) []Tag {
	var tags []Tag
	for _, c := range codes {
		topic, _ := tax.Topic(c)
		tags = append(tags, Tag{Topic: &topic, Score: 0.5})
	}
	return tags
}

func TestReadLabelledErrors(t *testing.T) {
	for in, want := range map[string]string{
		"{\"text\": \"a\"}\n{": "l.jsonl:2: ",
		"{}":                   "l.jsonl:1: text is empty",
	} {
		if _, err := ReadLabelled("l.jsonl", strings.NewReader(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got error %v, want one with %q", in, err, want)
		}
	}
}

func TestCheck(t *testing.T) {
	c := classifier(t)
	findings := c.Check([]Labelled{{Text: article}}, 0.5)
	var dead, eager bool
	for _, f := range findings {
		dead = dead || f.Fault == "dead" && f.Pattern == "avalanche"
		eager = eager || f.Fault == "over-eager" && strings.HasPrefix(f.Rule, "disaster.rules:")
	}
	if !dead || !eager {
		t.Errorf("on one article about an earthquake: avalanche dead %v, a disaster rule over-eager %v, want both", dead, eager)
	}
}
