package targets_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
)

// TestAsked: a correlation takes a table that has the fields that it groups by, also where the rule alone would do with
// another that is preferred.
func TestAsked(t *testing.T) {
	const base = "title: Base\nname: base\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {Image|endswith: '\\a.exe'}\n  condition: s\n"
	compiled := func(text string) *target.Compiled {
		p := compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(text)), Path: "r.yml"}}, compiler.Options{})
		out := p.Compile([]*target.Target{azuremonitor.Target()}, compiler.CompileOptions{})[0]
		if len(out.Compiled) != 1 {
			t.Fatal(p.Diagnostics())
		}
		return out.Compiled[0]
	}
	for field, want := range map[string]string{"Computer": "SecurityEvent", "User": "Event"} {
		c := compiled(base + "---\ntitle: Many\ncorrelation: {type: event_count, rules: [base], group-by: [" + field + "], timespan: 10m, condition: {gte: 5}}\n")
		if got := c.Logs()[0].Name; got != want {
			t.Errorf("grouped by %s: %s, want %s", field, got, want)
		}
	}
	if got := compiled(base).Log.Name; got != "SecurityEvent" {
		t.Errorf("alone: %s", got)
	}
}
