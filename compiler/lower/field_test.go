package lower_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// TestArrays has the selectors of spec 17: blocks, positions, the member itself.
func TestArrays(t *testing.T) {
	tests := []struct{ name, search, want string }{
		{"any", "        a[any]: x\n", `(each any a (like . "x"))`},
		{"all", "        a[all]|startswith: x\n", `(each all a (like . "x*"))`},
		{"all or empty", "        a[all_or_empty]: x\n", `(each all_or_empty a (like . "x"))`},
		{"none", "        a[none]: [x, y]\n", `(each none a (or (like . "x") (like . "y")))`},
		{"block", "        a[any]:\n            b: x\n            c: y\n", `(each any a (and (like b "x") (like c "y")))`},
		{"block in a block", "        a[any]:\n            b[all]:\n                c: x\n", `(each any a (each all b (like c "x")))`},
		{"list of maps", "        a[any]:\n            - b: x\n            - c: y\n", `(each any a (or (like b "x") (like c "y")))`},
		{"the member", "        a[any]:\n            .|gte: 500\n            .|lt: 600\n", `(each any a (and (>= . 500) (< . 600)))`},
		{"block with a condition", "        a[any]:\n            one: {b: x}\n            two: {c: y}\n            condition: one and not two\n",
			`(each any a (and (like b "x") (not (like c "y"))))`},
		{"block with conditions", "        a[any]:\n            one: {b: x}\n            two: {c: y}\n            condition: [one, two]\n",
			`(each any a (or (like b "x") (like c "y")))`},
		{"block with keywords", "        a[any]:\n            one: [x]\n            condition: one\n", `(each any a (keyword "*x*"))`},
		{"field of a member", "        a[any].b: x\n", `(each any a (like b "x"))`},
		{"field of members of members", "        a.b[any].c[all].d: x\n", `(each any a.b (each all c (like d "x")))`},
		{"array of arrays", "        a[any][all]: x\n", `(each any a (each all . (like . "x")))`},
		{"position", "        a[0]: x\n", `(like a[0] "x")`},
		{"position from the end", "        a[-1]: x\n", `(like a[-1] "x")`},
		{"position on a path", "        a.b[2].c: x\n", `(like a.b[2].c "x")`},
		{"position of a position", "        a[1][2]: x\n", `(like a[1][2] "x")`},
		{"position and quantifier", "        a[0].b[any].c: x\n", `(each any a[0].b (like c "x"))`},
		{"quantifier and position", "        a[any].b[0]: x\n", `(each any a (like b[0] "x"))`},
		{"brackets of the name", "        a\\[0\\]: x\n", `(like "a[0]" "x")`},
		{"backslash of the name", "        a\\b: x\n", `(like "a\\b" "x")`},
		{"not one member", "        a[any]|neq: x\n", `(each any a (not (like . "x")))`},
		{"null member", "        a[all]: null\n", `(each all a (null .))`},
		{"reference to a position", "        a|fieldref: b[0].c\n", `(same exact a b[0].c)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := meaning(t, version3(search(tt.search))); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestArrayFaults(t *testing.T) {
	faults(t, func(line string) string { return version3(item(line)) }, [][2]string{
		{`a[some]: x`, "error field/bad-selector |[some]|"},
		{`a.b[Any].c: x`, "error field/bad-selector |[Any]|"},
		{`a[]: x`, "error field/bad-selector |[]|"},
		{`a[0: x`, "error field/bad-selector |[0|"},
		{`a[1.5]: x`, "error field/bad-selector |[1.5]|"},
		{`a[99999999999999999999]: x`, "error field/bad-selector |[99999999999999999999]|"},
		{`a\[some\]: x`, ""},
		{`a]: x`, ""},
		{"a: {b: x}", "error detection/map-value |a|"},
		{"a[0]: {b: x}", "error detection/map-value |a[0]|"},
		{"a[any].b: {c: x}", "error detection/map-value |a[any].b|"},
		{"a[any]|all: {b: x}", "error modifier/on-block |all|"},
		{"a[any]: {b|foo: x}", "error modifier/unknown |foo|"},
		{"a[any]: {}", "error detection/empty-search |{}|"},
		{"a[any]: {b: {c: x}}", "error detection/map-value |b|"},
		{"a|fieldref: 'b[any]'", "error value/reference-to-members |'b[any]'|"},
		{"a[any]: {one: {b: x}, condition: two}", "error condition/unknown-search |two|"},
	})
	// Below version 3 brackets are a part of the name.
	faults(t, item, [][2]string{
		{`a[any]: x`, "warning detection/array-selector |a[any]|"},
		{`a[any].b: x`, "warning field/array-selector |a[any].b|"},
		{`a[0]: x`, "warning field/array-selector |a[0]|"},
		{`a[0: x`, ""},
		{`a\[0\]: x`, "warning field/array-selector |a\\[0\\]|"},
		{`a|fieldref: 'b[0]'`, "warning field/array-selector |'b[0]'|"},
		{`a.b: x`, ""},
	})
}

// TestSiblings warns of items that look like a block and are none (spec 17.5).
func TestSiblings(t *testing.T) {
	faults(t, func(body string) string { return version3(search(body)) }, [][2]string{
		{"        c[any].a: x\n        c[any].b: y\n", "warning field/sibling-scopes |c[any].b|"},
		{"        c[all]|startswith: x\n        c[all]|endswith: y\n", "warning field/sibling-scopes |c[all]|"},
		{"        c[0].d[any].a: x\n        c[0].d[any].b: y\n", "warning field/sibling-scopes |c[0].d[any].b|"},
		{"        c[any].a: x\n        c[all].b: y\n", ""},
		{"        c[any].a: x\n        d[any].b: y\n", ""},
		{"        c[0].a: x\n        c[0].b: y\n", ""}, // the same element anyway
		{"        - c[any].a: x\n        - c[any].b: y\n", ""},
		{"        c\\[any\\].a: x\n        c\\[any\\].b: y\n", ""},
	})
	_, found := lowered(t, version3(search("        c[any].a: x\n        c[any].b: y\n")))
	if len(found) != 1 || len(found[0].Related) != 1 || found[0].Related[0].Span.Text() != "c[any].a" || !strings.Contains(found[0].Hint, `"c[any]:"`) {
		t.Errorf("got %+v", found)
	}
}

// TestCondition has the grammar of spec 8 as far as it becomes and, or and not.
func TestCondition(t *testing.T) {
	const searches = "    a: {A: x}\n    b: {B: x}\n    c: {C: x}\n    _d: {D: x}\n"
	const a, b, c = `(like A "x")`, `(like B "x")`, `(like C "x")`
	tests := [][2]string{
		{"a", a},
		{"a and b", "(and " + a + " " + b + ")"},
		{"a or b and c", "(or " + a + " (and " + b + " " + c + "))"},
		{"(a or b) and c", "(and (or " + a + " " + b + ") " + c + ")"},
		{"not a and b", "(and (not " + a + ") " + b + ")"},
		{"not (a and b)", "(not (and " + a + " " + b + "))"},
		{"not not a", a},
		{"a and a", a},
		{"1 of them", "(or " + a + " " + b + " " + c + ")"},
		{"any of them", "(or " + a + " " + b + " " + c + ")"},
		{"all of them", "(and " + a + " " + b + " " + c + ")"},
		{"not 1 of them", "(not (or " + a + " " + b + " " + c + "))"},
		{"1 of _*", `(like D "x")`},
		{"1 of a", a},
		{"2 of them", "(or (and " + a + " " + b + ") (and " + a + " " + c + ") (and " + b + " " + c + "))"},
		{"3 of them", "(and " + a + " " + b + " " + c + ")"},
		{"1 of them and 1 of them", "(or " + a + " " + b + " " + c + ")"},
		{"[a, b and c]", "(or " + a + " (and " + b + " " + c + "))"},
	}
	for _, tt := range tests {
		t.Run(tt[0], func(t *testing.T) {
			if got := meaning(t, rule(searches+"    condition: "+tt[0]+"\n")); got != tt[1] {
				t.Errorf("\n got %s\nwant %s", got, tt[1])
			}
		})
	}
	r, _ := lowered(t, rule(searches+"    condition: [a, b, a]\n"))
	if len(r.Conditions) != 3 {
		t.Errorf("a list of three is %d conditions", len(r.Conditions))
	}
}

// TestConditionCounts compares "N of them" with counting, for every event.
func TestConditionCounts(t *testing.T) {
	const n = 6
	var searches strings.Builder
	for i := range n {
		searches.WriteString("    s" + string(rune('a'+i)) + ": {" + string(rune('A'+i)) + ": x}\n")
	}
	for count := 1; count <= n; count++ {
		r, found := lowered(t, rule(searches.String()+"    condition: "+string(rune('0'+count))+" of them\n"))
		if r == nil {
			t.Fatal(show(found))
		}
		for bits := range 1 << n {
			event, have := ir.Event{}, 0
			for i := range n {
				if bits&(1<<i) != 0 {
					event[string(rune('A'+i))] = "x"
					have++
				}
			}
			if got := r.Match(event); got != (have >= count) {
				t.Errorf("%d of them with %d: %v", count, have, got)
			}
		}
	}
}

// TestConditionLimits refuses conditions that stand for too much, however short they are.
func TestConditionLimits(t *testing.T) {
	var searches strings.Builder
	for i := range 60 {
		searches.WriteString("    s" + strings.Repeat("x", i) + ": {A: '" + strings.Repeat("x", i) + "'}\n")
	}
	long := "    long:\n        A:\n" + strings.Repeat("            - x\n", 1) + strings.Repeat("            - y\n            - z\n", 1000)
	tests := []struct{ name, text, id string }{
		{"2 of 60", rule(searches.String() + "    condition: 2 of them\n"), "condition/too-many-combinations"},
		{"59 of 60", rule(searches.String() + "    condition: 59 of them\n"), ""},
		{"30 of 60", rule(searches.String() + "    condition: 30 of them\n"), "condition/too-many-combinations"},
		{"a long search, often", rule(long + "    b: {B: x}\n    condition: long and b" + strings.Repeat(" or long and not b", 400) + "\n"), ""},
		{"a long search, too often", rule(long + "    b: {B: x}\n    condition: long and b" + strings.Repeat(" or long and not b", 600) + "\n"), "condition/too-large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, found := lowered(t, tt.text)
			id := ""
			if len(found) > 0 {
				id = found[0].ID
			}
			if id != tt.id || (r == nil) != (tt.id != "") {
				t.Errorf("got %v, want %q", show(found), tt.id)
			}
		})
	}
}
