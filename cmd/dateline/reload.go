package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// reloadTopics reads the rules of topics again at every SIGHUP, until ctx is
// done. Rules that cannot be read are logged, and the old ones keep serving.
func (s *service) reloadTopics(ctx context.Context) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		classifier, err := classifierWith(s.rules)
		if err == nil {
			err = s.server.SetTopics(classifier)
		}
		if err != nil {
			s.log.Error("the old topic rules stay", "error", err)
			continue
		}
		s.log.Info("topic rules read again", "version", classifier.Version())
	}
}
