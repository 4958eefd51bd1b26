package kusto

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// A tree needs no allocation when one like it has been before, and nothing of that is left in it.
func TestArena(t *testing.T) {
	a := newArena()
	var x kql.Expr
	tree := func() {
		x = a.conjunction(a.binary(a.name("x"), "==", a.str("y")), a.call("f", a.number("1")))
		a.taken["x"] = 1
	}
	tree()
	if got := (&kql.Query{Ops: []kql.Operator{&kql.Where{X: x}}}).String(); got != "where x == \"y\" and f(1)\n" {
		t.Error(got)
	}
	if got := testing.AllocsPerRun(10, func() { a.reset(); tree() }); got > 0 {
		t.Errorf("%v allocations", got)
	}
	a.reset()
	if len(a.taken) > 0 {
		t.Errorf("%v is still taken", a.taken)
	}
	if args := a.exprs.Take(1); args[0] != nil {
		t.Errorf("%v is still there", args[0])
	}
}
