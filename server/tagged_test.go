package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/gazetteer"
	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
	"github.com/dateline-news/dateline/tagger"
)

// Tags that went out come back as they were, in every unit of offsets.
func TestTaggedRoundTrip(t *testing.T) {
	a := tagger.Article{Title: "Émigré 𝄞 Rahmon", Body: "“Rahmon” met 𝄞 Putin in Kabul."}
	want := &tagger.Result{
		Versions: tagger.Versions{Tagger: "1", Recognizer: "2", Gazetteer: "3", Topics: "4"},
		Entities: []tagger.Entity{
			{ID: "Q1", Name: "Rahmon", Type: gazetteer.Person, Linked: true, Confidence: 0.5, Salience: 1, About: true, Parents: []gazetteer.ID{"Q9"}},
			{ID: "Q2", Name: "Kabul", Type: gazetteer.Place, Kind: "city", Country: "AF", Point: &gazetteer.Point{Lat: 34.5, Lon: 69.2},
				Candidates: []tagger.Candidate{{ID: "Q3", Name: "Kabul, Sudan", Score: 0.1, Reasons: []string{"rare"}}}},
		},
		Mentions: []tagger.Mention{
			{Field: tagger.Title, Span: gazetteer.Span{Start: 14, End: 20}, Type: tagger.PersonMention, Confidence: 0.5, Reason: tagger.ByBoth},
			{Field: tagger.Body, Span: gazetteer.Span{Start: 3, End: 9}, Type: tagger.PersonMention, Confidence: 0.25},
			{Field: tagger.Body, Span: gazetteer.Span{Start: 30, End: 35}, Type: tagger.PlaceMention, Entity: 1, Confidence: 1},
		},
		Topics: []tagger.Topic{{Code: "11000000", Top: "11000000", Name: "politics", Score: 0.75,
			Evidence: []tagger.Evidence{{Rule: "r", Entity: "Q1", Weight: 1}, {Rule: "s", Field: tagger.Body, Span: gazetteer.Span{Start: 13, End: 16}}}}},
		Countries: []tagger.Focus{{Country: "AF", Score: 0.5}},
		Sentences: []tagger.Sentence{{Field: tagger.Body, Span: gazetteer.Span{Start: 0, End: len(a.Body)}}},
	}
	for _, enc := range []datelinev1.OffsetEncoding{0, 2, 3} {
		p := &datelinev1.Article{Name: "articles/a", Title: a.Title, Body: a.Body, Tags: tagsProto(&a, want, enc)}
		got, err := Tagged(p)
		if diff := cmp.Diff(want, got.Result); diff != "" || err != nil {
			t.Errorf("%v (-want +got): %v\n%s", enc, err, diff)
		}
	}
	for what, tags := range map[string]*datelinev1.Tags{
		"no tags":           nil,
		"an unknown entity": {Mentions: []*datelinev1.Mention{{Entity: "entities/Q7", Span: &datelinev1.Span{Field: 2, End: 3}}}},
		"a span outside":    {Sentences: []*datelinev1.Span{{Field: 2, Start: 3, End: 9000}}},
	} {
		if _, err := Tagged(&datelinev1.Article{Name: "articles/a", Body: a.Body, Tags: tags}); err == nil {
			t.Errorf("%s: got no error", what)
		}
	}
}
