package compiler_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
)

// TestDiffCorrelation: what a change of rules, windows and thresholds makes of a correlation, and where nothing can be said.
func TestDiffCorrelation(t *testing.T) {
	const base = "title: A\nname: a\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    s: {OperationName: [Add user, Delete user]}\n    condition: s\n---\n" +
		"title: B\nname: b\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    s: {OperationName: Add group}\n    condition: s\n---\n"
	correlation := func(kind, more string) string {
		return base + "title: Many\nid: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\ncorrelation:\n    type: " + kind +
			"\n    rules: [a, b]\n    group-by: [Identity]\n    timespan: 1h\n" + more
	}
	count := correlation("event_count", "    condition: {gte: 10}\n")
	values := correlation("value_count", "    condition: {gte: 10, field: Category}\n")
	sum := correlation("value_sum", "    condition: {gte: 10, field: DurationMs}\n")
	ordered := correlation("temporal_ordered", "")
	few := correlation("event_count", "    condition: {lte: 10}\n")
	tests := []struct {
		name, before string
		change       []string // old, new, ...
		want         compiler.Relation
	}{
		{"a higher threshold", count, []string{"gte: 10", "gte: 11"}, compiler.Narrower},
		{"a lower threshold", count, []string{"gte: 10", "gte: 9"}, compiler.Wider},
		{"another comparison", count, []string{"gte: 10", "gt: 10"}, compiler.Unknown},
		{"a longer window", count, []string{"1h", "2h"}, compiler.Wider},
		{"a shorter window and a higher threshold", count, []string{"1h", "30m", "gte: 10", "gte: 20"}, compiler.Narrower},
		{"a longer window and a higher threshold", count, []string{"1h", "2h", "gte: 10", "gte: 20"}, compiler.Unknown},
		{"a narrower rule", count, []string{"[Add user, Delete user]", "Add user"}, compiler.Narrower},
		{"a wider rule", values, []string{"[Add user, Delete user]", "[Add user, Delete user, x]"}, compiler.Wider},
		{"one narrower, one wider", count, []string{"[Add user, Delete user]", "Add user", "Add group", "[Add group, x]"}, compiler.Unknown},
		{"a rule about something else", count, []string{"Add group", "Delete group"}, compiler.Unknown},
		{"another group", count, []string{"[Identity]", "[Category]"}, compiler.Unknown},
		{"a sum of more may be less", sum, []string{"Add group", "[Add group, x]"}, compiler.Unknown},
		{"a sum with a higher threshold", sum, []string{"gte: 10", "gte: 11"}, compiler.Narrower},
		{"an order in less time", ordered, []string{"1h", "30m"}, compiler.Narrower},
		{"at most, with a higher threshold", few, []string{"lte: 10", "lte: 11"}, compiler.Wider},
		{"at most, in a longer window", few, []string{"1h", "2h"}, compiler.Unknown},
		{"nothing that matters", count, []string{"title: Many", "title: Lots"}, compiler.Same},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			load := func(text string) compiler.Built {
				return compiler.Built{Program: compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(text)), Path: "r.yml"}}, compiler.Options{})}
			}
			text := tt.before
			for i := 0; i < len(tt.change); i += 2 {
				if !strings.Contains(text, tt.change[i]) {
					t.Fatalf("no %q", tt.change[i])
				}
				text = strings.ReplaceAll(text, tt.change[i], tt.change[i+1])
			}
			got := compiler.Same
			for _, c := range compiler.Diff(load(tt.before), load(text)) {
				if strings.HasPrefix(c.Rule().ID, "0e1f") {
					if !c.New.OK() {
						t.Fatal("the correlation is at fault")
					}
					got = c.Meaning
				}
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
