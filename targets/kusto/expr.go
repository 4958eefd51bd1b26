package kusto

import (
	"strconv"

	"github.com/sigc-rules/sigc/compiler/kql"
)

func call(name string, args ...kql.Expr) kql.Expr { return &kql.Call{Func: name, Args: args} }

func binary(x kql.Expr, op string, y kql.Expr) kql.Expr { return &kql.Binary{Op: op, X: x, Y: y} }

func str(s string) kql.Expr { return &kql.String{Value: s} }

func name(s string) kql.Expr { return &kql.Name{Name: s} }

func number(n int) kql.Expr { return &kql.Number{Text: strconv.Itoa(n)} }

func itoa(n int) string { return strconv.Itoa(n) }

// inverse pairs each operator with the one that is true exactly when it is false, for operands that are not null or
// that are null and something else: a comparison with one null is false, and its inverse true.
var inverse = map[string]string{
	"==": "!=", "=~": "!~", "in": "!in", "in~": "!in~",
	"contains": "!contains", "contains_cs": "!contains_cs",
	"startswith": "!startswith", "startswith_cs": "!startswith_cs",
	"endswith": "!endswith", "endswith_cs": "!endswith_cs",
	"isempty": "isnotempty", "isnotempty": "isempty", "isnull": "isnotnull", "isnotnull": "isnull",
}

// negate returns the opposite of x as an expert writes it.
func (a *arena) negate(x kql.Expr) kql.Expr {
	switch x := x.(type) {
	case *kql.Binary:
		if op, ok := inverse[x.Op]; ok {
			return a.binary(x.X, op, x.Y)
		}
	case *kql.In:
		if op, ok := inverse[x.Op]; ok {
			return a.ins.New(kql.In{Op: op, X: x.X, List: x.List})
		}
	case *kql.Call:
		if op, ok := inverse[x.Func]; ok {
			return a.calls.New(kql.Call{Func: op, Args: x.Args})
		}
	}
	return a.negations.New(kql.Not{X: x})
}

// expr writes a condition whose array blocks have their columns. Below a negation a test that may be null is made false.
func (a *arena) expr(n node, negated bool) kql.Expr {
	switch n := n.(type) {
	case *and:
		return a.conjunctions.New(kql.And{X: a.list(n.x, negated)})
	case *or:
		return a.disjunctions.New(kql.Or{X: a.list(n.x, negated)})
	case *not:
		if e, ok := n.x.(*each); ok && (e.quant == anyOf || e.quant == noneOf) {
			return e.opposite().flag()
		}
		return a.negate(a.expr(n.x, true))
	case *truth:
		return &kql.Bool{Value: n.value}
	case *test:
		if negated && n.nullable {
			return a.call("coalesce", n.x, &kql.Bool{Value: false})
		}
		return n.x
	case *each:
		return n.flag()
	default:
		panic("kusto: no case for this node")
	}
}

func (a *arena) list(x []node, negated bool) []kql.Expr {
	out := a.exprs.Take(len(x))
	for i, n := range x {
		out[i] = a.expr(n, negated)
	}
	return out
}

// opposite is "no member" for "some member", and the other way round.
func (e *each) opposite() *each {
	out := *e
	out.quant = noneOf
	if e.quant == noneOf {
		out.quant = anyOf
	}
	return &out
}

func (e *each) flag() kql.Expr {
	hits, total := name(e.hits), name(e.total)
	switch e.quant {
	case anyOf:
		return binary(hits, ">", number(0))
	case noneOf:
		return binary(hits, "==", number(0))
	case allOrEmpty:
		return binary(hits, "==", total)
	default:
		return &kql.And{X: []kql.Expr{binary(total, ">", number(0)), binary(hits, "==", total)}}
	}
}
