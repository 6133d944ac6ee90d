package tagger

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
)

// layer is a set of parts of a document.
type layer uint16

// The layers in the order in which they come to be.
const (
	layerTokens layer = 1 << iota
	layerNames
	layerFound
	layerProposed
	layerMentions
	layerChains
	layerEntities
	layerSalience
	layerTopics
	layerFocus
)

var layerWords = [...]string{
	"tokens", "names", "found", "proposed", "mentions", "chains", "entities",
	"salience", "topics", "focus",
}

// String lists the layers of the set.
func (l layer) String() string {
	var s []string
	for rest := l; rest != 0; rest &= rest - 1 {
		s = append(s, layerWords[bits.TrailingZeros16(uint16(rest))])
	}
	return strings.Join(s, "+")
}

// stage is one step from text to tags: a name, the layers it reads, the
// layers it alone sets, and the function that does it.
type stage struct {
	name  string
	needs layer
	sets  layer
	run   func(context.Context, *document) error
}

// pipeline is a list of stages in a working order.
type pipeline []stage

// newPipeline checks that every stage finds the layers it needs and that no
// layer is set twice.
func newPipeline(stages ...stage) (pipeline, error) {
	var have layer
	for _, s := range stages {
		if missing := s.needs &^ have; missing != 0 {
			return nil, fmt.Errorf("tagger: stage %s needs %s, which no stage before it sets", s.name, missing)
		}
		if twice := s.sets & have; twice != 0 {
			return nil, fmt.Errorf("tagger: stage %s sets %s, which a stage before it has set", s.name, twice)
		}
		have |= s.sets
	}
	return stages, nil
}

// run takes a document through all stages. It stops between two when ctx is
// done.
func (p pipeline) run(ctx context.Context, d *document) error {
	for _, s := range p {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.run(ctx, d); err != nil {
			return fmt.Errorf("tagger: stage %s: %w", s.name, err)
		}
	}
	return nil
}
