package tagger

import "context"

// stages is the whole way from text to tags.
func (t *Tagger) stages() []stage {
	return []stage{
		{"tokens", 0, layerTokens, t.split},
		{"names", layerTokens, layerNames, t.matchNames},
		{"recognize", layerTokens | layerNames, layerFound, t.recognize},
		{"propose", layerTokens | layerNames | layerFound, layerProposed, t.propose},
		{"resolve", layerTokens | layerNames | layerFound | layerProposed, layerMentions, t.resolve},
		{"coref", layerMentions | layerProposed, layerChains, t.coref},
		{"link", layerMentions | layerChains, layerEntities, t.link},
		{"locate", layerMentions | layerChains | layerEntities, layerFocus, t.locate},
		{"salience", layerMentions | layerChains | layerEntities, layerSalience, t.weigh},
		{"topics", layerEntities | layerSalience, layerTopics, t.classify},
	}
}

// split finds tokens and sentences, and the sentences that are navigation.
func (t *Tagger) split(_ context.Context, d *document) error {
	d.tokens, d.sentences = t.splitter.Split(d.text)
	d.markFurniture()
	return nil
}
