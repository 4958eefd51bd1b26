package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigc-rules/sigc/compiler/explain"
)

// The examples of findings about settings: the bad one is reported under its id, and nothing but it; the good one is not.
func TestSettingsExamples(t *testing.T) {
	for _, c := range explain.All() {
		if !c.Settings {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			if got := tried(t, c.ID, c.Bad); !strings.Contains(got, "("+c.ID+")") || strings.Count(got, "error: ") > 1 {
				t.Errorf("the bad example is not what is reported:\n%s", got)
			}
			if got := tried(t, c.ID, c.Good); strings.Contains(got, "("+c.ID+")") || strings.Contains(got, "error: ") {
				t.Errorf("the good example is reported too:\n%s", got)
			}
		})
	}
}

// tried is what is said of the rule in a folder with the files of an archive: by its tests where these are what the finding
// is about, and else by lint.
func tried(t *testing.T, id, archive string) string {
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	env := &Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" },
		Dir: dir, Terminal: isTerminal, Now: time.Now,
	}
	command := "lint"
	if strings.HasPrefix(id, "test/") {
		command = "test"
	}
	run(env, []string{command, "rule.yml"})
	return out.String() + errs.String()
}
