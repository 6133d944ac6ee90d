package tagger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dateline-news/dateline/gazetteer"
)

// add adds log odds to a score, and the reason where the caller asked for
// candidates: "prior +1.2", "outlet country AF +2.0".
func (l *linker) add(s *score, weight float64, reason string, detail ...string) {
	if weight == 0 {
		return
	}
	s.sum += weight
	if !l.candidates {
		return
	}
	for _, d := range detail {
		reason += " " + d
	}
	s.reasons = append(s.reasons, fmt.Sprintf("%s %+.1f", reason, weight))
}

// noneID is the id of the candidate "none of them".
const noneID gazetteer.ID = "nil"

// explained lists the candidates of the chain in hand with their scores, best
// first, "none of them" included. It is nil unless the caller asked for it.
func (l *linker) explained(none score) []Candidate {
	if !l.candidates {
		return nil
	}
	list := make([]Candidate, 0, len(l.rival)+1)
	rest := 1.0
	for i := range l.rival {
		r := &l.rival[i]
		rest -= r.prob
		list = append(list, Candidate{ID: r.head.ID, Name: r.head.Name, Score: float32(r.prob), Reasons: r.score.reasons})
	}
	list = append(list, Candidate{ID: noneID, Name: "none of them", Score: float32(max(rest, 0)), Reasons: none.reasons})
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return list
}
