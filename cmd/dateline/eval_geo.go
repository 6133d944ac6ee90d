package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

const evalGeoHelp = `Geo measures the places of texts that people have linked to Wikipedia (GUM).

A gold place counts when the gazetteer has its entry; see eval link for how that
is found. It is "right" when it is given that entry, "in the right country" when
it is given any of that country, and "has its hierarchy" when what contains it is
known up to the country.

The countries of a text are those of its gold places, each weighted by how often
it is named. "first country" are the texts whose most named country is the first
that the tagger reports.`

const evalGeoExamples = `  dateline eval geo --data ../shared
  dateline eval geo --data ../shared --wrong     show every mistake`

func newEvalGeoCommand() *cobra.Command {
	var data string
	var wrong bool
	cmd := &cobra.Command{
		Use:     "geo",
		Short:   "Measure the places of texts and their countries",
		Long:    evalGeoHelp,
		Example: evalGeoExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			e, err := newEvaluation(data, wrong, outputOf(cmd))
			if err != nil {
				return err
			}
			return e.geo(cmd.Context())
		},
	}
	evalFlags(cmd, &data, &wrong)
	return cmd
}

// geoTally counts the places of a set of texts.
type geoTally struct {
	Known     int `json:"known"`
	Found     int `json:"found"`
	Right     int `json:"right"`
	Country   int `json:"right_country"`
	Hierarchy int `json:"hierarchy"` // of the right ones below a country
	Below     int `json:"below_country"`

	Texts       int `json:"texts"` // with a country named more often than all others
	FirstRight  int `json:"first_country_right"`
	AmongFirst3 int `json:"first_country_among_three"`
}

func (e *evaluation) geo(ctx context.Context) error {
	tallies := make(map[string]*geoTally)
	for _, file := range []string{newsGold, openGold} {
		texts, err := readGold(e.data, file)
		if err != nil {
			return err
		}
		tallies[file] = new(geoTally)
		for i := range texts {
			if err := e.geoText(ctx, &texts[i], tallies[file]); err != nil {
				return err
			}
		}
	}
	return e.printGeo(tallies)
}

// openGold are texts of many genres, those of newsGold not among them.
const openGold = "gum-open-coref-el.jsonl"

// geoText compares the places and countries of one text.
func (e *evaluation) geoText(ctx context.Context, g *goldText, tally *geoTally) error {
	result, err := e.tagger.Tag(ctx, g.article())
	if err != nil {
		return fmt.Errorf("%s: %w", g.ID, err)
	}
	countries := make(map[string]int)
	for i := range g.Mentions {
		m := &g.Mentions[i]
		if m.Type != "LOC" || m.Title == "" || m.Name == "" {
			continue
		}
		ref, ok := goldEntry(e.gazetteer, m)
		if !ok {
			continue
		}
		want := e.gazetteer.Head(ref)
		if want.Country != "" {
			countries[want.Country]++
		}
		got := g.entityOf(result, g.span(m.NameStart, m.NameEnd))
		tally.place(want, got)
		if e.wrong && (got == nil || got.ID != want.ID) {
			e.mistake(g, m, string(want.ID), got)
		}
	}
	first, ok := mostNamed(countries)
	if ok && !tally.focus(first, result.Countries) && e.wrong {
		_, _ = fmt.Fprintf(e.out, "%s first country is %s of %v, got %v\n", g.ID, first, countries, result.Countries)
	}
	return nil
}

func (t *geoTally) place(want gazetteer.Head, got *tagger.Entity) {
	t.Known++
	if got == nil {
		return
	}
	t.Found++
	if got.Country == want.Country {
		t.Country++
	}
	if got.ID != want.ID {
		return
	}
	t.Right++
	if want.Kind != gazetteer.Country && want.Country != "" {
		t.Below++
		if len(got.Parents) > 0 {
			t.Hierarchy++
		}
	}
}

// mostNamed is the country that a text names most, none where two share that.
func mostNamed(countries map[string]int) (first string, ok bool) {
	most := 0
	for country, n := range countries {
		switch {
		case n > most:
			first, most, ok = country, n, true
		case n == most:
			ok = false
		}
	}
	return first, ok
}

// focus looks for the first country of a text among those reported, and tells
// whether it leads them.
func (t *geoTally) focus(first string, got []tagger.Focus) bool {
	t.Texts++
	i := slices.IndexFunc(got, func(f tagger.Focus) bool { return f.Country == first })
	if i >= 0 && i < 3 {
		t.AmongFirst3++
	}
	if i == 0 {
		t.FirstRight++
	}
	return i == 0
}

func (e *evaluation) printGeo(tallies map[string]*geoTally) error {
	if e.out.format != "text" {
		return e.out.json(tallies)
	}
	var rows []row
	for _, file := range []string{newsGold, openGold} {
		t := tallies[file]
		rows = append(rows, row{plain, []string{
			file, fmt.Sprint(t.Known), percent(t.Found, t.Known), percent(t.Right, t.Found), percent(t.Country, t.Found),
			percent(t.Hierarchy, t.Below), fmt.Sprint(t.Texts), percent(t.FirstRight, t.Texts), percent(t.AmongFirst3, t.Texts),
		}})
	}
	return e.out.table([]string{
		"texts", "places", "found", "right", "right country", "has hierarchy", "texts", "first country", "among three",
	}, rows)
}
