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
func negate(x kql.Expr) kql.Expr {
	switch x := x.(type) {
	case *kql.Binary:
		if op, ok := inverse[x.Op]; ok {
			return &kql.Binary{Op: op, X: x.X, Y: x.Y}
		}
	case *kql.In:
		if op, ok := inverse[x.Op]; ok {
			return &kql.In{Op: op, X: x.X, List: x.List}
		}
	case *kql.Call:
		if op, ok := inverse[x.Func]; ok {
			return &kql.Call{Func: op, Args: x.Args}
		}
	}
	return &kql.Not{X: x}
}

// expr writes a condition whose array blocks have their columns. Below a negation a test that may be null is made false.
func expr(n node, negated bool) kql.Expr {
	switch n := n.(type) {
	case *and:
		return &kql.And{X: exprs(n.x, negated)}
	case *or:
		return &kql.Or{X: exprs(n.x, negated)}
	case *not:
		if e, ok := n.x.(*each); ok && (e.quant == anyOf || e.quant == noneOf) {
			return e.opposite().flag()
		}
		return negate(expr(n.x, true))
	case *truth:
		return &kql.Bool{Value: n.value}
	case *test:
		if negated && n.nullable {
			return call("coalesce", n.x, &kql.Bool{Value: false})
		}
		return n.x
	case *each:
		return n.flag()
	default:
		panic("kusto: no case for this node")
	}
}

func exprs(x []node, negated bool) []kql.Expr {
	out := make([]kql.Expr, len(x))
	for i, n := range x {
		out[i] = expr(n, negated)
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
