package splunk

import (
	"reflect"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// full is a rule whose search needs all kinds of room.
const full = `title: T
logsource: {product: windows, category: process_creation}
detection:
    a: {CommandLine|contains: ['a&b', 'c<d'], Image|endswith: [x.exe, y.exe]}
    b: {OriginalFileName: ['E&F.exe', 'G&H.exe'], ParentImage|re: 'x+'}
    c: {User: z}
    condition: (a or b) and not c
`

// TestReset: all that a search was made of is taken back.
func TestReset(t *testing.T) {
	var diags diag.List
	c := compile(parse(t, "rule.yml", full, nil), &diags)
	if c == nil {
		t.Fatal(messages(&diags))
	}
	p := &platform{target: c.Target, choice: forms.Choose(nil)}
	b := p.builder(c.Bound)
	b.filter(b.search(conjuncts(b.condition(scope{}, ir.Simplify(c.Bound.Expr)))), false)
	b.end()
	used := func(visit func(name string, n int)) {
		w := reflect.ValueOf(&b.workspace).Elem()
		for i := range w.NumField() {
			f := w.Field(i)
			n := 0
			if f.Kind() == reflect.Slice {
				n = f.Len()
			} else {
				n = int(f.FieldByName("taken").Int())
			}
			visit(w.Type().Field(i).Name, n)
		}
	}
	used(func(name string, n int) {
		if n == 0 {
			t.Errorf("the rule of this test needs no room for %s", name)
		}
	})
	b.giveBack()
	used(func(name string, n int) {
		if n > 0 {
			t.Errorf("%s: %d are not taken back", name, n)
		}
	})
	if b.bound != nil || b.frame != nil || b.data != nil || len(b.out)+len(b.taken)+len(b.scalars)+len(b.lookings)+len(b.clocks)+len(b.meant) > 0 {
		t.Error("a builder that was given back knows of its last search")
	}
}

// TestAllocations: of a search, what stays is its text, the names of its columns and the query that has them.
func TestAllocations(t *testing.T) {
	var diags diag.List
	c := compile(parse(t, "rule.yml", `title: T
logsource: {product: windows, category: process_creation}
detection:
    a: {CommandLine|contains: [one, two], Image|endswith: [x.exe, y.exe]}
    b: {User: z}
    condition: a and not b
`, nil), &diags)
	if c == nil {
		t.Fatal(messages(&diags))
	}
	least := 100.0
	for range 20 { // a builder that was given back is not always there: the race detector has some thrown away
		least = min(least, testing.AllocsPerRun(1, func() { c.Target.Query(c.Bound) }))
	}
	if least > 4 {
		t.Errorf("%v allocations", least)
	}
}
