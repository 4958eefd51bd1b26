// Package targets_test is the proof that a rule means on every platform what it says: each case of testdata/compile
// holds a rule, what becomes of it, and events on which the rule, its queries and a second opinion must agree.
package targets_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

func TestCompile(t *testing.T) {
	asked := tally{}
	golden.Run(t, "../testdata/compile", func(t *testing.T, c *golden.Case) {
		k := newTestCase(t, c)
		k.write(c)
		for _, e := range k.events {
			k.judge(t, e, asked)
		}
	})
	asked.report(t)
}

// testCase is a case: a rule that has been compiled for all targets, and events.
type testCase struct {
	text     []byte // of the rule
	lists    map[string][]string
	hours    map[string]*list.Hours // the schedules
	keep     bool                   // have targets keep the lists that they can
	rules    []*compiler.Rule
	compiled map[string][]*target.Compiled // by target
	diags    []diag.Diagnostic
	events   []event
}

func newTestCase(t *testing.T, c *golden.Case) *testCase {
	t.Helper()
	k := &testCase{text: c.File("rule.yml")}
	for _, name := range c.Files() {
		switch name {
		case "rule.yml":
		case "lists.json":
			k.lists = readLists(t, c.File(name))
		case "schedules.json":
			k.hours = readSchedules(t, c.File(name))
		case "events.ndjson":
			k.events = readEvents(t, c.File(name))
		default:
			t.Fatalf("the case has a file %q, which nothing reads", name)
		}
	}
	k.compile()
	if len(k.events) > 0 && !slices.ContainsFunc(k.rules, (*compiler.Rule).OK) {
		t.Error("the rule is refused: nobody judges its events, so the case must not have any")
	}
	return k
}

func (k *testCase) compile() {
	in := compiler.Input{File: k.file(), Path: "rule.yml"}
	lists := compiler.Values(k.lists)
	if k.keep {
		keptLists(lists)
	}
	addSchedules(lists, k.hours)
	p := compiler.Load([]compiler.Input{in}, compiler.Options{Lists: lists})
	k.rules, k.compiled = p.Rules, map[string][]*target.Compiled{}
	for _, out := range p.Compile(targets.All(), compiler.CompileOptions{}) {
		k.compiled[out.Target.Name] = out.Compiled
	}
	k.diags = p.Diagnostics()
}

// file is the rule as a file.
func (k *testCase) file() *source.File { return source.NewFile("rule.yml", k.text) }

// write records what became of the rule.
func (k *testCase) write(c *golden.Case) {
	var meaning strings.Builder
	for _, r := range k.rules {
		if m := r.Meaning(); m != "" {
			meaning.WriteString(m + "\n")
		}
	}
	c.Out("ir", meaning.String())
	for _, t := range targets.All() {
		text := k.query(t.Name)
		if t.Name == "azuremonitor" && text != "" && text == k.query("sentinel") {
			text = "same as sentinel"
		}
		c.Out(t.Name, text)
	}
	var diags bytes.Buffer
	if err := report.Text(&diags, k.diags, report.TextOptions{}); err != nil {
		panic(err) // a buffer takes everything
	}
	c.Out("diag", diags.String())
}

func (k *testCase) query(target string) string {
	var queries []string
	for _, c := range k.compiled[target] {
		queries = append(queries, c.Text)
	}
	return strings.Join(queries, "\n")
}
