package ir

import (
	"fmt"
	"slices"
	"strings"
)

// Canonical returns a text that is the same for expressions that mean the same but for their order, their grouping, the
// case of letters that does not count, and what fields are called: name says that. Different texts need not mean
// different things.
func Canonical(e Expr, name func(*Field) string) string {
	c := canonizer{name: name, done: map[Expr]string{}}
	return c.text(e)
}

type canonizer struct {
	name func(*Field) string
	done map[Expr]string
}

func (c *canonizer) text(e Expr) string {
	if s, ok := c.done[e]; ok {
		return s
	}
	s := c.once(e)
	c.done[e] = s
	return s
}

func (c *canonizer) once(e Expr) string {
	switch e := e.(type) {
	case *And:
		return c.set("and", e)
	case *Or:
		return c.set("or", e)
	case *Not:
		if twice, ok := e.X.(*Not); ok {
			return c.text(twice.X)
		}
		return "(not " + c.text(e.X) + ")"
	case *Listed:
		return c.text(e.X)
	case *Each:
		// Names inside of the block start at its member: they are told apart by the field of the block.
		inner := canonizer{name: func(f *Field) string { return f.String() }, done: map[Expr]string{}}
		return "(each " + e.Quant.String() + " " + c.name(e.Field) + " " + inner.text(e.Body) + ")"
	case *Like:
		p := e.Pattern
		if !p.Cased {
			p = Pattern{Parts: slices.Clone(p.Parts)}
			for i := range p.Parts {
				p.Parts[i].Text = fold(p.Parts[i].Text)
			}
		}
		return String(&Like{Field: c.field(e.Field), Pattern: p})
	case *Compare:
		return String(&Compare{Field: c.field(e.Field), Part: e.Part, Op: e.Op, Number: e.Number})
	case *Regex:
		return String(&Regex{Field: c.field(e.Field), Pattern: e.Pattern, IgnoreCase: e.IgnoreCase, Multi: e.Multi, DotAll: e.DotAll})
	case *CIDR:
		return String(&CIDR{Field: c.field(e.Field), Prefix: e.Prefix})
	case *SameAs:
		return String(&SameAs{Field: c.field(e.Field), Other: c.field(e.Other), Shape: e.Shape, Cased: e.Cased})
	case *Exists:
		return String(&Exists{Field: c.field(e.Field)})
	case *Null:
		return String(&Null{Field: c.field(e.Field)})
	case *Within:
		return String(&Within{Field: c.field(e.Field), Schedule: e.Schedule})
	case *Const, *Keyword:
		return String(e)
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func (c *canonizer) field(f *Field) *Field { return &Field{Segments: []Segment{{Name: c.name(f)}}} }

// set writes the operands of an And or Or in a fixed order, each once, with those of the same kind below it.
func (c *canonizer) set(op string, e Expr) string {
	out := c.operands(nil, op, e)
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 1 {
		return out[0]
	}
	return "(" + op + " " + strings.Join(out, " ") + ")"
}

func (c *canonizer) operands(out []string, op string, e Expr) []string {
	var x []Expr
	switch e := e.(type) {
	case *And:
		if op == "and" {
			x = e.X
		}
	case *Or:
		if op == "or" {
			x = e.X
		}
	case *Listed:
		return c.operands(out, op, e.X)
	}
	if x == nil {
		return append(out, c.text(e))
	}
	for _, e := range x {
		out = c.operands(out, op, e)
	}
	return out
}
