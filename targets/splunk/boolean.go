package splunk

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// boolean writes a condition whose lists have been read as an expression that is true or false, never null.
func (w *workspace) boolean(n node) expr {
	switch n := n.(type) {
	case *conj:
		x := w.exprs.Take(len(n.x))
		for i, c := range n.x {
			x[i] = w.boolean(c)
		}
		return all(x...)
	case *disj:
		return w.oneOf(n.x)
	case *neg:
		return negated(w.boolean(n.x))
	case *truth:
		if n.value {
			return always
		}
		return never
	case *test:
		if n.x != nil {
			return n.x
		}
		return w.oneOf([]node{n})
	case *block:
		return w.members(n)
	default:
		panic(fmt.Sprintf("splunk: no case for %T", n))
	}
}

func negated(x expr) expr {
	switch x := x.(type) {
	case *not:
		return x.x
	case *call:
		switch x.name {
		case "isnull":
			return fn("isnotnull", x.args...)
		case "isnotnull":
			return fn("isnull", x.args...)
		}
	case *binary:
		switch x.op {
		case "=":
			return is(x.l, "!=", x.r)
		case "!=":
			return is(x.l, "=", x.r)
		}
	}
	return &not{x}
}

// members is what a block says of its event. Documented of mvfilter is only what it keeps, and of mvcount that it is null
// where there is nothing to count: so the members that pass are counted.
func (w *workspace) members(b *block) expr {
	if b.outer() {
		return b.flags()
	}
	m := b.members[0]
	body := w.boolean(b.body)
	hit := body
	if !strict(b.body) {
		hit = all(isMember(m), body)
	}
	passed := func(x expr) expr { return fn("mvfilter", x) }
	failed := passed(all(isMember(m), negated(body)))
	switch b.quant {
	case ir.Any:
		return some(passed(hit))
	case ir.None:
		return nothing(passed(hit))
	case ir.AllOrEmpty:
		return nothing(failed)
	default:
		return all(some(passed(isMember(m))), nothing(failed))
	}
}

func some(list expr) expr { return is(counted(list), "!=", zero) }

func nothing(list expr) expr { return is(counted(list), "=", zero) }

func counted(list expr) expr { return fn("coalesce", fn("mvcount", list), zero) }

func isMember(m *field) expr { return is(m, "!=", str("null")) }

func (b *block) flags() expr {
	zero, one := &numeral{"0"}, &numeral{"1"}
	switch b.quant {
	case ir.Any:
		return is(ref(b.found), "=", one)
	case ir.None:
		return is(ref(b.found), "=", zero)
	case ir.AllOrEmpty:
		return is(ref(b.failed), "=", zero)
	default:
		return all(is(ref(b.some), "=", one), is(ref(b.failed), "=", zero))
	}
}
