package conll

import (
	"fmt"
	"io"
	"slices"
)

// Score counts names, as conlleval does: a name is found when its words and
// its type are exactly right.
type Score struct {
	Gold, Found, Right int
	Types              map[string]*Score
}

// Add counts the names of one sentence, gold and found. Both must be in order.
func (s *Score) Add(gold, found []Name) {
	for _, n := range gold {
		s.Gold++
		s.of(n.Type).Gold++
	}
	for _, n := range found {
		s.Found++
		s.of(n.Type).Found++
		if slices.Contains(gold, n) {
			s.Right++
			s.of(n.Type).Right++
		}
	}
}

// of is the count of a type.
func (s *Score) of(typ string) *Score {
	if s.Types == nil {
		s.Types = map[string]*Score{}
	}
	if s.Types[typ] == nil {
		s.Types[typ] = &Score{}
	}
	return s.Types[typ]
}

// Precision is the share of found names that are right, 0…1.
func (s *Score) Precision() float64 { return share(s.Right, s.Found) }

// Recall is the share of gold names that were found, 0…1.
func (s *Score) Recall() float64 { return share(s.Right, s.Gold) }

// F1 is the harmonic mean of precision and recall, 0…1.
func (s *Score) F1() float64 { return share(2*s.Right, s.Gold+s.Found) }

func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}

// Write prints the scores in percent, a line for all and one for each type.
func (s *Score) Write(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%-5s %9s %9s %9s %7s %7s %7s\n",
		"type", "precision", "recall", "F1", "gold", "found", "right"); err != nil {
		return err
	}
	if err := s.line(w, "all"); err != nil {
		return err
	}
	var types []string
	for t := range s.Types {
		types = append(types, t)
	}
	slices.Sort(types)
	for _, t := range types {
		if err := s.Types[t].line(w, t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Score) line(w io.Writer, name string) error {
	_, err := fmt.Fprintf(w, "%-5s %9.2f %9.2f %9.2f %7d %7d %7d\n",
		name, 100*s.Precision(), 100*s.Recall(), 100*s.F1(), s.Gold, s.Found, s.Right)
	return err
}
