package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the out/ sections of golden files")

// Case is one txtar file.
type Case struct {
	Name string // the name of the file without its folder and extension

	t       testing.TB
	archive *txtar.Archive
	outputs []txtar.File
}

// Run runs f as a subtest for every txtar file of a folder and compares what f produced with the out/ sections. A
// folder without files fails: a test that looks into the wrong place must not pass.
func Run(t *testing.T, dir string, f func(t *testing.T, c *Case)) {
	t.Helper()
	each(t, dir, func(path string, c *Case) {
		t.Run(c.Name, func(t *testing.T) {
			c.t = t
			f(t, c)
			if t.Failed() {
				return
			}
			if *update {
				if err := c.rewrite(path); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, problem := range c.problems() {
				t.Error(problem)
			}
		})
	})
}

// Read runs f as a subtest for every txtar file of a folder, for tests that only want the inputs.
func Read(t *testing.T, dir string, f func(t *testing.T, c *Case)) {
	t.Helper()
	each(t, dir, func(_ string, c *Case) {
		t.Run(c.Name, func(t *testing.T) {
			c.t = t
			f(t, c)
		})
	})
}

func each(t *testing.T, dir string, f func(path string, c *Case)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden files in %s (%v)", dir, err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f(path, &Case{Name: strings.TrimSuffix(filepath.Base(path), ".txtar"), t: t, archive: archive})
	}
}

// Files returns the names of the inputs, in file order.
func (c *Case) Files() []string {
	var names []string
	for _, f := range c.archive.Files {
		if !isOutput(f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// File returns the content of an input, which must exist.
func (c *Case) File(name string) []byte {
	c.t.Helper()
	for _, f := range c.archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	c.t.Fatalf("the case has no file %q", name)
	return nil
}

// Out records an output, to be compared with the section out/name. An empty text is the same as no section.
func (c *Case) Out(name, text string) {
	if text == "" {
		return
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	c.outputs = append(c.outputs, txtar.File{Name: outPrefix + name, Data: []byte(text)})
}

const outPrefix = "out/"

func isOutput(name string) bool { return strings.HasPrefix(name, outPrefix) }

// problems says in what the recorded outputs differ from the file.
func (c *Case) problems() []string {
	var problems []string
	for _, out := range c.outputs {
		want := string(find(c.archive.Files, out.Name))
		if diff := cmp.Diff(lines(want), lines(string(out.Data))); diff != "" {
			problems = append(problems, out.Name+" differs (-want +got); if the change is meant, run with -update:\n"+diff)
		}
	}
	for _, f := range c.archive.Files {
		if isOutput(f.Name) && !has(c.outputs, f.Name) {
			problems = append(problems, "dead section "+f.Name+": the test did not produce it")
		}
	}
	return problems
}

// lines splits a text for a diff by line rather than of one long string.
func lines(text string) []string { return strings.SplitAfter(text, "\n") }

// updated returns the archive with the recorded outputs in place of the old ones: known sections keep their order,
// new ones follow.
func (c *Case) updated() *txtar.Archive {
	a := &txtar.Archive{Comment: c.archive.Comment}
	for _, f := range c.archive.Files {
		switch {
		case !isOutput(f.Name):
			a.Files = append(a.Files, f)
		case has(c.outputs, f.Name):
			a.Files = append(a.Files, txtar.File{Name: f.Name, Data: find(c.outputs, f.Name)})
		}
	}
	for _, out := range c.outputs {
		if !has(c.archive.Files, out.Name) {
			a.Files = append(a.Files, out)
		}
	}
	return a
}

func (c *Case) rewrite(path string) error {
	before, after := txtar.Format(c.archive), txtar.Format(c.updated())
	if bytes.Equal(before, after) {
		return nil
	}
	return os.WriteFile(path, after, 0o644)
}

func has(files []txtar.File, name string) bool {
	return slices.ContainsFunc(files, func(f txtar.File) bool { return f.Name == name })
}

// find returns the content of a file; nothing when there is none.
func find(files []txtar.File, name string) []byte {
	for _, f := range files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}
