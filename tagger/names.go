package tagger

import "context"

// matchNames finds the gazetteer's names.
func (t *Tagger) matchNames(_ context.Context, d *document) error {
	if t.gazetteer != nil {
		d.names = t.gazetteer.Match(d.names, d.text)
	}
	return nil
}
