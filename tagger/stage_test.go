package tagger

import "testing"

func TestPipelineOrder(t *testing.T) {
	split := stage{name: "tokens", sets: layerTokens}
	match := stage{name: "names", needs: layerTokens, sets: layerNames}
	for _, c := range []struct {
		name   string
		stages []stage
		want   string
	}{
		{"right", []stage{split, match}, ""},
		{"wrong", []stage{match, split}, "tagger: stage names needs tokens, which no stage before it sets"},
		{"twice", []stage{split, match, match}, "tagger: stage names sets names, which a stage before it has set"},
	} {
		_, err := newPipeline(c.stages...)
		if got := message(err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
