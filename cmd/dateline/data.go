package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/gazetteer"
	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/recognizer"
	"github.com/dateline-news/dateline/tagger/text"
)

// dataFiles name the user's own data; an empty name is what the binary embeds.
type dataFiles struct {
	gazetteer string
	model     string
	rules     string // a folder; added to the embedded rules of topics
}

// addFlags gives a command the flags for them.
func (d *dataFiles) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.gazetteer, "gazetteer", "", "index `FILE` to use instead of the embedded gazetteer")
	cmd.Flags().StringVar(&d.model, "model", "", "recognizer `FILE` to use instead of the embedded one")
	cmd.Flags().StringVar(&d.rules, "topic-rules", "", "`FOLDER` of *.rules files to use beside the embedded ones")
}

// load opens everything that a tagger works with, side by side, because every
// command that tags waits for it. Nearly all that it allocates stays, so that
// collecting garbage meanwhile would be a waste.
func (d dataFiles) load() (tagger.Options, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var o tagger.Options
	var g errgroup.Group
	g.Go(func() (err error) { o.Gazetteer, err = gazetteerFrom(d.gazetteer); return err })
	g.Go(func() (err error) { o.Recognizer, err = recognizerFrom(d.model); return err })
	g.Go(func() error { _, err := text.NewSplitter(); return err }) // the tagger's, kept
	g.Go(func() (err error) { o.Topics, err = classifierWith(d.rules); return err })
	err := g.Wait()
	return o, err
}

// gazetteerFrom is the gazetteer of a file, the embedded one for no name.
func gazetteerFrom(name string) (*gazetteer.Gazetteer, error) {
	if name == "" {
		return gazetteer.Default()
	}
	return gazetteer.Open(name)
}

// recognizerFrom is the model of a file, the embedded one for no name.
func recognizerFrom(name string) (*recognizer.Model, error) {
	if name == "" {
		return recognizer.Default()
	}
	return recognizer.Load(name)
}
