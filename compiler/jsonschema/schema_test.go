package jsonschema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/jsonschema"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
	"github.com/sigc-rules/sigc/targets"
)

// compiled returns a validator for every schema, by name. That they compile means that they are schemas of draft 07 and
// every reference in them leads somewhere.
func compiled(t *testing.T) map[string]*validator.Schema {
	t.Helper()
	out := map[string]*validator.Schema{}
	for _, s := range jsonschema.All() {
		v, err := validator.UnmarshalJSON(bytes.NewReader(s.Text(targets.All())))
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		c := validator.NewCompiler()
		if err := c.AddResource(s.Name+".json", v); err != nil {
			t.Fatal(err)
		}
		if out[s.Name], err = c.Compile(s.Name + ".json"); err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
	}
	return out
}

// kindOf is the name of the schema of a document of Sigma.
func kindOf(document any) string {
	m, _ := document.(map[string]any)
	for _, kind := range []string{"correlation", "filter"} {
		if _, ok := m[kind]; ok {
			return kind
		}
	}
	return "rule"
}

// documents returns the documents of a YAML stream as an editor sees them.
func documents(t *testing.T, text []byte) []any {
	t.Helper()
	var out []any
	for d := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var n yaml.Node
		err := d.Decode(&n)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, asJSON(t, &n))
	}
}

// asJSON returns what a node is in JSON. YAML 1.2, which editors read, has no dates: they are texts.
func asJSON(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.DocumentNode:
		return asJSON(t, n.Content[0])
	case yaml.AliasNode:
		return asJSON(t, n.Alias)
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range n.Content {
			out = append(out, asJSON(t, item))
		}
		return out
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key, v := n.Content[i], asJSON(t, n.Content[i+1])
			if merged, ok := v.(map[string]any); ok && key.ShortTag() == "!!merge" {
				maps.Copy(out, merged)
				continue
			}
			out[key.Value] = v
		}
		return out
	}
	if tag := n.ShortTag(); tag == "!!str" || tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The whole pack has the form that the schemas ask for.
func TestPack(t *testing.T) {
	schemas := compiled(t)
	seen := map[string]int{}
	err := fs.WalkDir(rules.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rules.FS(), name)
		if err != nil {
			return err
		}
		for _, d := range ofFile(t, name, text) {
			kinds := []string{"config"}
			switch {
			case strings.HasSuffix(name, ".events.json"):
				kinds = []string{"tests"}
			case strings.HasPrefix(name, "bases/"):
				kinds = []string{"bases"}
			case path.Ext(name) != ".yml":
				return nil
			case name != "sigc.yml":
				kinds = []string{kindOf(d), "document"}
			}
			for _, kind := range kinds {
				seen[kind]++
				if err := schemas[kind].Validate(d); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"rule", "correlation", "tests", "bases", "config"} {
		if seen[kind] == 0 {
			t.Errorf("the pack has nothing for the schema %q", kind)
		}
	}
}

func ofFile(t *testing.T, name string, text []byte) []any {
	t.Helper()
	switch path.Ext(name) {
	case ".yml":
		return documents(t, text)
	case ".json":
		v, err := validator.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return []any{v}
	}
	return nil
}

// Good examples of the catalogue that are read without a finding have the form; so no schema is stricter than sigc.
func TestGoodExamples(t *testing.T) {
	schemas := compiled(t)
	tried := map[string]int{}
	for _, c := range explain.All() {
		if strings.HasPrefix(c.ID, "kql/") || strings.HasPrefix(c.Good, "-- ") || strings.Contains(c.Good, "partial:") {
			continue // a query, several files, or a target that only the tests of the catalogue have
		}
		text := []byte(c.File(c.Good))
		if !clean(text) {
			continue
		}
		for _, d := range documents(t, text) {
			tried[kindOf(d)]++
			if err := schemas[kindOf(d)].Validate(d); err != nil {
				t.Errorf("%s: %v\n%s", c.ID, err, text)
			}
		}
	}
	for _, kind := range []string{"rule", "correlation", "filter"} {
		if tried[kind] < 5 {
			t.Errorf("only %d examples were tried of the schema %q", tried[kind], kind)
		}
	}
}

// clean reports whether the reader of Sigma finds no error in a file and warns of nothing in its form.
func clean(text []byte) bool {
	p := compiler.Load([]compiler.Input{{File: source.NewFile("example.yml", text)}}, compiler.Options{Lists: map[string]*list.List{}})
	return !slices.ContainsFunc(p.Diagnostics(), func(d diag.Diagnostic) bool {
		area, _, _ := strings.Cut(d.ID, "/")
		return d.Severity >= diag.Warning && slices.Contains([]string{"yaml", "rule", "detection", "collection", "logsource", "correlation", "baseline", "filter"}, area)
	})
}
