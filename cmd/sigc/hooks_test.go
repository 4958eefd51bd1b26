package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// The hooks of pre-commit name command lines that there are.
func TestHooks(t *testing.T) {
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID, Entry string
		Filenames *bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal(text, &hooks); err != nil || len(hooks) == 0 {
		t.Fatal(err, len(hooks))
	}
	for _, h := range hooks {
		t.Run(h.ID, func(t *testing.T) {
			name, args, _ := strings.Cut(h.Entry, " ")
			if name != "sigc" {
				t.Fatalf("it runs %q", name)
			}
			dir := t.TempDir()
			rule := filepath.Join(dir, "rule.yml")
			if err := os.WriteFile(rule, []byte("level: high\ntitle: T\ndetection: {s: {A: x}, condition: s}\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			words := strings.Fields(args)
			if h.Filenames == nil || *h.Filenames {
				words = append(words, rule)
			}
			if out := output(dir, words); strings.Contains(out, "unknown") || strings.Contains(out, "--help") {
				t.Errorf("%s: %s", h.Entry, out)
			}
		})
	}
}
