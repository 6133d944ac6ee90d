package tagger

import "context"

// weigh estimates how much an article is about each of its entities.
func (t *Tagger) weigh(_ context.Context, d *document) error {
	for i := range d.chains {
		e := &d.entities[d.chains[i].entity]
		for _, m := range d.chains[i].mentions {
			e.Salience += 1 / float32(len(d.mentions)+d.mentions[m].sentence)
		}
		e.Salience = min(e.Salience, 1)
		e.About = e.Salience > 0.2
	}
	return nil
}
