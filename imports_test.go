// Package dateline_test holds the rules of the house that no single package
// can check.
package dateline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/dateline-news/dateline/"

// house lists the packages from left to right; one may import only what stands
// to its left, and itself. proto holds generated code and stands aside.
var house = []string{"gazetteer", "tagger", "store", "server", "cmd"}

// file is one Go file of the project and what it imports.
type file struct {
	name    string // slash-separated, relative to the module
	imports []string
}

func (f file) test() bool { return strings.HasSuffix(f.name, "_test.go") }

// room is the top directory of a path inside the module.
func room(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}

func TestImportsRunOneWay(t *testing.T) {
	for _, f := range goFiles(t) {
		here := slices.Index(house, room(f.name))
		for _, imp := range f.imports {
			inside, ok := strings.CutPrefix(imp, module)
			there := slices.Index(house, room(inside))
			if ok && here >= 0 && there > here {
				t.Errorf("%s imports %s.\nImports run one way, %s, so that each package can be read, tested and "+
					"replaced without those to its right. Move the shared piece to the left, or let the caller pass it in.",
					f.name, imp, strings.Join(house, " ← "))
			}
		}
	}
}

func TestProtobufStaysAtTheEdge(t *testing.T) {
	inStore := map[string]bool{}
	for _, f := range goFiles(t) {
		if f.test() || !slices.ContainsFunc(f.imports, isProtobuf) {
			continue
		}
		switch room(f.name) {
		case "server", "cmd", "proto":
		case "store":
			inStore[f.name] = true
		default:
			t.Errorf("%s imports protobuf.\nWire types are converted in server and go no further: what lies left of it "+
				"speaks tagger.Article and tagger.Result, so that the API can change without the tagger, and the tagger "+
				"can be used without gRPC.", f.name)
		}
	}
	if len(inStore) > 1 {
		t.Errorf("%d files of store import protobuf: %v.\nOnly the file that encodes records may, so that the format on "+
			"disk is read and changed in one place.", len(inStore), sorted(inStore))
	}
}

func TestBadgerStaysBehindOneFile(t *testing.T) {
	in := map[string]bool{}
	for _, f := range goFiles(t) {
		if f.test() || !slices.ContainsFunc(f.imports, isBadger) {
			continue
		}
		in[f.name] = true
		if room(f.name) != "store" {
			t.Errorf("%s imports Badger.\nOnly store knows the engine: others ask it questions, never for keys.", f.name)
		}
	}
	if len(in) > 1 {
		t.Errorf("%d files import Badger: %v.\nOnly the file of store that opens it may, so that its traps are met once "+
			"and the engine can be replaced.", len(in), sorted(in))
	}
}

func isProtobuf(imp string) bool {
	return strings.HasPrefix(imp, "google.golang.org/protobuf/") || strings.HasPrefix(imp, module+"proto/")
}

func isBadger(imp string) bool { return strings.HasPrefix(imp, "github.com/dgraph-io/badger/") }

func sorted(set map[string]bool) []string {
	var names []string
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// goFiles reads the imports of every Go file of this module. Modules nested in
// it, such as benchmarks against other libraries, live by their own rules.
func goFiles(t *testing.T) []file {
	t.Helper()
	var files []file
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || hasModule(name)):
			return filepath.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := file{name: filepath.ToSlash(name)}
		for _, spec := range tree.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imp)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("found no Go files: the test does not run in the module's root")
	}
	return files
}

func hasModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}
