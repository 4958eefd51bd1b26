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
	switch e := e.(type) {
	case *Like:
		return []*Field{e.Field}
	case *Compare:
		return []*Field{e.Field}
	case *Regex:
		return []*Field{e.Field}
	case *CIDR:
		return []*Field{e.Field}
	case *SameAs:
		return []*Field{e.Field, e.Other}
	case *Exists:
		return []*Field{e.Field}
	case *Null:
		return []*Field{e.Field}
	case *Each:
		return []*Field{e.Field}
	case *Within:
		return []*Field{e.Field}
	case *And, *Or, *Not, *Const, *Keyword, *Listed: // its field is that of its X
		return nil
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}
