package main

import (
	"runtime/debug"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/topics"
)

// embedded is what a tagger works with unless told otherwise: the gazetteer
// and the models that the binary carries.
func embedded() (tagger.Options, error) {
	g, err := gazetteer.Default()
	if err != nil {
		return tagger.Options{}, err
	}
	m, err := recognizer.Default()
	if err != nil {
		return tagger.Options{}, err
	}
	classifier, err := topics.Default()
	return tagger.Options{Gazetteer: g, Recognizer: m, Topics: classifier}, err
}

// recognizerFrom is the model of a file, the embedded one for no name.
func recognizerFrom(name string) (*recognizer.Model, error) {
	if name == "" {
		return recognizer.Default()
	}
	return recognizer.Load(name)
}

// version is the version of the binary, as Go knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
