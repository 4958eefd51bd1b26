package compiler_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
)

// aCorrelation counts the events of rules: two of one user in an hour.
func aCorrelation(name, rules string, more ...string) string {
	return fmt.Sprintf("title: %s\nname: %s\ncorrelation:\n  type: event_count\n  rules: [%s]\n  group-by: [User]\n  timespan: 1h\n  condition: {gte: 2}\n%s",
		name, name, rules, strings.Join(more, ""))
}

// References go over all files, by name or id, in any order (spec 9.4).
func TestLink(t *testing.T) {
	rule, other := namedRule("one", "product: windows"), namedRule("two", "product: windows")
	for _, c := range []struct {
		name  string
		files []string
		say   []string
		parts []string // rules that are only parts
	}{
		{"by name", []string{rule, aCorrelation("c", "one")}, nil, []string{"one"}},
		{"by id", []string{rule, aCorrelation("c", strings.ToUpper(idOf("one")))}, nil, []string{"one"}},
		{"before the rule", []string{aCorrelation("c", "one"), rule}, nil, []string{"one"}},
		{"a chain, outermost first", []string{aCorrelation("outer", "inner"), aCorrelation("inner", "one"), rule}, nil, []string{"inner", "one"}},
		{"generate beside it", []string{rule, aCorrelation("c", "one", "generate: true\n")}, nil, nil},
		{"generate inside of it", []string{rule, aCorrelation("c", "one", "  generate: true\n")}, nil, nil},
		{"generate false", []string{rule, aCorrelation("c", "one", "generate: false\n")}, nil, []string{"one"}},
		{"one of two generates", []string{rule, aCorrelation("c", "one", "generate: true\n"), aCorrelation("d", "one")}, nil, nil},
		{"an unknown rule", []string{rule, aCorrelation("c", "on")}, []string{"correlation/unknown-rule"}, nil},
		{"names have a case", []string{rule, aCorrelation("c", "ONE")}, []string{"correlation/unknown-rule"}, nil},
		{"itself", []string{aCorrelation("c", "c")}, []string{"correlation/cycle"}, []string{"c"}},
		{"a cycle", []string{aCorrelation("c", "d"), aCorrelation("d", "c")}, []string{"correlation/broken-rule", "correlation/cycle"}, []string{"c", "d"}},
		{"one rule, by name and id", []string{rule, aCorrelation("c", "one, "+idOf("one"))}, []string{"correlation/duplicate-rule"}, []string{"one"}},
		{"an ambiguous name", []string{rule, strings.Replace(other, "name: two", "name: one", 1), aCorrelation("c", "one")},
			[]string{"correlation/ambiguous-rule"}, []string{"one"}},
		{"the id tells an ambiguous name", []string{rule, strings.Replace(other, "name: two", "name: one", 1), aCorrelation("c", idOf("two"))}, nil, []string{"two"}},
		{"a name that nobody refers to may be ambiguous", []string{rule, other, strings.Replace(other, "id: "+idOf("two"), "id: "+idOf("three"), 1), aCorrelation("c", "one")},
			[]string{"rule/same-title"}, []string{"one"}},
		{"a rule with errors", []string{strings.Replace(rule, "sel*", "nothing", 1), aCorrelation("c", "one")},
			[]string{"condition/unknown-search", "correlation/broken-rule"}, []string{"one"}},
		{"a field that is not passed on", []string{rule, aCorrelation("inner", "one"), strings.Replace(aCorrelation("c", "inner"), "[User]", "[Ip]", 1)},
			[]string{"correlation/field-not-offered"}, []string{"one", "inner"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := loadFiles(c.files...)
			if diff := cmp.Diff(c.say, said(p)); diff != "" {
				t.Error(diff)
			}
			var parts []string
			for _, r := range p.Rules {
				if r.Part {
					parts = append(parts, r.Title)
				}
			}
			if diff := cmp.Diff(c.parts, parts); diff != "" {
				t.Errorf("parts: %s", diff)
			}
		})
	}
}

// A few correlations that refer to each other make no query of any size, and take no time.
func TestLinkLarge(t *testing.T) {
	files := []string{namedRule("left0", "product: windows"), namedRule("right0", "product: windows")}
	for n := range 40 {
		below := fmt.Sprintf("left%d, right%d", n, n)
		files = append(files, aCorrelation(fmt.Sprintf("left%d", n+1), below), aCorrelation(fmt.Sprintf("right%d", n+1), below))
	}
	p := loadFiles(files...)
	refused := map[string]int{}
	for _, id := range said(p) {
		refused[id]++
	}
	// Five levels are below the limit; of the sixth both are refused, and with them all others.
	if diff := cmp.Diff(map[string]int{"correlation/too-large": 2, "correlation/broken-rule": 4 * 34}, refused); diff != "" {
		t.Error(diff)
	}
}

// Events without a time are told, and only where they count.
func TestFireWithoutTime(t *testing.T) {
	p := loadFiles(namedRule("one", "product: windows"), aCorrelation("c", "one"))
	for text, want := range map[string]string{
		`{"User":"anna"}`: `event 0 has no time, which the correlation "c" needs`,
		`{"User":"carl"}`: "",
	} {
		events, err := compiler.ReadEvents([]byte(text), "raw")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := p.Fire(p.Rules[1], events); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
