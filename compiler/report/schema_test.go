package report_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// outputs returns what the golden files have of a form, by the case.
func outputs(t *testing.T, form string) map[string][]byte {
	t.Helper()
	cases, err := filepath.Glob("../../testdata/report/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name == "out/"+form {
				out[filepath.Base(name)] = f.Data
			}
		}
	}
	if len(out) < 2 {
		t.Errorf("only %d cases", len(out))
	}
	return out
}

// TestSchemas holds every output of the golden files against a schema: of SARIF the one that OASIS publishes, of the others
// what their documentation says. broken is an output that the schema must refuse.
func TestSchemas(t *testing.T) {
	tests := []struct{ form, schema, broken string }{
		{"sarif", "sarif-2.1.0", `{"version": "2.1.0", "runs": [{"results": []}]}`},
		{"gitlab", "gitlab-code-quality", `[{"description": "x", "check_name": "a/b", "severity": "error", "fingerprint": "2b41553c722943340854722a1c25e042", "location": {"path": "a.yml", "lines": {"begin": 1}}}]`},
		{"rdjson", "rdjson", `{"diagnostics": [{"message": "x", "location": {"path": "a.yml", "range": {"start": {"line": 0}}}}]}`},
		{"github-review", "github-review", `{"event": "COMMENT", "comments": [{"path": "a.yml", "body": "x"}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.form, func(t *testing.T) {
			schema, err := jsonschema.NewCompiler().Compile("testdata/schema/" + tt.schema + ".json")
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range outputs(t, tt.form) {
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if err := schema.Validate(value); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			broken, err := jsonschema.UnmarshalJSON(strings.NewReader(tt.broken))
			if err != nil {
				t.Fatal(err)
			}
			if schema.Validate(broken) == nil {
				t.Error("what must be refused is accepted: the schema is not looked at")
			}
		})
	}
}

// TestGitLabFingerprints: GitLab takes findings with one fingerprint for one.
func TestGitLabFingerprints(t *testing.T) {
	for name, text := range outputs(t, "gitlab") {
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal(text, &issues); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if seen[i.Fingerprint] {
				t.Errorf("%s: the fingerprint %s twice", name, i.Fingerprint)
			}
			seen[i.Fingerprint] = true
		}
	}
}
