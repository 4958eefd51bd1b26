package ir_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
)

func listed(name string, x ir.Expr) *ir.Listed {
	return &ir.Listed{Field: ir.NewField("A", source.Span{}), List: name, X: x}
}

func likes(values ...string) ir.Expr {
	or := &ir.Or{}
	for _, v := range values {
		or.X = append(or.X, &ir.Like{Field: ir.NewField("A", source.Span{}), Pattern: ir.Text(v)})
	}
	return or
}

// A comparison with a list means what its values mean, in every position.
func TestListed(t *testing.T) {
	e := &ir.And{X: []ir.Expr{listed("two", likes("x", "y")), &ir.Not{X: listed("one", likes("x"))}}}
	for value, want := range map[string]bool{"x": false, "Y": true, "z": false} {
		if got := ir.Eval(e, ir.Event{"A": value}); got != want {
			t.Errorf("A is %q: %v, want %v", value, got, want)
		}
	}
}

func TestListedSimplified(t *testing.T) {
	two := listed("two", likes("x", "y"))
	tests := []struct {
		name string
		in   ir.Expr
		want string
	}{
		{"kept in an or", &ir.Or{X: []ir.Expr{two, likes("z")}}, `(or (listed "two" (or (like A "x") (like A "y"))) (like A "z"))`},
		{"one value", listed("one", likes("x")), `(listed "one" (like A "x"))`},
		{"said twice", &ir.And{X: []ir.Expr{two, listed("two", likes("x", "y"))}}, `(listed "two" (or (like A "x") (like A "y")))`},
		{"another list of the same values", &ir.Or{X: []ir.Expr{listed("a", likes("x")), listed("b", likes("x"))}}, `(or (listed "a" (like A "x")) (listed "b" (like A "x")))`},
		{"empty", listed("none", &ir.Or{}), "false"},
		{"not in an empty list", &ir.And{X: []ir.Expr{&ir.Not{X: listed("none", &ir.Or{})}, two}}, `(listed "two" (or (like A "x") (like A "y")))`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ir.String(ir.Simplify(tt.in)); got != tt.want {
				t.Errorf("\ngot  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Unlist leaves what a rule without lists would have said.
func TestUnlist(t *testing.T) {
	e := &ir.Not{X: &ir.Each{Field: ir.NewField("B", source.Span{}), Body: &ir.Or{X: []ir.Expr{
		listed("two", likes("x", "y")), listed("kept", likes("w")), likes("z"),
	}}}}
	out := ir.Simplify(ir.Unlist(e, func(l *ir.Listed) bool { return l.List == "kept" }))
	if got, want := ir.String(out), `(not (each any B (or (like A "x") (like A "y") (listed "kept" (like A "w")) (like A "z"))))`; got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}
