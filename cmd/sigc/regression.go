package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
)

// regressionPath is the key by which rules of SigmaHQ name the file that describes their tests.
var regressionPath = regexp.MustCompile(`(?m)^regression_tests_path:[ \t]*['"]?([^'"\r\n#]+?)['"]?[ \t]*(?:#.*)?\r?$`)

// ruleID is the id of a rule.
var ruleID = regexp.MustCompile(`(?m)^id:[ \t]*['"]?([^'"\s#]+)`)

// regressionInfo is that file, as the repository of SigmaHQ describes it.
type regressionInfo struct {
	Metadata []struct{ ID string } `yaml:"rule_metadata"`
	Tests    []struct {
		Name      string
		Type      string
		Path      string
		Count     *int `yaml:"match_count"`
		Pipelines []string
		Filters   []string
	} `yaml:"regression_tests_info"`
}

// regression reads the tests that a rule names as rules of SigmaHQ do; nil when it names none, or the folder with them is
// not there. Paths start from the folder of the rule or from one above it, which is the root of a repository.
func (env *Env) regression(in compiler.Input) (*compiler.Cases, error) {
	out := &compiler.Cases{Shape: "regression tests in the form of SigmaHQ"}
	found := false
	for _, m := range regressionPath.FindAllSubmatch(in.File.Text, -1) {
		name, ok := env.above(in.File.Name, string(m[1]))
		if !ok {
			continue
		}
		found = true
		text, err := env.readFile(name)
		if err != nil {
			return nil, err
		}
		var info regressionInfo
		if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&info); err != nil {
			return nil, usageError("%s: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))
		}
		if len(info.Tests) == 0 || len(info.Metadata) == 0 {
			return nil, usageError(`%s: it needs "rule_metadata" with the id of the rule, and "regression_tests_info" with tests`, name)
		}
		rule := info.Metadata[0].ID
		if !slices.ContainsFunc(ruleID.FindAllSubmatch(in.File.Text, -1), func(m [][]byte) bool { return strings.EqualFold(string(m[1]), rule) }) {
			return nil, usageError("%s: it is about the rule %s, which is not in %s", name, rule, in.File.Name)
		}
		for i, test := range info.Tests {
			label := test.Name
			if label == "" {
				label = fmt.Sprintf("test %d", i+1)
			}
			label += ", " + filepath.Base(filepath.FromSlash(test.Path))
			least := 1
			if test.Count != nil {
				if least = *test.Count; least < 0 {
					return nil, usageError("%s: test %q: match_count is %d", name, label, least)
				}
			}
			if others := append(env.changing(in.File.Name, test.Pipelines), test.Filters...); len(others) > 0 {
				out.AddSkipped(label, rule, "it is about the rule changed by "+strings.Join(others, ", ")+": give pipelines with -p")
				continue
			}
			file, err := env.regressionFile(in.File.Name, name, test.Type, test.Path)
			if err == nil && file == nil {
				out.AddSkipped(label, rule, "binary event logs (EVTX) are not read; the same events as JSON beside it would be")
				continue
			}
			if err == nil {
				err = out.AddFile(label, rule, least, file)
			}
			if err != nil {
				return nil, usageError("%s: test %q: %v", name, label, err)
			}
		}
	}
	if !found {
		return nil, nil
	}
	return out, nil
}

// changing are the pipelines that change what a rule means. The others only say where in the JSON of an event of Windows a
// field stands, which sigc knows by itself.
func (env *Env) changing(rule string, files []string) []string {
	var out []string
	for _, file := range files {
		name, ok := env.above(rule, file)
		if !ok {
			out = append(out, file)
			continue
		}
		text, err := env.readFile(name)
		if err != nil || !placesOnly(text) {
			out = append(out, file)
		}
	}
	return out
}

// placesOnly reports whether all that a pipeline does is to name the place of each field: Event.EventData.Image for Image.
func placesOnly(pipeline []byte) bool {
	var p struct {
		Transformations []struct {
			Type    string
			Mapping map[string]string
		}
	}
	if yaml.Unmarshal(pipeline, &p) != nil {
		return false
	}
	for _, t := range p.Transformations {
		for from, to := range t.Mapping {
			if to != "Event.EventData."+from && to != "Event.System."+from {
				return false
			}
		}
		if t.Type != "field_name_mapping" || len(t.Mapping) == 0 {
			return false
		}
	}
	return true
}

// regressionFile reads the events of a test. Those of a binary event log are read from the JSON beside it, which SigmaHQ
// keeps; nil when there is none.
func (env *Env) regressionFile(rule, info, kind, path string) ([]byte, error) {
	beside := path
	switch kind {
	case "evtx":
		beside = strings.TrimSuffix(path, filepath.Ext(path)) + ".json"
	case "json", "ndjson", "jsonl":
	default:
		return nil, fmt.Errorf("there is no type %q of tests%s", kind, nearOrAll(kind, []string{"evtx", "json", "ndjson", "jsonl"}))
	}
	if name, ok := env.eitherAbove(rule, info, beside); ok {
		return env.readFile(name)
	}
	if _, ok := env.eitherAbove(rule, info, path); !ok {
		return nil, fmt.Errorf("%s: no such file", path)
	}
	return nil, nil
}

func (env *Env) eitherAbove(rule, info, path string) (string, bool) {
	if name, ok := env.above(rule, path); ok {
		return name, true
	}
	return env.above(info, path)
}

// above finds a file from the folder of another, or from one above that.
func (env *Env) above(file, path string) (string, bool) {
	path = filepath.FromSlash(path)
	dir, err := filepath.Abs(env.path(filepath.Dir(file)))
	if err != nil || filepath.IsAbs(path) {
		return path, err == nil
	}
	for {
		name := filepath.Join(dir, path)
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return env.short(name), true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}
