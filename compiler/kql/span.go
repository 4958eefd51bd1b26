package kql

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/source"
)

// SpanOf gives the place of an expression that Parse has read; one that was built has none.
func SpanOf(x Expr) source.Span {
	switch x := x.(type) {
	case *Name:
		return x.At
	case *Wildcard:
		return x.At
	case *Member:
		return x.At
	case *Index:
		return x.At
	case *String:
		return x.At
	case *Number:
		return x.At
	case *Bool:
		return x.At
	case *Timespan:
		return x.At
	case *Datetime:
		return x.At
	case *Dynamic:
		return x.At
	case *Typed:
		return x.At
	case *Null:
		return x.At
	case *Binary:
		return x.At
	case *Unary:
		return x.At
	case *And:
		return x.At
	case *Or:
		return x.At
	case *Not:
		return x.At
	case *In:
		return x.At
	case *Between:
		return x.At
	case *Call:
		return x.At
	case *Method:
		return x.At
	case *Star:
		return x.At
	case *Subquery:
		return x.At
	case *Printed:
		return SpanOf(x.X)
	default:
		panic(fmt.Sprintf("kql: no case for expression %T", x))
	}
}
