package homes

import (
	"errors"
	"testing"

	"gopkg.in/yaml.v3"
)

// A section of a log has the keys that are read of it, and no others.
func TestSectionKeys(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"{where: {A: x}, unless: {B: y}, same: true, rest: true, fields: {a: A}, shown: a, rows: {A: a}, loses: x, keywords: a, without: y, matches: {a: b}}", ""},
		{"{like: Other}", `T.yaml: L: no log "Other" before it`},
		{"{wheer: {A: x}}", `T.yaml: L: unknown key "wheer"`},
		{"{columns: {string: A}}", `T.yaml: L: unknown key "columns"`},
	} {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(tt.text), &doc); err != nil {
			t.Fatal(err)
		}
		r := &reader{file: "T.yaml", own: map[string]Section{}, done: map[string]Section{}}
		r.section("L", doc.Content[0])
		got := ""
		if err := errors.Join(r.errs...); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
