package main

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestEditorSettings: the settings name the schemas that are written, and no others.
func TestEditorSettings(t *testing.T) {
	text, err := beginnings.ReadFile("init/vscode/settings.json")
	if err != nil {
		t.Fatal(err)
	}
	var settings struct {
		YAML map[string]any         `json:"yaml.schemas"`
		JSON []struct{ URL string } `json:"json.schemas"`
	}
	if err := json.Unmarshal(text, &settings); err != nil {
		t.Fatal(err)
	}
	var named []string
	note := func(file string) {
		named = append(named, strings.TrimSuffix(strings.TrimPrefix(path.Base(file), "sigc-"), ".json"))
	}
	for file := range settings.YAML {
		note(file)
	}
	for _, s := range settings.JSON {
		note(s.URL)
	}
	want := slices.Clone(editorSchemas)
	slices.Sort(named)
	slices.Sort(want)
	if !slices.Equal(named, want) {
		t.Errorf("named are %v, written %v", named, want)
	}
}

// TestPipelines runs the commands of sigc that the pipelines name, in a repository that has just begun: all end well.
func TestPipelines(t *testing.T) {
	for service, file := range pipelines {
		t.Run(service, func(t *testing.T) {
			dir := t.TempDir()
			output(dir, []string{"init", "--ci", service})
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
			if err != nil {
				t.Fatal(err)
			}
			var doc any
			if err := yaml.Unmarshal(text, &doc); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			ran := map[string]bool{}
			eachText(doc, func(s string) {
				for _, line := range strings.Split(s, "\n") {
					command, ok := strings.CutPrefix(line, "sigc ")
					if !ok {
						continue
					}
					// What a service fills in, ${NAME:+...}, is nothing outside of a pull request; results go to a file.
					for strings.Contains(command, "${") {
						before, rest, _ := strings.Cut(command, "${")
						_, after, _ := strings.Cut(rest, "}")
						command = before + after
					}
					command, _, _ = strings.Cut(command, " > ")
					words := strings.Fields(command)
					ran[words[0]] = true
					if said, code := ended(dir, words); code != 0 {
						t.Errorf("sigc %s ends with %d: %s", command, code, said)
					}
				}
			})
			for _, name := range []string{"lint", "fmt", "test", "build"} {
				if !ran[name] {
					t.Errorf("sigc %s is not run", name)
				}
			}
		})
	}
}

// eachText calls each with every text of a document of YAML.
func eachText(v any, each func(string)) {
	switch v := v.(type) {
	case string:
		each(v)
	case []any:
		for _, item := range v {
			eachText(item, each)
		}
	case map[string]any:
		for _, item := range v {
			eachText(item, each)
		}
	}
}
