package compiler_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// odd is a rule laid out as nobody would: depths that differ, comments everywhere, tabs inside and outside of texts, quotes
// of every kind, a text that looks like keys, blanks at the ends of lines.
const odd = "# head\twith a tab\n" +
	"title:   Odd Layout  # two  blanks  stay\n" +
	"id: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22   \n" +
	"status:  \"test\"\t# a tab before this\n" +
	"level: high\n" +
	"author: '7' # of 9\n" +
	"date: \t2026-01-31 # not 31/01\n" +
	"description: |+\n" +
	"       This line is text:\tdate: 2026/01/31, levle: high\n" +
	"       # no comment\n" +
	"\n" +
	"tags:\n" +
	"  # why\n" +
	"  -   attack.persistence   # said so\n" +
	"  - 'attack.stealth'\n" +
	"logsource: { product: azure ,service:   auditlogs }\n" +
	"detection:\n" +
	" sel:\n" +
	"      OperationName:\n" +
	"          - Add user   # first\n" +
	"          - \"Delete user\"\n" +
	" other:   { Identity|contains: 'a\tb' , Category|contains|all: ['x # y', z] }\n" +
	" condition: sel or    other # not now\n" +
	"falsepositives: [ 'One', Two ]\n" +
	"references:\n" +
	"- https://example.org/a\n" +
	"-    https://example.org/b  # the other"

// TestFixLayout: fixes change the bytes that they name and no others, however a file is laid out: with the mistake put
// into the rule above, mending gives the rule above. Each is tried with the breaks of lines of Unix and of Windows, with and
// without one at the end.
func TestFixLayout(t *testing.T) {
	tests := []struct{ name, good, bad string }{
		{"a key that is nearly one", "level: high", "levle: high"},
		{"a key in capitals", "level: high", "Level: high"},
		{"the case of a word", `"test"`, `"Test"`},
		{"the form of a date", "2026-01-31", "2026/01/31"},
		{"the spelling of a tag", "attack.persistence", "attack.Persistence"},
		{"a field by its other name", "Category|", "category|"},
		{"a value given twice", "          - \"Delete", "          - 'add User'\n          - \"Delete"},
		{"the case of a modifier", "Identity|contains", "Identity|Contains"},
		{"the order of modifiers", "|contains|all", "|all|contains"},
		{"a modifier given twice", "Identity|contains", "Identity|contains|contains"},
		{"a field by the name of a guide", "      OperationName:\n", "      properties.message:\n"},
		{"a field but for a letter", "Identity|", "Identty|"},
		{"a word in upper case", "sel or    other", "sel OR    other"},
		{"a search but for a letter", "sel or    other", "sel or    othr"},
		{"a text that is a number", "author: '7' # of 9", "author: 7 # of 9"},
		{"a logsource in upper case", "product: azure ,", "product: Azure ,"},
		{"a reference given twice", "-    https://example.org/b", "- 'https://example.org/a'\n-    https://example.org/b"},
		{"an entry between brackets given twice", "[ 'One', Two ]", "[ 'One', Two, Two ]"},
	}
	lint := func(p *compiler.Program) []diag.Diagnostic { return p.Lint(compiler.LintOptions{}) }
	for _, tt := range tests {
		for _, breaks := range []string{"\n", "\r\n"} {
			for _, end := range []string{"", breaks} {
				t.Run(tt.name, func(t *testing.T) {
					want := strings.ReplaceAll(odd, "\n", breaks) + end
					bad := strings.Replace(odd, tt.good, tt.bad, 1)
					if bad == odd {
						t.Fatal("nothing is wrong with the rule")
					}
					in := compiler.Input{File: source.NewFile("rule.yml", []byte(strings.ReplaceAll(bad, "\n", breaks)+end)), Path: "rule.yml"}
					got := compiler.Fix([]compiler.Input{in}, compiler.Options{}, lint)
					if text := string(got.Inputs[0].File.Text); text != want {
						t.Errorf("got\n%q, want\n%q", text, want)
					}
				})
			}
		}
	}
}
