package topics

import (
	"strings"
	"testing"
)

func classifier(t testing.TB) *Classifier {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// article is world news written for this test.
const article = `Strong earthquake strikes northern Badakhshan
A magnitude 6.3 earthquake struck the mountains of northern Badakhshan early on Tuesday, killing at least 14 people, rescue officials said.
Rescue workers dug through the rubble of collapsed houses while aftershocks shook the province. The president of the country ordered the army to send tents and blankets.
The epicentre lay 40 kilometres south of the provincial capital, the Geological Survey said.`

func TestClassify(t *testing.T) {
	c := classifier(t)
	tags := c.Classify(nil, Input{Text: article, Body: strings.Index(article, "\n") + 1})
	if len(tags) == 0 || tags[0].Topic.Top != "03000000" {
		t.Fatalf("got %v, want disaster first", tags)
	}
	for i, tag := range tags {
		if tag.Score <= 0 || tag.Score > 1 || i > 0 && tag.Score > tags[i-1].Score {
			t.Errorf("tag %d %s: score %v is no probability or out of order", i, tag.Topic.Name, tag.Score)
		}
		if tag.How == NoHow || len(tag.Evidence) == 0 {
			t.Errorf("%s: how %d, evidence %v: want a reason", tag.Topic.Name, tag.How, tag.Evidence)
		}
		for _, e := range tag.Evidence {
			if e.Span.Of(article) == "" && e.Entity == "" || e.Weight <= 0 {
				t.Errorf("%s: evidence %+v points nowhere", tag.Topic.Name, e)
			}
		}
	}
}

func TestClassifyAbstains(t *testing.T) {
	c := classifier(t)
	for _, text := range []string{"", "Tuesday", "Read more here", "He said so again and left the room."} {
		if tags := c.Classify(nil, Input{Text: text}); len(tags) != 0 {
			t.Errorf("%q: got %s %v, want no topic", text, tags[0].Topic.Name, tags[0].Score)
		}
	}
}
