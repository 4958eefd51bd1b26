package compiler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
)

// loadFiles reads rules, a file each.
func loadFiles(files ...string) *compiler.Program {
	var inputs []compiler.Input
	for i, text := range files {
		inputs = append(inputs, input(fmt.Sprintf("%02d.yml", i), text))
	}
	return compiler.Load(inputs, compiler.Options{})
}

// said are the ids of all diagnostics, sorted by place.
func said(p *compiler.Program) []string {
	var ids []string
	for _, d := range p.Diagnostics() {
		ids = append(ids, d.ID)
	}
	return ids
}

// matched are the titles of the rules that match an event.
func matched(t *testing.T, p *compiler.Program, event string) []string {
	t.Helper()
	events, err := compiler.ReadEvents([]byte(event), "raw")
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range p.Rules {
		if r.Match(events[0]) {
			titles = append(titles, r.Title)
		}
	}
	return titles
}

// namedRule is a rule that User: anna and User: bert match.
func namedRule(name, logsource string) string {
	return fmt.Sprintf("title: %s\nname: %s\nid: %s\nlogsource: {%s}\ndetection:\n  selection: {User: [anna, bert]}\n  condition: 1 of sel*\n",
		name, name, idOf(name), logsource)
}

func idOf(name string) string {
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", []byte(name)[:min(len(name), 6)])
}

func aFilter(logsource, rules, body string) string {
	return fmt.Sprintf("title: A filter\nlogsource: {%s}\nfilter:\n  rules: %s\n%s", logsource, rules, body)
}

const notBert = "  bert: {User: bert}\n  condition: not bert\n"

// Filters narrow the rules that they name and cover (spec section 10).
func TestFilters(t *testing.T) {
	windows := "category: process_creation, product: windows"
	for _, c := range []struct {
		name  string
		files []string
		want  []string // that match User: bert; all match User: anna
		say   []string
	}{
		{"by name", []string{namedRule("one", windows), aFilter(windows, "[one]", notBert)}, nil, nil},
		{"by id", []string{namedRule("one", windows), aFilter(windows, "["+idOf("one")+"]", notBert)}, nil, nil},
		{"by id in upper case", []string{namedRule("one", windows), aFilter(windows, "["+strings.ToUpper(idOf("one"))+"]", notBert)}, nil, nil},
		{"by one name, no list", []string{namedRule("one", windows), aFilter(windows, "one", notBert)}, nil, nil},
		{"the filter comes first", []string{aFilter(windows, "[one]", notBert), namedRule("one", windows)}, nil, nil},
		{"in one file", []string{namedRule("one", windows) + "---\n" + aFilter(windows, "[one]", notBert)}, nil, nil},
		{"names have a case", []string{namedRule("one", windows), aFilter(windows, "[One]", notBert)}, []string{"one"}, nil},
		{"another rule", []string{namedRule("one", windows), namedRule("two", windows), aFilter(windows, "[two]", notBert)}, []string{"one"}, nil},
		{"a rule that is not there", []string{namedRule("one", windows), aFilter(windows, "[three]", notBert)}, []string{"one"}, nil},
		{"any", []string{namedRule("one", windows), namedRule("two", "product: acme"), aFilter("product: windows", "any", notBert)}, []string{"two"}, nil},
		{"an empty list is any", []string{namedRule("one", windows), aFilter("product: windows", "[]", notBert)}, nil, []string{"filter/empty-rules"}},
		{"covers less than it says", []string{namedRule("one", windows), aFilter("category: process_creation", "[one]", notBert)}, nil, nil},
		{"covers more than the rule", []string{namedRule("one", "product: windows"), aFilter(windows, "[one]", notBert)}, []string{"one"}, []string{"filter/not-covered"}},
		{"covers another service", []string{namedRule("one", "product: windows, service: acme"), aFilter("product: windows, service: security", "[one]", notBert)},
			[]string{"one"}, []string{"filter/not-covered"}},
		{"any does not mind what it does not cover", []string{namedRule("one", "product: windows"), aFilter(windows, "any", notBert)}, []string{"one"}, nil},
		{"the condition says what remains", []string{namedRule("one", windows), aFilter(windows, "[one]", "  sel: {User: anna}\n  condition: sel\n")}, nil, []string{"filter/keeps"}},
		{"several", []string{namedRule("one", windows), aFilter(windows, "[one]", "  carl: {User: carl}\n  condition: not carl\n"), aFilter(windows, "any", notBert)}, nil, nil},
		{"names of its own", []string{namedRule("one", windows), aFilter(windows, "[one]", "  selection: {User: bert}\n  condition: not 1 of them\n")}, nil, nil},
		{"the rule does not see its searches", []string{namedRule("one", windows), aFilter(windows, "[one]", "  sel2: {User: carl}\n  condition: not sel2\n")}, []string{"one"}, nil},
		{"a broken filter changes nothing", []string{namedRule("one", windows), aFilter(windows, "[one]", "  bert: {User: bert}\n  condition: not brt\n")},
			[]string{"one"}, []string{"condition/unknown-search"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := loadFiles(c.files...)
			var all []string
			for _, r := range p.Rules {
				all = append(all, r.Title)
			}
			if diff := cmp.Diff(all, matched(t, p, `{"User":"anna"}`)); diff != "" {
				t.Errorf("of anna: %s", diff)
			}
			if diff := cmp.Diff(c.want, matched(t, p, `{"User":"bert"}`)); diff != "" {
				t.Errorf("of bert: %s", diff)
			}
			if diff := cmp.Diff(c.say, said(p)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A filter narrows each condition of a rule that has several.
func TestFilterOfSeveralConditions(t *testing.T) {
	rule := "title: one\nname: one\nlogsource: {product: windows}\ndetection:\n  a: {A: x}\n  b: {B: x}\n  condition: [a, b]\n"
	p := loadFiles(rule, aFilter("product: windows", "[one]", notBert))
	for event, want := range map[string]bool{
		`{"A":"x"}`: true, `{"B":"x"}`: true, `{"A":"x","User":"bert"}`: false, `{"B":"x","User":"bert"}`: false, `{"User":"anna"}`: false,
	} {
		if got := matched(t, p, event); slices.Contains(got, "one") != want {
			t.Errorf("%s: %v", event, got)
		}
	}
}
