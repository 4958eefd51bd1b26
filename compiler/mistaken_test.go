package compiler_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// TestMistaken: names of guides and portals are told what they mean, and are mended only where the values leave no doubt.
func TestMistaken(t *testing.T) {
	tests := []struct {
		service, item string
		label         string
		mended        string // "" where the author has to say
	}{
		{"auditlogs", "properties.message: Add user", `did you mean "OperationName"?`, "OperationName: Add user"},
		{"auditlogs", "properties.message: [Add user, 'delete User']", `did you mean "OperationName"?`, "OperationName: [Add user, 'delete User']"},
		{"auditlogs", "properties.message: [Add user, Sing a song]", `did you mean "OperationName"?`, ""},
		{"auditlogs", "properties.message|contains: user", `did you mean "OperationName"?`, ""},
		{"auditlogs", "properties.message|re: Add.*", `did you mean "OperationName"?`, ""},
		{"auditlogs", "Status: 'Failure' # so far", `did you mean "Result"?`, "Result: 'Failure' # so far"},
		{"auditlogs", "Status: User cancelled", `did you mean "ResultReason"?`, ""},
		{"auditlogs", "Initiatedby: x", `did you mean "InitiatedBy.user.userPrincipalName" or "InitiatedBy.app.displayName"?`, ""},
		{"auditlogs", "properties.initiatedBy: x", `did you mean "InitiatedBy.user.userPrincipalName" or "InitiatedBy.app.displayName"?`, ""},
		{"auditlogs", "Servce: x", "", ""},
		{"signinlogs", "Status: 'Success'", `did you mean "ResultType" with "0"?`, "ResultType: '0'"},
		{"signinlogs", "Status: [Success, x]", `did you mean "Status.additionalDetails" or "Status.failureReason"?`, ""},
		{"signinlogs", "properties.message: Device Code", `did you mean "AuthenticationProtocol" with "deviceCode"?`, "AuthenticationProtocol: deviceCode"},
		{"signinlogs", "NetworkLocationDetails: '[]'", "", "NetworkLocationDetails: null"},
	}
	for _, tt := range tests {
		t.Run(tt.service+" "+tt.item, func(t *testing.T) {
			head := "title: Test\nlogsource: {product: azure, service: " + tt.service + "}\ndetection:\n  s:\n    "
			text := head + tt.item + "\n  condition: s\n"
			in := []compiler.Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}}
			lint := func(p *compiler.Program) []diag.Diagnostic { return p.Lint(compiler.LintOptions{}) }
			found := ""
			for _, d := range lint(compiler.Load(in, compiler.Options{})) {
				if d.Severity == diag.Error {
					found += "(" + d.Label + ")"
					break
				}
			}
			if found != "("+tt.label+")" {
				t.Errorf("it says %s, want %q", found, tt.label)
			}
			want := text
			if tt.mended != "" {
				want = strings.Replace(text, tt.item, tt.mended, 1)
			}
			if got := string(compiler.Fix(in, compiler.Options{}, lint).Inputs[0].File.Text); got != want {
				t.Errorf("mended to\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestMild: a rule that lacks what only others have is a warning of lint, and is not compiled.
func TestMild(t *testing.T) {
	tests := []struct {
		name, logsource, item string
		lists                 []string
		want                  diag.Severity
	}{
		{"a sensor that tells more", "product: windows, category: file_event", "ScoreOfSensor: x", nil, diag.Warning},
		{"a slip of the pen", "product: windows, category: file_event", "Imaeg: x", nil, diag.Error},
		{"a table has the columns it has", "product: azure, service: auditlogs", "CommandLine: x", nil, diag.Error},
		{"a repository without lists", "product: azure, service: auditlogs", "Identity|expand: '%admins%'", nil, diag.Warning},
		{"a list that another stands beside", "product: azure, service: auditlogs", "Identity|expand: '%admins%'", []string{"office"}, diag.Error},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "title: Test\nlogsource: {" + tt.logsource + "}\ndetection:\n  s:\n    " + tt.item + "\n  condition: s\n"
			values := map[string][]string{}
			for _, name := range tt.lists {
				values[name] = []string{"x"}
			}
			program := compiler.Load([]compiler.Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}},
				compiler.Options{Lists: compiler.Values(values)})
			if program.Rules[0].OK() {
				t.Error("the rule is compiled")
			}
			for _, d := range program.Lint(compiler.LintOptions{}) {
				if strings.HasPrefix(d.ID, "field/") || strings.HasPrefix(d.ID, "placeholder/") {
					if d.Severity != tt.want {
						t.Errorf("%s is a %s", d.ID, d.Severity)
					}
					return
				}
			}
			t.Error("nothing is found")
		})
	}
}
