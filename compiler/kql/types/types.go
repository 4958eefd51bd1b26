package types

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Problem is what is wrong with a part of an expression.
type Problem struct {
	At      source.Span
	Message string
}

// Of returns the type of an expression, "" where it is not known, and what is wrong with it. column is the type of a
// column.
func Of(x kql.Expr, column func(name string) string) (string, []Problem) {
	f := &finder{column: column}
	return f.of(x), f.problems
}

type finder struct {
	column   func(name string) string
	problems []Problem
}

func (f *finder) fail(at source.Span, format string, args ...any) {
	f.problems = append(f.problems, Problem{at, fmt.Sprintf(format, args...)})
}

func (f *finder) of(x kql.Expr) string {
	switch x := x.(type) {
	case *kql.Name:
		return f.column(x.Name)
	case *kql.String:
		return "string"
	case *kql.Number:
		if strings.ContainsAny(x.Text, ".eE") && !strings.HasPrefix(x.Text, "0x") {
			return "real"
		}
		return "long"
	case *kql.Bool:
		return "bool"
	case *kql.Timespan:
		return "timespan"
	case *kql.Datetime:
		return "datetime"
	case *kql.Dynamic:
		return "dynamic"
	case *kql.Typed:
		return plain(x.Type)
	case *kql.Null:
		return plain(x.Type)
	case *kql.Member:
		f.inside(x.X, x.At)
		return "dynamic"
	case *kql.Index:
		f.inside(x.X, x.At)
		f.of(x.I)
		return "dynamic"
	case *kql.Unary:
		return f.unary(x)
	case *kql.Printed:
		return f.of(x.X)
	case *kql.Not:
		f.condition(x.X, x.At)
		return "bool"
	case *kql.And:
		return f.conditions(x.X, x.At)
	case *kql.Or:
		return f.conditions(x.X, x.At)
	case *kql.Binary:
		return f.binary(x)
	case *kql.In:
		f.of(x.X)
		for _, v := range x.List {
			if _, rows := v.(*kql.Subquery); !rows {
				f.of(v)
			}
		}
		return "bool"
	case *kql.Between:
		for _, v := range []kql.Expr{x.X, x.Lo, x.Hi} {
			f.of(v)
		}
		return "bool"
	case *kql.Call:
		return f.call(x)
	case *kql.Method:
		f.fail(x.At, "there is no function %q of a value; it stands inside of the parentheses", x.Call.Func)
		return ""
	case *kql.Subquery:
		f.fail(x.At, "a query gives rows, and a value belongs here")
		return ""
	case *kql.Star:
		f.fail(x.At, "* is no value; it may stand before a comparison, for all columns")
		return ""
	case *kql.Wildcard:
		f.fail(x.At, "names with * are no value")
		return ""
	default:
		panic(fmt.Sprintf("types: no case for %T", x))
	}
}

// compared is the type of what is compared, which may be all columns.
func (f *finder) compared(x kql.Expr) string {
	if _, all := x.(*kql.Star); all {
		return ""
	}
	return f.of(x)
}

// plain is the usual word for a type.
func plain(t string) string {
	switch t {
	case "double":
		return "real"
	case "boolean":
		return "bool"
	case "date":
		return "datetime"
	case "time":
		return "timespan"
	case "uniqueid":
		return "guid"
	default:
		return t
	}
}

// inside looks at what a part is taken of.
func (f *finder) inside(x kql.Expr, at source.Span) {
	if t := f.of(x); t != "" && t != "dynamic" {
		f.fail(at, "a value of type %s has no parts; parse_json makes a dynamic value of a text", t)
	}
}

func (f *finder) conditions(all []kql.Expr, at source.Span) string {
	for _, x := range all {
		f.condition(x, at)
	}
	return "bool"
}

func (f *finder) condition(x kql.Expr, at source.Span) {
	if t := f.of(x); t != "" && t != "bool" && t != "dynamic" {
		f.fail(at, "a condition is true or false, and not of type %s", t)
	}
}

var (
	arithmetic = []string{"+", "-", "*", "/", "%"}
	unreckoned = []string{"string", "bool", "guid"} // types of values that it is not for
)

func (f *finder) unary(x *kql.Unary) string {
	t := f.of(x.X)
	if slices.Contains(unreckoned, t) {
		f.fail(x.At, "%s does not reckon with values of type %s", x.Op, t)
		return ""
	}
	return t
}

func (f *finder) binary(x *kql.Binary) string {
	if !slices.Contains(arithmetic, x.Op) {
		f.compare(x, f.compared(x.X), f.of(x.Y))
		return "bool"
	}
	a, b := f.of(x.X), f.of(x.Y)
	for _, t := range []string{a, b} {
		if slices.Contains(unreckoned, t) {
			f.fail(x.At, "%s does not reckon with values of type %s", x.Op, t)
			return ""
		}
	}
	switch {
	case (x.Op == "+" || x.Op == "-") && number(a) != number(b) && a != "" && b != "" && a != "dynamic" && b != "dynamic":
		f.fail(x.At, "there is no %s of a value of type %s and one of type %s", x.Op, a, b)
		return ""
	case number(a) && number(b):
		return widest(a, b)
	case a == "datetime" && b == "datetime" && x.Op == "-", a == "timespan" && b == "timespan" && (x.Op == "+" || x.Op == "-"):
		return "timespan"
	case a == "datetime" && b == "timespan" && (x.Op == "+" || x.Op == "-"), a == "timespan" && b == "datetime" && x.Op == "+":
		return "datetime"
	default:
		return ""
	}
}

// compare looks at the order of values, and at comparisons of texts. Any two values can be equal, as far as Kusto says.
func (f *finder) compare(x *kql.Binary, a, b string) {
	switch x.Op {
	case "==", "!=", "<>":
	case "<", "<=", ">", ">=":
		for _, t := range []string{a, b} {
			if t == "string" || t == "guid" {
				f.fail(x.At, "%s does not order values of type %s", x.Op, t)
				return
			}
		}
		if a != "" && b != "" && !fits(a, b) && !fits(b, a) && a != "dynamic" && b != "dynamic" && a != "bool" && b != "bool" {
			f.fail(x.At, "%s does not compare a value of type %s with one of type %s", x.Op, a, b)
		}
	default:
		for _, t := range []string{a, b} {
			if t != "" && t != "string" && t != "dynamic" {
				f.fail(x.At, "%s compares texts, and not values of type %s", x.Op, t)
				return
			}
		}
	}
}

func number(t string) bool { return slices.Contains(kinds["number"], t) }

// widest is the type that has room for both.
func widest(a, b string) string {
	for _, t := range []string{"decimal", "real", "long"} {
		if a == t || b == t {
			return t
		}
	}
	return a
}

func (f *finder) call(x *kql.Call) string {
	args := make([]string, len(x.Args))
	for i, a := range x.Args {
		args[i] = f.of(a)
	}
	all, known := functions()[x.Func]
	if !known {
		f.fail(x.At, "there is no function %q%s", x.Func, diag.Meant(x.Func, names()))
		return ""
	}
	var fitting []signature
	for _, s := range all {
		if s.takes(len(args)) {
			fitting = append(fitting, s)
		}
	}
	if len(fitting) == 0 {
		f.fail(x.At, "%s takes %s, not %d", x.Func, arity(all), len(args))
		return ""
	}
	// Of several ways to call it, the one that fits furthest is taken for the one that was meant.
	meant, fitted := fitting[0], -1
	for _, s := range fitting {
		n := 0
		for n < len(args) && fits(args[n], s.params[s.param(n, len(args))]) {
			n++
		}
		if n > fitted {
			meant, fitted = s, n
		}
	}
	if fitted < len(args) {
		f.fail(x.At, "%s takes %s as argument %d, not a value of type %s", x.Func, described(meant.params[meant.param(fitted, len(args))]), fitted+1, args[fitted])
		return ""
	}
	for i, a := range x.Args {
		if meant.constant[meant.param(i, len(args))] && !constant(a) {
			f.fail(x.At, "%s takes a constant as argument %d, and no value that differs from row to row", x.Func, i+1)
		}
	}
	return f.gives(x, meant, args)
}

// constant reports whether the value of an expression is the same for every row.
func constant(x kql.Expr) bool {
	switch x := x.(type) {
	case *kql.Name, *kql.Member, *kql.Index, *kql.Subquery:
		return false
	case *kql.Call:
		return !slices.ContainsFunc(x.Args, func(a kql.Expr) bool { return !constant(a) })
	case *kql.Binary:
		return constant(x.X) && constant(x.Y)
	default:
		return true
	}
}

// gives is the type of the result.
func (f *finder) gives(x *kql.Call, s signature, args []string) string {
	switch s.result {
	case "any":
		return ""
	case "first":
		return args[0]
	case "second":
		return args[1]
	case "same":
		return f.together(x, s, args)
	default:
		return s.result
	}
}

// together is the type that has room for all arguments of which one is the result.
func (f *finder) together(x *kql.Call, s signature, args []string) string {
	out := ""
	for i, a := range args {
		p := s.params[s.param(i, len(args))]
		switch {
		case p != "same" && p != "common" && p != "number":
		case a == "":
			return ""
		case out == "":
			out = a
		case number(out) && number(a):
			out = widest(out, a)
		case a == out:
		case p == "common":
			f.fail(x.At, "%s takes values of one type, not of type %s and %s", x.Func, out, a)
			return ""
		case out == "dynamic":
			out = a
		case a != "dynamic":
			return ""
		}
	}
	return out
}

// described says what an argument is to be.
func described(asked string) string {
	switch asked {
	case "number", "integer", "numeric", "summable":
		return "a number"
	case "array":
		return "an array (dynamic)"
	case "bag":
		return "a property bag (dynamic)"
	case "single":
		return "a value that is not dynamic"
	case "text":
		return "a text or a dynamic value"
	case "index":
		return "a number or an array"
	default:
		return "a value of type " + asked
	}
}

// arity says how many arguments a function takes.
func arity(all []signature) string {
	least, most := all[0].least, all[0].most
	for _, s := range all {
		least = min(least, s.least)
		if s.most < 0 || most < 0 {
			most = -1
		} else {
			most = max(most, s.most)
		}
	}
	switch group := all[0].to - all[0].from; {
	case group > 1 && most < 0:
		return fmt.Sprintf("%d, %d, %d ... arguments", least, least+group, least+2*group)
	case most == 0:
		return "no arguments"
	case least == most && least == 1:
		return "one argument"
	case least == most:
		return fmt.Sprintf("%d arguments", least)
	case most < 0:
		return fmt.Sprintf("%d arguments or more", least)
	default:
		return fmt.Sprintf("%d to %d arguments", least, most)
	}
}
