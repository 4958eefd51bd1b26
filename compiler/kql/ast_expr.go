package kql

import "github.com/sigc-rules/sigc/compiler/source"

// Expr is a scalar expression.
type Expr interface{ expr() }

type (
	// Name is a column, a scalar `let` or one of $left and $right.
	Name struct {
		Name string
		At   source.Span
	}
	// Wildcard is a pattern of column names, such as Target*, in the project operators.
	Wildcard struct {
		Pattern string
		At      source.Span
	}
	// Member is a property of a dynamic value, or a column of $left or $right: X.Name.
	Member struct {
		X    Expr
		Name string
		At   source.Span
	}
	// Index is an element of an array or a property of a dynamic value: X[I].
	Index struct {
		X  Expr
		I  Expr
		At source.Span
	}
	// String is a text.
	String struct {
		Value string
		At    source.Span
	}
	// Number is a number as it is written: 5, 1.5, 0x1F.
	Number struct {
		Text string
		At   source.Span
	}
	// Bool is true or false.
	Bool struct {
		Value bool
		At    source.Span
	}
	// Timespan is a duration as it is written: 5m, 1d.
	Timespan struct {
		Text string
		At   source.Span
	}
	// Datetime is a moment, Text what stands in the parentheses of datetime(...).
	Datetime struct {
		Text string
		At   source.Span
	}
	// Dynamic is a dynamic literal; JSON is what stands in the parentheses of dynamic(...).
	Dynamic struct {
		JSON string
		At   source.Span
	}
	// Typed is any other literal that names its type: long(5), real(nan), guid(...), timespan(1.00:00:00).
	Typed struct {
		Type string
		Text string
		At   source.Span
	}
	// Null is the null of a type; strings have none.
	Null struct {
		Type string
		At   source.Span
	}
	// Binary is a comparison, a text operator or arithmetic. `and`, `or` and `in` have nodes of their own.
	Binary struct {
		Op   string
		X, Y Expr
		At   source.Span
	}
	// Unary is a sign: Op is "-" or "+".
	Unary struct {
		Op string
		X  Expr
		At source.Span
	}
	// And is true when all members are; it is printed flat however many they are.
	And struct {
		X  []Expr
		At source.Span
	}
	// Or is true when one member is.
	Or struct {
		X  []Expr
		At source.Span
	}
	// Not is the function not(X).
	Not struct {
		X  Expr
		At source.Span
	}
	// In compares with a list; Op is in, in~, !in, !in~, has_any or has_all.
	In struct {
		X    Expr
		Op   string
		List []Expr
		At   source.Span
	}
	// Between is X between (Lo .. Hi), both ends included.
	Between struct {
		X, Lo, Hi Expr
		Not       bool
		At        source.Span
	}
	// Call is a function call; Named are the arguments written name=value, which follow the others.
	Call struct {
		Func  string
		Args  []Expr
		Named []Assign
		At    source.Span
	}
	// Method is a function of another scope: X.Call, as in cluster("x").database("y").
	Method struct {
		X    Expr
		Call *Call
		At   source.Span
	}
	// Star is the * of arg_max(x, *) and distinct *, and the `*` subject of a search.
	Star struct {
		At source.Span
	}
	// Subquery is a query where a value is expected: x in ((T | project y)), toscalar(T | count).
	Subquery struct {
		Query *Query
		At    source.Span
	}
)

func (*Name) expr()     {}
func (*Wildcard) expr() {}
func (*Member) expr()   {}
func (*Index) expr()    {}
func (*String) expr()   {}
func (*Number) expr()   {}
func (*Bool) expr()     {}
func (*Timespan) expr() {}
func (*Datetime) expr() {}
func (*Dynamic) expr()  {}
func (*Typed) expr()    {}
func (*Null) expr()     {}
func (*Binary) expr()   {}
func (*Unary) expr()    {}
func (*And) expr()      {}
func (*Or) expr()       {}
func (*Not) expr()      {}
func (*In) expr()       {}
func (*Between) expr()  {}
func (*Call) expr()     {}
func (*Method) expr()   {}
func (*Star) expr()     {}
func (*Subquery) expr() {}
