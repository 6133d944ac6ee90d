package tagger

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the want part of testdata/articles")

// TestArticles tags the articles of testdata/articles and compares mentions
// and entities with those in the file. After a change that is meant, run
//
//	go test ./tagger -run Articles -update
//
// and read the diff.
func TestArticles(t *testing.T) {
	files, err := filepath.Glob("testdata/articles/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	tagger := newTestTagger(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			article, want := articleOf(t, archive)
			r, err := tagger.Tag(t.Context(), article)
			if err != nil {
				t.Fatal(err)
			}
			checkResult(t, r, article.Title, article.Body)
			got := render(r, article)
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// articleOf reads the article of an archive and finds its want part.
func articleOf(t *testing.T, archive *txtar.Archive) (a Article, want *txtar.File) {
	t.Helper()
	for i := range archive.Files {
		data := strings.TrimSuffix(string(archive.Files[i].Data), "\n")
		switch name := archive.Files[i].Name; name {
		case "source":
			a.Source = data
		case "date":
			date, err := time.Parse(time.DateOnly, data)
			if err != nil {
				t.Fatal(err)
			}
			a.PublishTime = date
		case "title":
			a.Title = data
		case "body", "body.html":
			a.Body, a.HTML = data, name == "body.html"
		case "want":
			want = &archive.Files[i]
		default:
			t.Fatalf("unknown part %q", name)
		}
	}
	if want == nil {
		t.Fatal("no part named want")
	}
	return a, want
}

// render lists the mentions, each with its entity, and the entities, those
// that the article is about with a star.
func render(r *Result, a Article) string {
	var b strings.Builder
	for _, m := range r.Mentions {
		source := a.Body
		if m.Field == Title {
			source = a.Title
		}
		fmt.Fprintf(&b, "%-5s %-12s %-40q %s\n", fieldNames[m.Field], typeNames[m.Type], m.Span.Of(source), r.Entities[m.Entity].ID)
	}
	b.WriteByte('\n')
	for _, e := range r.Entities {
		star := " "
		if e.About {
			star = "*"
		}
		fmt.Fprintf(&b, "%s %-40s %s\n", star, e.ID, e.Name)
	}
	return b.String()
}

var fieldNames = [...]string{Title: "title", Body: "body"}

var typeNames = [...]string{
	PersonMention: "PERSON", OrganizationMention: "ORGANIZATION",
	PlaceMention: "PLACE", DemonymMention: "DEMONYM",
}
