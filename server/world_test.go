package server

import (
	"testing"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/topics"
)

// smallWorld is a tagger that knows a handful of names, enough for the edge: what
// the shipped data finds is tested where it is made.
func smallWorld(t testing.TB) tagger.Options {
	t.Helper()
	var b gazetteer.Builder
	for _, e := range []gazetteer.Entry{
		{
			ID: "Q889", Type: gazetteer.Place, Kind: "country", Name: "Afghanistan", Country: "AF", Prior: 0.9,
			Point: &gazetteer.Point{Lat: 34, Lon: 66}, Aliases: []gazetteer.Alias{{Name: "Afghan", Flags: gazetteer.Demonym}}, Source: "test",
		},
		{
			ID: "Q863", Type: gazetteer.Place, Kind: "country", Name: "Tajikistan", Country: "TJ", Prior: 0.8,
			Point: &gazetteer.Point{Lat: 39, Lon: 71}, Aliases: []gazetteer.Alias{{Name: "Tajik", Flags: gazetteer.Demonym}}, Source: "test",
		},
		{
			ID: "Q5838", Type: gazetteer.Place, Kind: "city", Name: "Kabul", Country: "AF", Prior: 0.7, Parents: []gazetteer.ID{"Q889"},
			Point: &gazetteer.Point{Lat: 34.53, Lon: 69.17}, Source: "test",
		},
		{ID: "Q57350", Type: gazetteer.Person, Kind: "politician", Name: "Emomali Rahmon", Country: "TJ", Prior: 0.6, Source: "test"},
		{
			ID: "Q318693", Type: gazetteer.Organization, Kind: "igo", Name: "Collective Security Treaty Organization", Prior: 0.6,
			Aliases: []gazetteer.Alias{{Name: "CSTO", Flags: gazetteer.Acronym}}, Source: "test",
		},
	} {
		if err := b.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	classifier, err := topics.Default()
	if err != nil {
		t.Fatal(err)
	}
	model, err := recognizer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return tagger.Options{Gazetteer: g, Recognizer: model, Topics: classifier}
}
