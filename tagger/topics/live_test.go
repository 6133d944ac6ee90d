package topics

import (
	"strings"
	"testing"
	"testing/fstest"
)

// ferries is a user's own topic in a user's own rule file.
const ferries = `define acme:ferries "island ferries" under 20000343
topic acme:ferries island ferries
  6: island ferry, ferry timetable, ferry crossing
`

func TestLiveReload(t *testing.T) {
	live := NewLive(classifier(t))
	in := Input{Text: "The island ferry will run again from Monday, the shipping company said. " +
		"The ferry timetable for the harbour is out; each ferry crossing takes an hour. Passengers welcomed the island ferry."}
	if given(live.Classifier().Classify(nil, in), "acme:ferries") {
		t.Fatal("a topic was given before it was defined")
	}
	if err := live.Reload(fstest.MapFS{"acme.rules": {Data: []byte(ferries)}}); err != nil {
		t.Fatal(err)
	}
	loaded := live.Classifier()
	if !given(loaded.Classify(nil, in), "acme:ferries") {
		t.Errorf("got %v, want acme:ferries among them", loaded.Classify(nil, in))
	}
	if topic, _ := loaded.Taxonomy().Topic("acme:ferries"); topic.Top != "04000000" {
		t.Errorf("ferries lie below %s, want economy", topic.Top)
	}
	err := live.Reload(fstest.MapFS{"acme.rules": {Data: []byte(ferries + "  none sense")}})
	if err == nil || !strings.Contains(err.Error(), "acme.rules:4: ") {
		t.Errorf("got error %v, want one that names acme.rules:4", err)
	}
	if live.Classifier() != loaded {
		t.Error("a failed reload replaced the rules")
	}
}

func given(tags []Tag, code Code) bool {
	for _, tag := range tags {
		if tag.Topic.Code == code {
			return true
		}
	}
	return false
}
