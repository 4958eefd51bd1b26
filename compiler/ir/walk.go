package ir

import "fmt"

// Walk calls visit for the expression and everything below it, parents first. visit returns whether to go below.
func Walk(e Expr, visit func(Expr) bool) {
	if !visit(e) {
		return
	}
	switch e := e.(type) {
	case *And:
		for _, x := range e.X {
			Walk(x, visit)
		}
	case *Or:
		for _, x := range e.X {
			Walk(x, visit)
		}
	case *Not:
		Walk(e.X, visit)
	case *Each:
		Walk(e.Body, visit)
	case *Listed:
		Walk(e.X, visit)
	case *Const, *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword, *Within:
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// Fields returns the fields that a single expression names itself, not those of the expressions below it.
func Fields(e Expr) []*Field {
	switch f, other := FieldsOf(e); {
	case f == nil:
		return nil
	case other == nil:
		return []*Field{f}
	default:
		return []*Field{f, other}
	}
}

// Conjuncts are the conditions that must all hold for the expression to hold.
func Conjuncts(e Expr) []Expr {
	if and, ok := e.(*And); ok {
		return and.X
	}
	return []Expr{e}
}

// FieldsOf is [Fields] for those who look at every value of long lists: there are at most two, and nil where there is none.
func FieldsOf(e Expr) (f, other *Field) {
	switch e := e.(type) {
	case *Like:
		return e.Field, nil
	case *Compare:
		return e.Field, nil
	case *Regex:
		return e.Field, nil
	case *CIDR:
		return e.Field, nil
	case *SameAs:
		return e.Field, e.Other
	case *Exists:
		return e.Field, nil
	case *Null:
		return e.Field, nil
	case *Each:
		return e.Field, nil
	case *Within:
		return e.Field, nil
	case *And, *Or, *Not, *Const, *Keyword, *Listed: // its field is that of its X
		return nil, nil
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}
