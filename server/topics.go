package server

import "github.com/dateline-news/dateline/tagger/topics"

// SetTopics tags from now on with the rules and the model of c. Articles being
// tagged end with the old ones. An error leaves the old ones in place. Topics
// that c defines and the classifier at the start did not are given to articles
// at once, but the API lists them after a restart only.
func (s *Server) SetTopics(c *topics.Classifier) error {
	s.edits.mu.Lock()
	defer s.edits.mu.Unlock()
	old := s.engine.options.Topics
	s.engine.options.Topics = c
	next, err := s.engine.build(s.engine.live().gazetteer)
	if err != nil {
		s.engine.options.Topics = old
		return err
	}
	s.engine.state.Store(next)
	return nil
}
