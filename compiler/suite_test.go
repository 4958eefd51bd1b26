package compiler_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

const failures = `title: Password reset
name: failed
logsource: {product: azure, service: auditlogs}
detection:
    s: {OperationName: Reset user password}
    condition: s
`

const burst = `title: Burst
id: 5f0c3b1e-5d5b-4b1c-9a30-2f2b1f1f3a10
correlation:
    type: event_count
    rules: [failed]
    group-by: [InitiatedBy.user.userPrincipalName]
    timespan: 10m
    condition: {gte: 3}
`

const burstCases = `{
	"base": {"failure": {"event": {
		"time": "2026-11-02T08:00:00Z", "category": "AuditLogs", "resourceId": "/tenants/t/providers/Microsoft.aadiam",
		"operationName": "Reset user password", "properties": {"initiatedBy": {"user": {"userPrincipalName": "a@contoso.example"}}}}}},
	"cases": [
		{"name": "three", "match": true, "fires": 1, "events": [{"from": "failure", "repeat": {"times": 3, "every": "1m"}}]},
		{"name": "two", "match": false, "events": [{"from": "failure", "repeat": {"times": 2, "every": "1m"}}]},
		{"name": "too slow", "match": false, "fires": 0, "events": [{"from": "failure", "repeat": {"times": 3, "every": "6m"}}]},
		{"name": "of several users", "match": false, "events": [{"from": "failure",
			"repeat": {"times": 3, "every": "1m", "vary": {"properties.initiatedBy.user.userPrincipalName": "{n}@contoso.example"}}}]},
		{"name": "one", "match": false, "from": "failure"},
		{"name": "counted wrongly", "match": true, "fires": 2, "events": [{"from": "failure", "repeat": {"times": 3, "every": "1m"}}]},
		{"name": "of the member", "rule": "failed", "match": true, "from": "failure"},
		{"name": "a sequence of the member", "rule": "failed", "match": true, "events": [{"from": "failure"}]}
	]
}`

// A correlation is tried on several events, by its meaning and by the queries of the targets, also when the rules it is
// about stand in another file.
func TestSuite(t *testing.T) {
	for _, files := range [][]compiler.Input{
		{input("burst.yml", burst+"---\n"+failures)},
		{input("burst.yml", burst), input("failures.yml", failures)},
	} {
		c, err := compiler.ReadCases(source.NewFile("burst.events.json", []byte(burstCases)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) > 1 {
			c.Cases = c.Cases[:6] // the others are about a rule of another file
		}
		suite := compiler.Suite{Inputs: files, Targets: targets.All()}
		runs := suite.Run(map[*source.File]*compiler.Cases{files[0].File: c})
		if len(runs) != 1 {
			t.Fatalf("%d files were tried", len(runs))
		}
		for _, d := range runs[0].Diagnostics {
			t.Errorf("%s: %s", d.ID, d.Message)
		}
		answers := map[string]int{}
		for _, r := range runs[0].Results {
			if r.Skipped != "" {
				t.Errorf("%s: %s skips: %s", r.Case, r.Target, r.Skipped)
			}
			bad := r.Case == "counted wrongly" && r.Target == "" || r.Case == "a sequence of the member"
			if r.OK() == bad {
				t.Errorf("%s: %s%s: %q", r.Case, r.Form, r.Target, r.Wrong())
			}
			answers[r.Case]++
		}
		if answers["three"] != 5 || answers["one"] != 5 || len(files) == 1 && answers["of the member"] != 2 {
			t.Errorf("not everybody has answered: %v", answers)
		}
	}
}

// What cannot be asked is skipped, and said to be.
func TestSuiteSkips(t *testing.T) {
	in := input("a.yml", "title: A\nlogsource: {product: windows, service: sysmon}\ndetection:\n    s: {Image: a.exe}\n    condition: s\n")
	c, err := compiler.ReadCases(source.NewFile("a.events.json", []byte(`{"cases": [{"name": "n", "match": true, "event": {"Image": "A.exe"}}]}`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	suite := compiler.Suite{Inputs: []compiler.Input{in}, Targets: targets.All()}
	for _, r := range suite.Run(map[*source.File]*compiler.Cases{in.File: c})[0].Results {
		if !r.OK() || (r.Skipped == "") != (r.Target == "") {
			t.Errorf("%s%s: %q, %q", r.Form, r.Target, r.Skipped, r.Wrong())
		}
	}
}

// Answers that are wrong say what is.
func TestWrong(t *testing.T) {
	tests := []struct {
		r    compiler.CaseResult
		want string
	}{
		{compiler.CaseResult{Want: true, Got: true, Fires: -1}, ""},
		{compiler.CaseResult{Want: true, Fires: -1}, "does not match, but should"},
		{compiler.CaseResult{Got: true, Fires: -1}, "matches, but should not"},
		{compiler.CaseResult{Want: true, Got: true, Fires: 2, Fired: 1}, "fires 1 times, but should 2 times"},
		{compiler.CaseResult{Err: errors.New("broken"), Fires: -1}, "broken"},
		{compiler.CaseResult{Want: true, Skipped: "no log", Fires: -1}, ""},
	}
	for _, tt := range tests {
		if got := tt.r.Wrong(); got != tt.want || tt.r.OK() != (tt.want == "") {
			t.Errorf("%s: %q, want %q", fmt.Sprintf("%+v", tt.r), got, tt.want)
		}
	}
}
