package topics

import (
	"io/fs"
	"sync/atomic"
)

// Live is a classifier whose users' rules can be changed while it serves.
type Live struct {
	now atomic.Pointer[Classifier]
}

// NewLive serves c until the first Reload.
func NewLive(c *Classifier) *Live {
	l := &Live{}
	l.now.Store(c)
	return l
}

// Classifier is the one to use now. It stays valid after a Reload.
func (l *Live) Classifier() *Classifier { return l.now.Load() }

// Reload reads the users' rules again, beside the compiled-in ones. On an error
// the old rules keep serving.
func (l *Live) Reload(more ...fs.FS) error {
	c, err := New(more...)
	if err != nil {
		return err
	}
	l.now.Store(c)
	return nil
}
