package eval_test

import (
	"fmt"
	"testing"

	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

func TestLookup(t *testing.T) {
	events := []map[string]any{{"user": "Alice", "ip": "10.1.2.3"}, {"user": "bob.svc"}, {"user": nil}, {"ip": "2001:db8::1"}}
	app := eval.App{Lookups: map[string]eval.Lookup{
		"users":    {Column: "value", Values: []string{"alice"}},
		"cased":    {Column: "value", Values: []string{"alice", "bob.svc"}, Cased: true},
		"patterns": {Column: "value", Values: []string{"x", "*.svc"}, MatchType: "WILDCARD"},
		"nets":     {Column: "value", Values: []string{"10.0.0.0/8"}, MatchType: "CIDR"},
	}}
	tests := []struct {
		spl  string
		want []int
	}{
		{`user=* OR ip=* | lookup users value AS "user" OUTPUT value AS m | where isnotnull(m)`, []int{0}},
		{`user=* OR ip=* | lookup cased value AS "user" OUTPUT value AS m | where coalesce(m, "")="bob.svc"`, []int{1}},
		{`user=* OR ip=* | lookup patterns value AS "user" OUTPUT value AS m | where coalesce(m, "")="*.svc"`, []int{1}},
		{`user=* OR ip=* | lookup nets value AS "ip" OUTPUT value AS m | where isnull(m)`, []int{1, 2, 3}},
	}
	for _, tt := range tests {
		got, err := eval.Reading{NullText: true}.RunIn(app, tt.spl, events)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s\ngot %v, %v, want %v", tt.spl, got, err, tt.want)
		}
	}
	for _, spl := range []string{
		`user=* | lookup other value AS "user" OUTPUT value AS m`,
		`user=* | lookup users user OUTPUT value AS m`,
		`user=* | lookup users value AS "user"`,
		`user=* | eval u=split("a,b", ",") | lookup users value AS u OUTPUT value AS m`,
	} {
		if _, err := (eval.Reading{}).RunIn(app, spl, events); err == nil {
			t.Errorf("%s: no error", spl)
		}
	}
}
