package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/dateline-news/dateline/tagger"
	"github.com/dateline-news/dateline/tagger/text"
)

const tagHelp = `Tag finds the people, organizations and places of texts and gives the texts
their topics. It needs no server and uses all cores.

Each FILE, or standard input, is one text. With --format jsonl each line is one
article instead, and one line is written for each, in the same order:

  in   id, text, optional title, publish_time (RFC 3339), source (the outlet's
       domain), html (bool)
  out  id, mentions [start, end, text, type (PERSON, ORGANIZATION, PLACE,
       DEMONYM), entity, confidence, field (title or text)], entities [id, name,
       type, salience, confidence, lat, lon, linked], topics [code, top, name,
       score]

Offsets count from the beginning of the field as it was given, HTML included. A
bad line gets an error on standard error that names the line, the rest goes on,
and the exit code is 3.`

const tagExamples = `  dateline tag story.txt
  echo 'Rahmon met Tokayev in Dushanbe.' | dateline tag
  dateline tag --format jsonl --offsets utf16 < in.jsonl > out.jsonl
  dateline tag --html --source ariananews.af --date 2025-05-01 --explain page.html`

// tagCommand is `dateline tag` with its flags read.
type tagCommand struct {
	tagger  *tagger.Tagger
	article tagger.Article // what the flags say of every text
	units   text.Encoding
	explain bool
}

func newTagCommand() *cobra.Command {
	var c tagCommand
	var offsets, date string
	var maxBytes int
	var files dataFiles
	cmd := &cobra.Command{
		Use:     "tag [FILE]...",
		Short:   "Find the names and topics of texts, without a server",
		Long:    tagHelp,
		Example: tagExamples,
		RunE: func(cmd *cobra.Command, texts []string) error {
			var err error
			if c.units, err = parseUnits(offsets); err != nil {
				return err
			}
			if c.article.PublishTime, err = parseDate("--date", date); err != nil {
				return err
			}
			if c.tagger, err = newTagger(files, maxBytes, c.explain); err != nil {
				return err
			}
			return c.run(cmd, texts)
		},
	}
	files.addFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&offsets, "offsets", "utf8", "`UNIT` of offsets: utf8 (bytes), utf16 or utf32 (code points)")
	flags.StringVar(&c.article.Source, "source", "", "the outlet's `DOMAIN`, such as ariananews.af")
	flags.StringVar(&date, "date", "", "publish `TIME`, 2025-05-01 or RFC 3339")
	flags.StringVar(&c.article.Title, "title", "", "the text's `TITLE`")
	flags.BoolVar(&c.article.HTML, "html", false, "the text is HTML")
	flags.BoolVar(&c.explain, "explain", false, "show the rivals of every link and why one won")
	flags.IntVar(&maxBytes, "max-bytes", tagger.DefaultMaxBytes, "refuse a longer title and text")
	return cmd
}

// newTagger is the tagger of `dateline tag`.
func newTagger(files dataFiles, maxBytes int, explain bool) (*tagger.Tagger, error) {
	o, err := files.load()
	if err != nil {
		return nil, err
	}
	o.MaxBytes, o.Candidates = maxBytes, explain
	return tagger.New(o)
}

func (c *tagCommand) run(cmd *cobra.Command, files []string) error {
	out := outputOf(cmd)
	if len(files) == 0 {
		files = []string{"-"}
	}
	if out.format == "text" {
		c.units = text.UTF8 // printing cuts strings
	}
	var all []*tagging
	var partial error // of JSON lines some were refused: go on
	for _, name := range files {
		t, err := c.tagFile(cmd, out, name)
		switch {
		case errors.Is(err, errPartial):
			partial = err
		case err != nil:
			return fmt.Errorf("%s: %w", displayName(name), err)
		}
		all = append(all, t)
	}
	if out.format == "json" {
		return out.json(all)
	}
	return partial
}

// tagFile tags one file, "-" for standard input, and prints it unless all are
// to be one document.
func (c *tagCommand) tagFile(cmd *cobra.Command, out output, name string) (*tagging, error) {
	in, done, err := open(cmd, name)
	if err != nil {
		return nil, err
	}
	defer done()
	if out.format == "jsonl" {
		bar := newProgress(cmd, "tagging", fileSize(in), true)
		defer bar.finish()
		return nil, c.tagLines(cmd.Context(), progressReader{in, bar}, out, cmd.ErrOrStderr())
	}
	article, t, err := c.tagText(cmd.Context(), in)
	if err != nil {
		return nil, err
	}
	if out.format == "text" {
		return t, out.tagging(article.Title, article.Body, t)
	}
	t.ID, err = json.Marshal(displayName(name))
	return t, err
}

// tagText tags all of in as one text.
func (c *tagCommand) tagText(ctx context.Context, in io.Reader) (tagger.Article, *tagging, error) {
	article := c.article
	body, err := io.ReadAll(in)
	if err != nil {
		return article, nil, err
	}
	article.Body = string(body)
	result, err := c.tagger.Tag(ctx, article)
	if err != nil {
		return article, nil, inJSONTerms(err)
	}
	return article, taggingOf(article, result, c.units, c.explain), nil
}

// open opens a file for reading, "-" for standard input.
func open(cmd *cobra.Command, name string) (in io.Reader, done func(), err error) {
	if name == "-" {
		return cmd.InOrStdin(), func() {}, nil
	}
	f, err := os.Open(name)
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return nil, nil, pathErr.Err // the caller names the file
	}
	return f, func() { _ = f.Close() }, err // it was only read
}

func displayName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return file
}

func parseUnits(s string) (text.Encoding, error) {
	switch s {
	case "utf8":
		return text.UTF8, nil
	case "utf16":
		return text.UTF16, nil
	case "utf32":
		return text.UTF32, nil
	}
	return 0, usagef("--offsets: got %q, want utf8, utf16 or utf32", s)
}

// parseDate reads a day, which begins at midnight UTC, or a time; "" is none.
func parseDate(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usagef("%s: got %q, want a day such as 2025-05-01 or RFC 3339", flag, s)
}
