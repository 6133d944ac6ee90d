package topics

import "math"

// A candidate topic is judged by a handful of numbers, the same for every
// topic, so that the weights learned on frequent topics serve rare ones too.
// Level-1 topics and those below have weights of their own.
const (
	featScore   = iota // log of the rules' score
	featDense          // log of the score for each hundred words
	featShare          // of all level-1 scores; for narrower topics, of its level-1 topic's
	featRank           // share of the best score among its rivals
	featKinds          // log of how many patterns spoke for it
	featTitle          // 1 when the title speaks for it
	featModel          // the model's log odds, for its level-1 topic if it has no label
	featParent         // narrower topics: log odds of their level-1 topic
	featUnknown        // 1 when the model has no opinion
	featLength         // log of the number of words
	featOverall        // narrower topics: share of the best score of all narrower ones
	featBroad          // 1 for a level-2 heading with topics below it
	featDeep           // 1 below level 3
	features
)

// vector is the features of one candidate.
type vector [features]float64

// logit is the log odds of a probability, bounded.
func logit(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
