package form

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Canonical returns the rule with its field names in the canonical spelling of the log, so that it can be tested on the
// events that [Read] returns. Names inside an [ir.Each] are those of the members of its array and stay, as do names that
// the log does not have.
func Canonical(r *ir.Rule, log *schema.Log) *ir.Rule {
	s := speller{log}
	out := *r
	out.Fields = make([]*ir.Field, len(r.Fields))
	for i, f := range r.Fields {
		out.Fields[i] = s.field(f)
	}
	out.Conditions = s.exprs(r.Conditions)
	return &out
}

// Field returns the name of a field outside of array blocks in the canonical spelling of the log.
func Field(f *ir.Field, log *schema.Log) *ir.Field { return speller{log}.field(f) }

// speller rewrites expressions to the spelling of a log.
type speller struct{ log *schema.Log }

func (s speller) exprs(x []ir.Expr) []ir.Expr {
	out := make([]ir.Expr, len(x))
	for i, e := range x {
		out[i] = s.expr(e)
	}
	return out
}

func (s speller) expr(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.And:
		return &ir.And{X: s.exprs(e.X), At: e.At}
	case *ir.Or:
		return &ir.Or{X: s.exprs(e.X), At: e.At}
	case *ir.Not:
		return &ir.Not{X: s.expr(e.X), At: e.At}
	case *ir.Like:
		c := *e
		c.Field = s.field(e.Field)
		return &c
	case *ir.Compare:
		c := *e
		c.Field = s.field(e.Field)
		return &c
	case *ir.Regex:
		c := *e
		c.Field = s.field(e.Field)
		return &c
	case *ir.CIDR:
		c := *e
		c.Field = s.field(e.Field)
		return &c
	case *ir.SameAs:
		c := *e
		c.Field, c.Other = s.field(e.Field), s.field(e.Other)
		return &c
	case *ir.Exists:
		return &ir.Exists{Field: s.field(e.Field), At: e.At}
	case *ir.Null:
		return &ir.Null{Field: s.field(e.Field), At: e.At}
	case *ir.Each:
		return &ir.Each{Field: s.field(e.Field), Quant: e.Quant, Body: e.Body, At: e.At}
	case *ir.Within:
		c := *e
		c.Field = s.field(e.Field)
		return &c
	case *ir.Listed:
		return &ir.Listed{Field: s.field(e.Field), List: e.List, Kind: e.Kind, Cased: e.Cased, X: s.expr(e.X), At: e.At}
	case *ir.Const, *ir.Keyword:
		return e
	default:
		panic(fmt.Sprintf("form: no case for %T", e))
	}
}

// field rewrites the name up to the first position in an array; what follows is below the canonical name already.
func (s speller) field(f *ir.Field) *ir.Field {
	if f == nil || f.IsElement() || len(f.Segments) == 0 {
		return f
	}
	first := f.Segments[0]
	r, ok := s.log.Resolve(nil, first.Name)
	if !ok || r.Canonical == first.Name {
		return f
	}
	c := *f
	c.Name = r.Canonical + strings.TrimPrefix(f.Name, first.Name)
	c.Segments = append([]ir.Segment(nil), f.Segments...)
	c.Segments[0].Name = r.Canonical
	return &c
}
