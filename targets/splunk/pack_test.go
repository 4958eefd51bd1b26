package splunk

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/rules"
	spleval "github.com/sigc-rules/sigc/targets/splunk/eval"
	"github.com/sigc-rules/sigc/targets/splunk/judge"
)

// parse reads and lowers the one rule of a text.
func parse(t testing.TB, name, text string, lists map[string][]string) *ir.Rule {
	t.Helper()
	var diags diag.List
	parsed := sigma.Parse(&source.File{Name: name, Text: []byte(text)}, &diags)
	var r *ir.Rule
	if len(parsed.Rules) == 1 {
		r = lower.Rule(parsed.Rules[0], lower.Options{Placeholder: func(name string) ([]string, bool) {
			values, ok := lists[name]
			return values, ok
		}}, &diags)
	}
	if r == nil {
		t.Fatalf("%s does not compile: %s", name, messages(&diags))
	}
	return r
}

// compile takes a rule all the way; the list has what was said on the way.
func compile(r *ir.Rule, diags *diag.List) *target.Compiled {
	tgt := Target()
	l := target.Locate(r, nil, diags)
	if l == nil {
		return nil
	}
	bound := target.Bind(tgt, l, diags)
	if bound == nil {
		return nil
	}
	c := &target.Compiled{Meta: r.Meta, Bound: bound, Target: tgt, Query: tgt.Query(bound)}
	c.Text = c.Query.String()
	tgt.Check(c, diags)
	return c
}

func messages(diags *diag.List) string {
	var b strings.Builder
	for _, d := range diags.Sorted() {
		b.WriteString(d.Severity.String() + ": " + d.Message + " (" + d.ID + ")\n")
	}
	return b.String()
}

// packRules calls test for every rule of the pack.
func packRules(t *testing.T, test func(t *testing.T, r *ir.Rule, f *cases.File)) {
	t.Helper()
	pack := rules.FS()
	err := fs.WalkDir(pack, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".yml") || path == "sigc.yml" {
			return err
		}
		text, err := fs.ReadFile(pack, path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(path, ".yml") + ".events.json"
		events, err := fs.ReadFile(pack, name)
		if err != nil {
			return err
		}
		f, err := cases.Read(source.NewFile(name, events), func(name string) ([]byte, error) { return fs.ReadFile(pack, name) })
		if err != nil {
			return err
		}
		if slices.ContainsFunc(f.Cases, func(c cases.Case) bool { return c.Sequence }) {
			return nil // a correlation, whose search package targets tries
		}
		if strings.Contains(string(text), "'%working_hours%'") {
			return nil // a schedule, which these events have not; package targets asks about this rule
		}
		t.Run(path, func(t *testing.T) { test(t, parse(t, path, string(text), f.Lists), f) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// found says, for every event, how often the search finds it, and fails when readings of the documentation differ.
func found(t testing.TB, spl string, events []map[string]any) []int {
	t.Helper()
	var first []int
	for i, reading := range spleval.Readings() {
		at, err := reading.Run(spl, events, judge.Scopes())
		if err != nil {
			t.Fatalf("%v\n%s", err, spl)
		}
		times := make([]int, len(events))
		for _, i := range at {
			times[i]++
		}
		if i == 0 {
			first = times
		} else if !slices.Equal(times, first) {
			t.Errorf("reading %+v finds %v, the first one %v\n%s", reading, times, first, spl)
		}
	}
	return first
}

func TestPack(t *testing.T) {
	packRules(t, func(t *testing.T, r *ir.Rule, f *cases.File) {
		var diags diag.List
		c := compile(r, &diags)
		if c == nil {
			t.Fatal(messages(&diags))
		}
		var events []map[string]any
		for _, c := range f.Cases {
			events = append(events, c.Events[0])
		}
		for i, n := range found(t, c.Text, events) {
			want := 0
			if f.Cases[i].Match {
				want = 1
			}
			if n != want {
				t.Errorf("%s: found %d times, want %d\n%s", f.Cases[i].Name, n, want, c.Text)
			}
		}
	})
}
