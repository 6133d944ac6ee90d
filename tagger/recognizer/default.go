package recognizer

import (
	_ "embed" // for the default model
	"sync"
)

// The model that `make model` trains, with the licences of its corpora in
// NOTICE.
//
//go:embed default.model
var defaultFile []byte

// Default is the model embedded in the binary, loaded once.
func Default() (*Model, error) { return loadDefault() }

var loadDefault = sync.OnceValues(func() (*Model, error) { return Decode(defaultFile) })
