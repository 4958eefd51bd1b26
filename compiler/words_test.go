package compiler

import (
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// What a line of a search asks, in words.
func TestWords(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"ResultReason: timeout", `is "timeout"`},
		{"ResultReason|cased: Timeout", `is "Timeout" (case counts)`},
		{"ResultReason: ''", `is ""`},
		{"ResultReason: '*'", `has a value`},
		{"ResultReason: '?*'", `is not empty`},
		{"ResultReason: 'a*b'", `fits "a*b"`},
		{"ResultReason|contains: [a, b, c]", `contains "a", "b" or "c"`},
		{"ResultReason|contains|all: [a, b]", `contains "a" and "b"`},
		{"ResultReason: [a, b*]", `is "a" or begins with "b"`},
		{"ResultReason|endswith: a", `ends with "a"`},
		{"ResultReason|re: ^a", `matches the regular expression "^a"`},
		{"ResultReason|gte: 5", `is >= 5`},
		{"ActivityDateTime|hour: 3", `has as its hour 3`},
		{"InitiatedBy.user.ipAddress|cidr: 10.0.0.0/8", `is in the network 10.0.0.0/8`},
		{"ResultReason|fieldref: Identity", `is the same as the field Identity`},
		{"ResultReason|fieldref|startswith: Identity", `begins with the field Identity`},
		{"ResultReason|exists: true", `is there`},
		{"ResultReason: null", `has no value`},
		{"'|re': a+", `some value of the event matches the regular expression "a+"`},
	} {
		t.Run(tt.line, func(t *testing.T) {
			x := explained(t, "detection:\n    selection:\n        "+tt.line+"\n    condition: selection\n")
			if len(x.Tests) != 1 || x.Tests[0].Meaning != tt.want || x.Tests[0].Negated {
				t.Errorf("got %+v, want %q", x.Tests, tt.want)
			}
		})
	}
}

// Each line is told once, in the order of the file, and with the negations around it.
func TestExplainTests(t *testing.T) {
	x := explained(t, `sigma-version: 3
detection:
    filter:
        Identity: sync
        Result: failure
    selection:
        OperationName: Add user
        ResultReason|neq: timeout
        TargetResources[none]:
            modifiedProperties[any].displayName: Role
    keywords: [mimikatz]
    condition: (selection and not filter) or (keywords and not filter)
`)
	var got []string
	for _, test := range x.Tests {
		s := test.Field + " " + test.Meaning
		if test.Negated {
			s = "not " + s
		}
		got = append(got, s)
	}
	want := []string{
		`not Identity is "sync"`,
		`not Result is "failure"`,
		`OperationName is "Add user"`,
		`not ResultReason is "timeout"`,
		`TargetResources[none].modifiedProperties[any].displayName is "Role"`,
		` some value of the event contains "mimikatz"`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	last := x.Tests[len(x.Tests)-1].Alone
	for _, alone := range last {
		if splunk := slices.Contains(alone.Targets, "splunk"); splunk != (len(alone.Lines) > 0) {
			t.Errorf("%s: keywords are %q; only Splunk has the text of a record", alone.Targets, alone.Lines)
		}
	}
}

func explained(t *testing.T, detection string) *Explanation {
	t.Helper()
	text := "title: T\nlogsource: {product: azure, service: auditlogs}\n" + detection
	p := Load([]Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}}, Options{})
	for _, d := range p.Diagnostics() {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %s", d.ID, d.Message)
		}
	}
	return p.Rules[0].Explain(targets.All())
}
