package compiler_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

func input(path, text string) compiler.Input {
	return compiler.Input{File: source.NewFile(path, []byte(text)), Path: path}
}

// auditRule is a whole rule that all targets take.
func auditRule(title, id string) string {
	if id != "" {
		id = "id: " + id + "\n"
	}
	return "title: " + title + "\n" + id + "logsource: {product: azure, service: auditlogs}\ndetection:\n    s: {OperationName: Add user}\n    condition: s\n"
}

const (
	id1 = "11111111-1111-4111-8111-111111111111"
	id2 = "22222222-2222-4222-8222-222222222222"
)

func TestPaths(t *testing.T) {
	p := compiler.Load([]compiler.Input{
		input("a/one.yml", auditRule("One", "")),
		input("a/one.yaml", auditRule("Two", "")),
		input("A/ONE.yml", auditRule("Three", "")), // the same on file systems that do not mind case
		input("many.yml", auditRule("Four", "")+"---\n"+auditRule("Five", "")+"---\n[broken\n"),
		input("many-1.yml", auditRule("Six", "")),
		input("none.yml", "not a rule"),
	}, compiler.Options{})
	var got []string
	for _, r := range p.Rules {
		got = append(got, fmt.Sprintf("%s %s %v", r.Path, r.Title, r.OK()))
	}
	want := []string{
		"a/one One true", "a/one-2 Two true", "A/ONE-3 Three true",
		"many-1 Four true", "many-2 Five true", "many-3  false",
		"many-1-2 Six true", "none  false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestDuplicateIDs refuses the second of two rules with one id, whichever kind it is.
func TestDuplicateIDs(t *testing.T) {
	correlation := func(id string) string {
		return "title: C\nid: " + id + "\ncorrelation:\n    type: event_count\n    rules: [" + id1 + "]\n    group-by: [InitiatedBy.user.id]\n" +
			"    timespan: 5m\n    condition: {gte: 3}\n"
	}
	tests := []struct {
		name string
		in   []compiler.Input
		ok   []bool
	}{
		{"two ids", []compiler.Input{input("a.yml", auditRule("A", id1)), input("b.yml", auditRule("B", id2))}, []bool{true, true}},
		{"one id", []compiler.Input{input("a.yml", auditRule("A", id1)), input("b.yml", auditRule("B", id1))}, []bool{true, false}},
		{"in capitals", []compiler.Input{input("a.yml", auditRule("A", strings.ToUpper("a"+id1[1:]))), input("b.yml", auditRule("B", "a"+id1[1:]))}, []bool{true, false}},
		{"no ids", []compiler.Input{input("a.yml", auditRule("A", "")), input("b.yml", auditRule("A", ""))}, []bool{true, true}},
		{"a correlation", []compiler.Input{input("a.yml", auditRule("A", id1)), input("b.yml", correlation(id2)), input("c.yml", correlation(id2))}, []bool{true, true, false}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := compiler.Load(tt.in, compiler.Options{})
			var got []bool
			for _, r := range p.Rules {
				got = append(got, r.OK())
			}
			if !slices.Equal(got, tt.ok) {
				t.Errorf("got %v, want %v", got, tt.ok)
			}
			duplicates := 0
			for _, d := range p.Diagnostics() {
				if d.ID == "rule/duplicate-id" {
					duplicates++
					if len(d.Related) != 1 || d.Span.File == d.Related[0].Span.File {
						t.Errorf("got %+v", d)
					}
				}
			}
			if (duplicates > 0) != slices.Contains(tt.ok, false) {
				t.Errorf("%d messages", duplicates)
			}
			for _, out := range p.Compile(targets.All(), compiler.CompileOptions{}) {
				for _, c := range out.Compiled {
					if i := slices.IndexFunc(p.Rules, func(r *compiler.Rule) bool { return r.Path == c.Path }); !p.Rules[i].OK() {
						t.Errorf("%s: %s is written", out.Target.Name, c.Path)
					}
				}
			}
		})
	}
}

// TestOneBadRule harms no other, in the same file or beside it.
func TestOneBadRule(t *testing.T) {
	p := compiler.Load([]compiler.Input{
		input("a.yml", auditRule("Good", id1)+"---\n"+strings.Replace(auditRule("Bad", id2), "OperationName", "OperationNane", 1)+"---\ntitle: [\n---\n"+auditRule("Last", "")),
		input("b.yml", "\xff"),
	}, compiler.Options{})
	outputs := p.Compile(targets.All(), compiler.CompileOptions{})
	for _, out := range outputs {
		var compiled, refused []string
		for _, c := range out.Compiled {
			compiled = append(compiled, c.Path)
		}
		for _, r := range out.Refused {
			refused = append(refused, r.Rule.Path+" "+r.Reason.ID)
		}
		if got, want := fmt.Sprint(compiled, refused), "[a-1 a-3] [a-2 field/unknown a-4 yaml/syntax b yaml/not-utf8]"; got != want {
			t.Errorf("%s: got %s, want %s", out.Target.Name, got, want)
		}
	}
	for _, d := range p.Diagnostics() {
		if d.ID == "field/unknown" && d.Rule != id2 {
			t.Errorf("the message is about rule %q", d.Rule)
		}
	}
}

// TestSkipUnsupported makes notes of what a target cannot express, but not of what is wrong with the rule.
func TestSkipUnsupported(t *testing.T) {
	unkept := strings.Replace(auditRule("No table", id1), "service: auditlogs", "service: nothing", 1)
	bad := strings.Replace(auditRule("Bad", id2), "OperationName", "OperationNane", 1)
	for _, skip := range []bool{false, true} {
		p := compiler.Load([]compiler.Input{input("a.yml", unkept), input("b.yml", bad)}, compiler.Options{})
		outputs := p.Compile(targets.All(), compiler.CompileOptions{SkipUnsupported: skip})
		count := map[string]int{}
		for _, d := range p.Diagnostics() {
			count[fmt.Sprintf("%s %s %v", d.Severity, d.ID, d.Target != "")]++
		}
		severity := diag.Error
		if skip {
			severity = diag.Note
		}
		want := map[string]int{severity.String() + " target/no-table true": len(targets.All()), "error field/unknown false": 1}
		if fmt.Sprint(count) != fmt.Sprint(want) {
			t.Errorf("skip %v: %v, want %v", skip, count, want)
		}
		for _, out := range outputs {
			if len(out.Compiled) != 0 || len(out.Refused) != 2 || out.Refused[0].Reason.ID != "target/no-table" {
				t.Errorf("skip %v: %s: %+v", skip, out.Target.Name, out.Refused)
			}
		}
	}
}

// TestFiles has every file once, below the folder of its target, and a manifest that names them all.
func TestFiles(t *testing.T) {
	inputs := []compiler.Input{
		input("sub/one.yml", auditRule("One", id1)),
		input("two.yml", auditRule("Two", id2)),
		input("template.yml", auditRule("Named as a file of the pack may be", "")),
		input("bad.yml", strings.Replace(auditRule("Bad", ""), "OperationName", "OperationNane", 1)),
	}
	build := func() []string {
		p := compiler.Load(inputs, compiler.Options{})
		files, err := p.Files(p.Compile(targets.All(), compiler.CompileOptions{}), nil, "sigc test")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		seen := map[string]bool{}
		var manifest struct {
			Rules []struct {
				File    string
				Targets map[string]struct{ Files []string }
				Refused map[string]struct{ ID string }
			}
			Files []struct{ Path string }
		}
		for _, f := range files {
			if lower := strings.ToLower(f.Path); seen[lower] {
				t.Errorf("two files %s", f.Path)
			} else {
				seen[lower] = true
			}
			out = append(out, f.Path+"\n"+string(f.Data))
			if f.Path == "manifest.json" {
				if err := json.Unmarshal(f.Data, &manifest); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(manifest.Files) != len(files)-1 || len(manifest.Rules) != len(inputs) {
			t.Errorf("the manifest has %d files of %d and %d rules of %d", len(manifest.Files), len(files)-1, len(manifest.Rules), len(inputs))
		}
		for _, r := range manifest.Rules {
			for _, target := range targets.All() {
				written, refused := r.Targets[target.Name].Files, r.Refused[target.Name].ID
				if (len(written) > 0) == (refused != "") {
					t.Errorf("%s on %s: files %q, refused %q", r.File, target.Name, written, refused)
				}
				for _, path := range written {
					if !seen[strings.ToLower(path)] || !strings.HasPrefix(path, target.Name+"/") {
						t.Errorf("%s is in the manifest only, or in the wrong folder", path)
					}
				}
			}
		}
		return out
	}
	if first, second := build(), build(); !slices.Equal(first, second) {
		t.Error("two builds differ")
	}
}

func TestCasesRun(t *testing.T) {
	c, err := compiler.ReadCases(source.NewFile("a.events.json", []byte(`{"lists":{"names":["x"]},"cases":[
		{"name":"hit","match":true,"event":{"category":"AuditLogs","properties":{"activityDisplayName":"Add user"},"operationName":"Add user"}},
		{"name":"wrong","match":true,"event":{"category":"AuditLogs","properties":{"id":"1"},"operationName":"Update user"}}]}`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	in := input("a.yml", auditRule("A", id1))
	suite := compiler.Suite{Inputs: []compiler.Input{in}}
	var got []string
	for _, r := range suite.Run(map[*source.File]*compiler.Cases{in.File: c})[0].Results {
		got = append(got, fmt.Sprintf("%s %s %v", r.Case, r.Form, r.OK()))
	}
	want := []string{"hit auto true", "hit loganalytics true", "wrong auto false", "wrong loganalytics false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadEvents(t *testing.T) {
	tests := []struct {
		name, text string
		n          int
		err        string
	}{
		{"none", "", 0, ""},
		{"one", `{"a":1}`, 1, ""},
		{"lines", "{\"a\":1}\n{\"a\":2}\n", 2, ""},
		{"list", `[{"a":1},{"a":2}]`, 2, ""},
		{"records", `{"records":[{"a":1},{"a":2}]}`, 2, ""},
		{"with times", `{"time":"2024-01-02T03:04:05Z","event":{"a":1}}`, 1, ""},
		{"with a bad time", `{"time":"yesterday","event":{"a":1}}`, 0, "yesterday"},
		{"broken second line", "{\"a\":1}\n{\"a\":\n", 0, "line 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			events, err := compiler.ReadEvents([]byte(tt.text), "raw")
			if len(events) != tt.n || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%d events, %v; want %d, %q", len(events), err, tt.n, tt.err)
			}
		})
	}
	if _, err := compiler.ReadEvents([]byte(`{}`), "no form"); err == nil || !strings.Contains(err.Error(), "no form") {
		t.Errorf("an unknown form gives %v", err)
	}
}
