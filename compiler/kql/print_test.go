package kql

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func equals(n int) Expr {
	return &Binary{Op: "==", X: &Name{Name: "x"}, Y: &Number{Text: fmt.Sprint(n)}}
}

// Trees that no text makes, or that tell how a builder's tree comes out.
func TestPrintBuilt(t *testing.T) {
	a, b, c := equals(1), equals(2), equals(3)
	for _, tc := range []struct {
		name, want string
		x          Expr
	}{
		{"and of nothing is true", "true", &And{}},
		{"or of nothing is false", "false", &Or{}},
		{"and of one is that one", "x == 1", &And{X: []Expr{a}}},
		{"or in an and of one keeps its place", "x == 1 or x == 2", &And{X: []Expr{&Or{X: []Expr{a, b}}}}},
		{"and in and is flat", "x == 1 and x == 2 and x == 3", &And{X: []Expr{&And{X: []Expr{a, b}}, c}}},
		{"or in and", "(x == 1 or x == 2) and x == 3", &And{X: []Expr{&Or{X: []Expr{a, b}}, c}}},
		{"and in or", "(x == 1 and x == 2) or x == 3", &Or{X: []Expr{&And{X: []Expr{a, b}}, c}}},
		{"an empty list", "x in (dynamic([]))", &In{X: &Name{Name: "x"}, Op: "in"}},
		{"comparison of comparisons", "(x == 1) == (x == 2)", &Binary{Op: "==", X: a, Y: b}},
		{"difference of a difference", "x - (y - z)", &Binary{Op: "-", X: &Name{Name: "x"}, Y: &Binary{Op: "-", X: &Name{Name: "y"}, Y: &Name{Name: "z"}}}},
		{"sum of a product", "(x + y) * z", &Binary{Op: "*", X: &Binary{Op: "+", X: &Name{Name: "x"}, Y: &Name{Name: "y"}}, Y: &Name{Name: "z"}}},
		{"sign of a negative number", "-(-5)", &Unary{Op: "-", X: &Number{Text: "-5"}}},
		{"property of a number", "(5).a", &Member{X: &Number{Text: "5"}, Name: "a"}},
		{"sides of a join", "$left.a == $right.['b c']", &Binary{Op: "==", X: &Member{X: &Name{Name: "$left"}, Name: "a"}, Y: &Member{X: &Name{Name: "$right"}, Name: "b c"}}},
		{"other names with a dollar", "['$x']", &Name{Name: "$x"}},
		{"a wildcard holds nothing else", "a***b", &Wildcard{Pattern: "a |*b"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := flat(tc.x, levelOr); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// Microsoft's analyser refuses 500 terms in one chain (KS245), and takes them in groups.
func TestPrintGroupsLongChains(t *testing.T) {
	var terms []Expr
	for i := range 2*mostTerms + 1 {
		terms = append(terms, equals(i))
	}
	q := &Query{Source: &Table{Name: "T"}, Ops: []Operator{&Where{X: &Or{X: terms}}}}
	text := q.String()
	if got := strings.Count(text, "("); got != 2 {
		t.Errorf("%d groups, want 2, and the last term alone:\n%s", got, text)
	}
	again := parse(t, text).Ops[0].(*Where).X.(*Or)
	if len(again.X) != len(terms) {
		t.Errorf("%d terms read back, want %d", len(again.X), len(terms))
	}
}

func TestPrintLongLines(t *testing.T) {
	q := parse(t, `T | where FileName in~ (`+strings.Repeat(`"a value of some length", `, 20)+`"x")`)
	for _, line := range strings.Split(q.String(), "\n") {
		if len(line) > width {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}

// Comments and statements belong to the outermost query, but are not lost elsewhere.
func TestPrintNestedHeader(t *testing.T) {
	inner := &Query{Header: []Comment{{"why"}}, Source: &Table{Name: "U"}}
	q := &Query{Source: &Table{Name: "T"}, Ops: []Operator{
		&Join{Kind: "leftanti", Right: &Query{Header: []Comment{{"why"}}, Source: &Table{Name: "U"}, Ops: []Operator{&Count{}}}, On: []Expr{&Name{Name: "k"}}},
		&Where{X: &In{X: &Name{Name: "k"}, Op: "!in", List: []Expr{&Subquery{Query: inner}}}},
	}}
	want := "T\n| join kind=leftanti (\n    // why\n    U\n    | count\n) on k\n| where k !in (\n    // why\n    U\n)\n"
	if diff := cmp.Diff(want, q.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	parse(t, q.String())
}

// What a query reads from stands between two offsets of its text, whatever is around it.
func TestPrintSource(t *testing.T) {
	union := &Union{Queries: []*Query{
		{Source: &Table{Name: "A"}, Ops: []Operator{&Count{}, &Count{}}}, {Source: &Table{Name: "B"}},
	}}
	for _, tc := range []struct {
		name, want string
		q          Query
	}{
		{"a table alone", "T", Query{Source: &Table{Name: "T"}}},
		{"a table", "T", Query{Source: &Table{Name: "T"}, Ops: []Operator{&Count{}}}},
		{"below a comment and a statement", "T", Query{
			Header: []Comment{{"T"}}, Lets: []Let{{Name: "x", Value: &Number{Text: "1"}}}, Source: &Table{Name: "T"}, Ops: []Operator{&Count{}},
		}},
		{"several tables", "union\n    (\n        A\n        | count\n        | count\n    ),\n    B", Query{Source: union, Ops: []Operator{&Count{}}}},
		{"the rows around it", "", Query{Ops: []Operator{&Count{}}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, start, end := tc.q.Print()
			if got := text[start:end]; got != tc.want {
				t.Errorf("got %q, want %q, in\n%s", got, tc.want, text)
			}
		})
	}
}

// What is printed once prints as what it is, whatever it stands in.
func TestPrintOnce(t *testing.T) {
	for _, x := range []Expr{
		&Name{Name: "x"}, &Number{Text: "1"}, equals(1), &Or{X: []Expr{equals(1), equals(2)}},
		&Call{Func: "strcat", Args: slices.Repeat([]Expr{&String{Value: "a text of some length"}}, 20)},
		&Subquery{Query: &Query{Source: &Table{Name: "T"}, Ops: []Operator{&Count{}, &Count{}}}},
	} {
		in := func(x Expr) string {
			q := &Query{Source: &Table{Name: "T"}, Ops: []Operator{
				&Extend{Columns: []Assign{{Name: "a", X: x}}}, &Where{X: &And{X: []Expr{x, &Member{X: x, Name: "b"}}}},
			}}
			return q.String()
		}
		if diff := cmp.Diff(in(x), in(PrintOnce(x))); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

// An operator that has been written prints where it was meant for as if it had not.
func TestWritten(t *testing.T) {
	for _, op := range []Operator{
		&Count{},
		&Where{X: equals(1)},
		&Where{X: &Or{X: slices.Repeat([]Expr{equals(1), equals(2)}, 20)}},
		&Where{X: &In{Op: "in", X: &Name{Name: "x"}, List: slices.Repeat([]Expr{&String{Value: "a text of some length"}}, 20)}},
		&Extend{Columns: slices.Repeat([]Assign{{Name: "a", X: equals(1)}}, 20)},
	} {
		inUnion := func(op Operator) string {
			q := &Query{Source: &Union{Queries: []*Query{{Source: &Table{Name: "T"}, Ops: []Operator{op, &Count{}}}}}}
			return q.String()
		}
		if diff := cmp.Diff(inUnion(op), inUnion(Written(op, 2))); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

func TestDynamicValue(t *testing.T) {
	for _, c := range []struct{ json, want string }{
		{`["a", 'b', @"c\"]`, `[a b c\]`},
		{`{"a": {"b": [1, true, null]}}`, `map[a:map[b:[1 true <nil>]]]`},
		{`5`, `5`},
		{`[1d]`, "error"},
		{`[1,]`, "error"},
		{`1 2`, "error"},
		{`"x`, "error"},
		{`nul l`, "error"},
	} {
		v, err := (&Dynamic{JSON: c.json}).Value()
		got := fmt.Sprint(v)
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.json, got, err, c.want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := []byte(benchmarkQuery)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		parseBytes(text)
	}
}

func BenchmarkPrint(b *testing.B) {
	q := parseBytes([]byte(benchmarkQuery))
	b.ReportAllocs()
	for b.Loop() {
		_ = q.String()
	}
}

// No keyword begins with a capital, which is how names are told from them at the first glance.
func TestKeywords(t *testing.T) {
	for word := range keywords {
		if !isKeyword(word) {
			t.Errorf("%q is no keyword", word)
		}
	}
	for _, name := range []string{"Where", "FileName", "_ResourceId", "hash"} {
		if isKeyword(name) {
			t.Errorf("%q is a keyword", name)
		}
	}
}
