package main

import (
	"context"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
)

const evalLinkHelp = `Link measures which entities names are given, on texts that people have linked
to Wikipedia (GUM), and which person a short name is given.

A gold name counts when the gazetteer has its entity: the best known entry that
bears the title of the Wikipedia page, is of the mention's type and agrees with
what the title adds in brackets or after a comma. Names that were cut out of a
longer phrase do not count. "found" are those where the tagger sees just this
name, "right" those of them that have that entry, and "unknown but linked" are
names of entities that the gazetteer lacks and that got an entry all the same,
but for entries that are what the title names in other words (Navy of Indonesia,
Indonesian Navy).

A short name is right when it has the entity of the full name that it stands
for.`

const evalLinkExamples = `  dateline eval link --data ../shared
  dateline eval link --data ../shared --wrong    show every mistake
  dateline eval link --data ../shared --format json`

func newEvalLinkCommand() *cobra.Command {
	var data, texts string
	var wrong bool
	var half int
	cmd := &cobra.Command{
		Use:     "link",
		Short:   "Measure linking and the coreference of names",
		Long:    evalLinkHelp,
		Example: evalLinkExamples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if half < 0 || half > 2 {
				return usagef("--half: got %d, want 1, 2, or 0 for all", half)
			}
			e, err := newEvaluation(data, wrong, outputOf(cmd))
			if err != nil {
				return err
			}
			return e.link(cmd.Context(), texts, half)
		},
	}
	evalFlags(cmd, &data, &wrong)
	cmd.Flags().StringVar(&texts, "texts", newsGold, "`FILE` of texts in the folder linking/ of the data")
	cmd.Flags().IntVar(&half, "half", 0, "measure every other text only: `1` on which weights were fitted, 2 on which none were")
	return cmd
}

// evalFlags gives a command of eval what all of them take.
func evalFlags(cmd *cobra.Command, data *string, wrong *bool) {
	cmd.Flags().StringVar(data, "data", "../shared", "`FOLDER` of the evaluation data")
	cmd.Flags().BoolVar(wrong, "wrong", false, "show every mistake")
}

// evaluation measures the embedded tagger.
type evaluation struct {
	out       output
	data      string
	wrong     bool
	tagger    *tagger.Tagger
	gazetteer *gazetteer.Gazetteer
}

func newEvaluation(data string, wrong bool, out output) (*evaluation, error) {
	o, err := dataFiles{}.load()
	if err != nil {
		return nil, err
	}
	t, err := tagger.New(o)
	return &evaluation{out: out, data: data, wrong: wrong, tagger: t, gazetteer: o.Gazetteer}, err
}

// linkTally counts the names of one type.
type linkTally struct {
	Known       int `json:"known"`        // gold names whose entity the gazetteer has
	Found       int `json:"found"`        // of them, seen by the tagger
	Right       int `json:"right"`        // of those, given that entity
	Unknown     int `json:"unknown"`      // found names whose entity it lacks
	FalseLinked int `json:"false_linked"` // of those, given an entry
}

// share is a part of a whole, 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// linkReport is what eval link prints.
type linkReport struct {
	Types       map[string]*linkTally `json:"types"`
	Surnames    shortNames            `json:"short_names"`
	Calibration [5]bin                `json:"calibration"`
	LogLoss     float64               `json:"log_loss"` // of the probabilities, the sum over all links
}

// shortNames counts the short names of people.
type shortNames struct {
	All   int `json:"all"`
	Found int `json:"found"`
	Right int `json:"right"`
}

// bin is what came of the links whose probability lies in a fifth of 0…1.
type bin struct {
	Links int     `json:"links"`
	Right int     `json:"right"`
	Sum   float64 `json:"sum"` // of the probabilities
}

// linkFiles are measured one after the other, and as one.
const (
	newsGold     = "gum-wikinews-coref-el.jsonl"
	surnamesGold = "surname-coref.gum-open.jsonl"
)

// link measures the texts of one file, of which half takes every other.
func (e *evaluation) link(ctx context.Context, file string, half int) error {
	report := linkReport{Types: map[string]*linkTally{"PER": {}, "ORG": {}, "LOC": {}, "all": {}}}
	texts, err := readGold(e.data, file)
	if err != nil {
		return err
	}
	for i := range texts {
		if half > 0 && i%2 != half-1 {
			continue
		}
		if err := e.linkText(ctx, &texts[i], &report); err != nil {
			return err
		}
	}
	if texts, err = readGold(e.data, surnamesGold); err != nil {
		return err
	}
	for i := range texts {
		if err := e.surnames(ctx, &texts[i], &report.Surnames); err != nil {
			return err
		}
	}
	return e.print(file, &report)
}

// linkText compares the links of one text.
func (e *evaluation) linkText(ctx context.Context, g *goldText, report *linkReport) error {
	result, err := e.tagger.Tag(ctx, g.article())
	if err != nil {
		return fmt.Errorf("%s: %w", g.ID, err)
	}
	for i := range g.Mentions {
		m := &g.Mentions[i]
		tally, ok := report.Types[m.Type]
		if !ok || m.Title == "" || m.Name == "" {
			continue
		}
		got := g.entityOf(result, g.span(m.NameStart, m.NameEnd))
		ref, known := goldEntry(e.gazetteer, m)
		if !known && (m.cut() || got != nil && denotes(e.gazetteer, got, m.Title)) {
			continue
		}
		right := known && got != nil && got.ID == e.gazetteer.Head(ref).ID
		tally.count(known, got, right)
		report.Types["all"].count(known, got, right)
		if known && got != nil && got.Linked {
			report.bin(got.Confidence, right)
		}
		switch {
		case !e.wrong || right:
		case known:
			e.mistake(g, m, string(e.gazetteer.Head(ref).ID), got)
		case got != nil && got.Linked:
			e.mistake(g, m, "unknown", got)
		}
	}
	return nil
}

func (t *linkTally) count(known bool, got *tagger.Entity, right bool) {
	switch {
	case known:
		t.Known++
		if got != nil {
			t.Found++
		}
		if right {
			t.Right++
		}
	case got != nil:
		t.Unknown++
		if got.Linked {
			t.FalseLinked++
		}
	}
}

func (r *linkReport) bin(probability float32, right bool) {
	b := &r.Calibration[min(int(probability*float32(len(r.Calibration))), len(r.Calibration)-1)]
	b.Links++
	b.Sum += float64(probability)
	p := float64(probability)
	if right {
		b.Right++
	} else {
		p = 1 - p
	}
	r.LogLoss -= math.Log(max(p, 1e-4))
}

// mistake shows one wrong link.
func (e *evaluation) mistake(g *goldText, m *goldMention, want string, got *tagger.Entity) {
	id, name := "nothing", ""
	if got != nil {
		id, name = string(got.ID), got.Name
	}
	_, _ = fmt.Fprintf(e.out, "%s:%d %s %q is %s (%s), got %s (%s)\n", g.ID, m.NameStart, m.Type, m.Name, want, m.Title, id, name)
}

// surnames compares the entities of short names with those of the full names
// that they stand for.
func (e *evaluation) surnames(ctx context.Context, g *goldText, tally *shortNames) error {
	result, err := e.tagger.Tag(ctx, g.article())
	if err != nil {
		return fmt.Errorf("%s: %w", g.ID, err)
	}
	for i := range g.Mentions {
		m := &g.Mentions[i]
		short := mentionAt(result, g.span(m.Start, m.End))
		tally.All++
		var got *tagger.Entity
		if short != nil {
			tally.Found++
			got = &result.Entities[short.Entity]
		}
		if got != nil && e.sameAs(result, g, m, got) {
			tally.Right++
		} else if e.wrong {
			e.mistake(g, &goldMention{NameStart: m.Start, Name: g.span(m.Start, m.End).Of(g.Text), Type: "short"}, m.Antecedent.Surface, got)
		}
	}
	return nil
}

// sameAs reports whether an entity is that of the full name. Where the full
// name is a part of a longer one ("the Andy Warhol Foundation"), the entity
// has to bear it.
func (e *evaluation) sameAs(r *tagger.Result, g *goldText, m *goldMention, got *tagger.Entity) bool {
	full := mentionAt(r, g.span(m.Antecedent.Start, m.Antecedent.End))
	if full != nil && r.Entities[full.Entity].ID == got.ID {
		return true
	}
	return gazetteer.Fold(got.Name) == gazetteer.Fold(m.Antecedent.Surface)
}

// print shows the report in the format asked for.
func (e *evaluation) print(file string, r *linkReport) error {
	if e.out.format != "text" {
		return e.out.json(r)
	}
	var rows []row
	for _, typ := range []string{"PER", "ORG", "LOC", "all"} {
		t := r.Types[typ]
		rows = append(rows, row{plain, []string{
			typ, fmt.Sprint(t.Known), percent(t.Found, t.Known), percent(t.Right, t.Found), percent(t.Right, t.Known),
			percent(t.FalseLinked, t.Unknown),
		}})
	}
	header := []string{file, "in the gazetteer", "found", "right of found", "right of all", "unknown but linked"}
	if err := e.out.table(header, rows); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(e.out, "\nshort names of people: %d, found %s, right %s of found, %s of all\n\n",
		r.Surnames.All, percent(r.Surnames.Found, r.Surnames.All), percent(r.Surnames.Right, r.Surnames.Found), percent(r.Surnames.Right, r.Surnames.All))
	return e.printCalibration(r)
}

func (e *evaluation) printCalibration(r *linkReport) error {
	var rows []row
	for i, b := range r.Calibration {
		mean := 0.0
		if b.Links > 0 {
			mean = b.Sum / float64(b.Links)
		}
		rows = append(rows, row{plain, []string{
			fmt.Sprintf("%.1f–%.1f", float64(i)/5, float64(i+1)/5), fmt.Sprint(b.Links),
			fmt.Sprintf("%.1f %%", 100*mean), percent(b.Right, b.Links),
		}})
	}
	if err := e.out.table([]string{"probability", "links", "mean", "right"}, rows); err != nil {
		return err
	}
	links := 0
	for _, b := range r.Calibration {
		links += b.Links
	}
	_, err := fmt.Fprintf(e.out, "\nlog loss of a link: %.4f\n", r.LogLoss/float64(max(links, 1)))
	return err
}

func percent(part, whole int) string { return fmt.Sprintf("%.1f %%", 100*share(part, whole)) }
