package targets_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
	"github.com/sigc-rules/sigc/targets"

	"gopkg.in/yaml.v3"
)

// TestPack writes the embedded pack for every target in all its formats.
func TestPack(t *testing.T) {
	var inputs []compiler.Input
	pack := packRules(t)
	for _, path := range slices.Sorted(maps.Keys(pack)) { // the templates hold the rules in the order of the input
		text := pack[path]
		inputs = append(inputs, compiler.Input{File: source.NewFile(path, text), Path: path})
	}
	p := compiler.Load(inputs, compiler.Options{Lists: compiler.Values(packLists(t))})
	outputs := p.Compile(targets.All(), compiler.CompileOptions{})
	for _, out := range outputs {
		for _, r := range out.Refused {
			t.Errorf("%s refuses %s: %s", out.Target.Name, r.Rule.Title, r.Reason.Message)
		}
	}
	files, err := p.Files(outputs, nil, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, f := range files {
		if f.Path != "manifest.json" { // checksums of the other files say nothing to a reviewer
			got[f.Path] = f.Data
		}
	}
	golden.Folder(t, "../testdata/pack", got)
}

// TestPackEvents asks every judge about the events that stand beside the rules of the pack.
func TestPackEvents(t *testing.T) {
	asked := tally{}
	for path, text := range packRules(t) {
		t.Run(path, func(t *testing.T) {
			cases := packCases(t, path)
			k := &testCase{text: text, lists: cases.Lists}
			k.compile()
			for _, c := range cases.Cases {
				k.judge(t, event{Name: c.Name, Match: &c.Match, Event: c.Events[0]}, asked)
			}
			kept := &testCase{text: text, lists: cases.Lists, keep: true}
			kept.compile()
			for _, c := range cases.Cases {
				kept.judge(t, event{Name: c.Name, Match: &c.Match, Event: c.Events[0]}, asked)
			}
			if len(k.compiled["sentinel"]) == 0 {
				t.Errorf("not compiled: %v", k.diags)
			}
		})
	}
	for _, j := range judges(t) {
		if asked[j.name] == 0 && j.name != "sigma-go" { // which knows none of the arrays and lists of the pack
			t.Errorf("%s has judged no event", j.name)
		}
	}
}

// packCases reads the cases beside a rule of the pack.
func packCases(t *testing.T, rule string) *compiler.Cases {
	t.Helper()
	open := func(name string) ([]byte, error) { return fs.ReadFile(rules.FS(), name) }
	name := strings.TrimSuffix(rule, ".yml") + ".events.json"
	text, err := open(name)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := compiler.ReadCases(source.NewFile(name, text), open)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func packRules(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(rules.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") || path == "sigc.yml" {
			return err
		}
		out[path], err = fs.ReadFile(rules.FS(), path)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d rules in the pack, %v", len(out), err)
	}
	return out
}

func packLists(t *testing.T) map[string][]string {
	t.Helper()
	text, err := fs.ReadFile(rules.FS(), "sigc.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Lists map[string]struct{ Values []string }
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for name, l := range config.Lists {
		out[name] = l.Values
	}
	return out
}
