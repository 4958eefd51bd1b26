package report_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSARIFSchema holds every SARIF log of the golden files against the schema that OASIS publishes.
func TestSARIFSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/schema/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob("../../testdata/report/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	logs := 0
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name != "out/sarif" {
				continue
			}
			logs++
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(f.Data)))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if logs < 2 {
		t.Errorf("only %d logs", logs)
	}
	broken, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"results": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(broken) == nil {
		t.Error("a log without a tool is accepted: the schema is not looked at")
	}
}
