package compiler_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestFix(t *testing.T) {
	const head = "title: Test\nlogsource: {product: azure, service: auditlogs}\n"
	const windows = "title: Test\nlogsource: {product: windows, service: security}\n"
	tests := []struct {
		name, text, want string
		refused          int
	}{
		{"a comment and the order stay", "levle: high # why\n" + head + "detection:\n  s: {OperationName: Add user} # s\n  condition: s\n",
			"level: high # why\n" + head + "detection:\n  s: {OperationName: Add user} # s\n  condition: s\n", 0},
		{"an alternative that changes matches is left", head + "detection:\n  s: {OperationName: Add usr}\n  condition: s\n",
			head + "detection:\n  s: {OperationName: Add usr}\n  condition: s\n", 1},
		{"one is made, another is not", head + "status: Test\ndetection:\n  s: {OperationName: Add usr}\n  condition: s\n",
			head + "status: test\ndetection:\n  s: {OperationName: Add usr}\n  condition: s\n", 1},
		{"a duplicate that counts no case", head + "detection:\n  s:\n    OperationName:\n      - Add user\n      - add USER\n  condition: s\n",
			head + "detection:\n  s:\n    OperationName:\n      - Add user\n  condition: s\n", 0},
		{"a broken rule gets a meaning", head + "detection:\n  s: {OperationNme|Contains: x}\n  condition: s\n",
			head + "detection:\n  s: {OperationName|contains: x}\n  condition: s\n", 0},
		{"one document beside a broken one", head + "detection:\n  s: {OperationName: x}\n  condition: s\ndate: 2026/1/2\n---\ntitle: [\n",
			head + "detection:\n  s: {OperationName: x}\n  condition: s\ndate: 2026-01-02\n---\ntitle: [\n", 0},
		{"an aggregation", "title: Many\nid: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s: {OperationName: x}\n" +
			"  timeframe: 5m\n  condition: s | count() by Identity >= 5 # five\nlevel: high\n",
			"title: Many\nid: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s: {OperationName: x}\n" +
				"  condition: s # five\nlevel: high\n---\ntitle: Many (Count)\ncorrelation:\n    type: event_count\n    rules:\n" +
				"        - 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\n    group-by:\n        - Identity\n    timespan: 5m\n    condition:\n        gte: 5\nlevel: high\n", 0},
		{"an aggregation that no correlation is", head + "detection:\n  s: {OperationName: x}\n  timeframe: 5m\n  condition: s | min(x) > 5\n",
			head + "detection:\n  s: {OperationName: x}\n  timeframe: 5m\n  condition: s | min(x) > 5\n", 0},
		{"other words for what is meant", head + "status: Stable\nlevel: hihg\nrelated:\n  - {id: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22, type: obsoletes}\ndate: 31.1.2026\nauthor: 7\n" +
			"detection:\n  s: {OperationName: x}\n  condition: s\n",
			head + "status: stable\nlevel: high\nrelated:\n  - {id: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22, type: obsolete}\ndate: 2026-01-31\nauthor: '7'\n" +
				"detection:\n  s: {OperationName: x}\n  condition: s\n", 0},
		{"what the log has, with a quotation mark", windows + "detection:\n  s: {EventID: '5140', ShareName: It's}\n  condition: s\n",
			windows + "detection:\n  s: {EventID: '5140', ShareName: '\\\\\\\\\\*\\\\It''s'}\n  condition: s\n", 0},
		{"one of a list is not the whole text", windows + "detection:\n  s: {EventID: '4672', PrivilegeList: Debug programs}\n  condition: s\n",
			windows + "detection:\n  s: {EventID: '4672', PrivilegeList: Debug programs}\n  condition: s\n", 0},
		{"nothing can be read", "title: [\n", "title: [\n", 0},
	}
	lint := func(p *compiler.Program) []diag.Diagnostic { return p.Lint(compiler.LintOptions{}) }
	for _, tt := range tests {
		for _, form := range []struct {
			name   string
			mangle func(string) string
		}{
			{"", func(s string) string { return s }},
			{", lines of Windows", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
			{", a mark of byte order", func(s string) string { return "\uFEFF" + s }},
		} {
			t.Run(tt.name+form.name, func(t *testing.T) {
				in := compiler.Input{File: source.NewFile("rule.yml", []byte(form.mangle(tt.text))), Path: "rule.yml"}
				got := compiler.Fix([]compiler.Input{in}, compiler.Options{}, lint)
				if text := string(got.Inputs[0].File.Text); text != form.mangle(tt.want) {
					t.Errorf("got\n%q, want\n%q", text, form.mangle(tt.want))
				}
				if got.Refused != tt.refused {
					t.Errorf("%d refused, want %d", got.Refused, tt.refused)
				}
			})
		}
	}
}

// A rule that refers to others keeps what it says, though the file is mended by itself.
func TestFixCorrelation(t *testing.T) {
	rule := "title: Test\nname: one\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s: {OperationName: Add user}\n  condition: s\n"
	correlation := "title: Many\nstatus: Test\ncorrelation:\n  type: event_count\n  rules: [one]\n  group-by: []\n  timespan: 5m\n  condition: {gte: 5}\n"
	inputs := []compiler.Input{
		{File: source.NewFile("a.yml", []byte(rule)), Path: "a.yml"}, {File: source.NewFile("b.yml", []byte(correlation)), Path: "b.yml"},
	}
	got := compiler.Fix(inputs, compiler.Options{}, func(p *compiler.Program) []diag.Diagnostic { return p.Lint(compiler.LintOptions{}) })
	if want := strings.Replace(correlation, "Test", "test", 1); string(got.Inputs[1].File.Text) != want {
		t.Errorf("got\n%s", got.Inputs[1].File.Text)
	}
	if string(got.Inputs[0].File.Text) != rule || len(got.Made) != 1 {
		t.Errorf("made: %v", got.Made)
	}
}
