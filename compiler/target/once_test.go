package target

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
)

// TestOnce: what is made of a rule is made once, apart from what is made of it with another condition, until it is given up.
func TestOnce(t *testing.T) {
	l := newLocated(&ir.Rule{Meta: &ir.Meta{}, Conditions: []ir.Expr{&ir.Const{}}}, nil)
	n := 0
	make := func() any { n++; return n }
	other := l.With(&ir.Null{Field: ir.NewField("a", source.Span{})})
	for _, step := range []struct {
		of   *Located
		key  string
		want int
	}{{l, "a", 1}, {l, "b", 2}, {l, "a", 1}, {other, "a", 3}, {l, "b", 2}} {
		if got := step.of.Once(step.key, make); got != step.want {
			t.Errorf("got %v, want %d", got, step.want)
		}
	}
	l.Forget()
	if got := l.Once("a", make); got != 4 {
		t.Errorf("got %v of what was given up", got)
	}
}
