package sigma_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// TestSyntaxErrorPlace holds the YAML package to the private marks that problemOffset reads: should they be renamed,
// the places here become 1:1.
func TestSyntaxErrorPlace(t *testing.T) {
	tests := []struct{ name, text, place, message string }{
		{"tab", "title: x\n\tid: y\n", "2:1-2:7", "invalid YAML: found a tab character that violates indentation"},
		{"colon in value", "title: x\nid: a: b\n", "2:6-2:9", "invalid YAML: mapping values are not allowed in this context"},
		{"escape", "title: x\nid: \"a\\qb\"\n", "2:7-2:11", "invalid YAML: found unknown escape character"},
		{"unknown anchor", "title: x\nid: *nope\n", "2:5-2:10", "invalid YAML: unknown anchor 'nope' referenced"},
		{"control character", "title: ü\nid: a\x01b\n", "2:6-2:8", "invalid YAML: control characters are not allowed"},
		{"indentation", "title:\n    a: b\n  c: d\n", "3:3-3:7", "invalid YAML: did not find expected key"},
		{"after a document", "title: x\n---\n---\nid: a: b\n", "4:6-4:9", "invalid YAML: mapping values are not allowed in this context"},
		{"after an error", "id: a: b\n---\nü: 'x\n---\n", "3:4-3:6", "invalid YAML: found unexpected end of stream"},
		{"after directives", "%YAML 1.1\n# why\n---\nid: a: b\n", "4:6-4:9", "invalid YAML: mapping values are not allowed in this context"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var diags diag.List
			sigma.Parse(source.NewFile("rule.yml", []byte(tt.text)), &diags)
			var last *diag.Diagnostic
			for _, d := range diags.Sorted() {
				if d.ID == "yaml/syntax" {
					last = &d
				}
			}
			if last == nil {
				t.Fatalf("no error of the syntax\n%s", renderDiags(&diags))
			}
			if got := place(last.Span); got != tt.place || last.Message != tt.message {
				t.Errorf("got  %s %s\nwant %s %s", got, last.Message, tt.place, tt.message)
			}
		})
	}
}
