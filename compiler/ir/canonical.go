package ir

import (
	"fmt"
	"slices"
	"strings"
)

// Canonical returns a text that is the same for expressions that mean the same but for their order, their grouping, the
// case of letters that does not count, and what fields are called: name says that. Different texts need not mean
// different things.
func Canonical(e Expr, name func(*Field) string) string { return NewCanonizer(name).Text(e) }

// Canonizer makes the texts of [Canonical] for several expressions that have parts in common.
type Canonizer struct {
	spelling
	name func(*Field) string
	done map[Expr]string
}

// NewCanonizer returns a canonizer that calls fields as name says.
func NewCanonizer(name func(*Field) string) *Canonizer {
	names := map[*Field]string{} // an item with many values has one field
	field := func(f *Field) string {
		s, ok := names[f]
		if !ok {
			s = (&Field{Segments: []Segment{{Name: name(f)}}}).String()
			names[f] = s
		}
		return s
	}
	return &Canonizer{spelling{field, foldedPattern}, name, map[Expr]string{}}
}

// foldedPattern writes a pattern without the case of letters that does not count.
func foldedPattern(p Pattern) string {
	if p.Cased {
		return p.String()
	}
	return p.text(fold)
}

// Text returns the text of an expression.
func (c *Canonizer) Text(e Expr) string {
	if s, ok := c.done[e]; ok {
		return s
	}
	s := c.once(e)
	c.done[e] = s
	return s
}

func (c *Canonizer) once(e Expr) string {
	switch e := e.(type) {
	case *And:
		return c.set("and", e)
	case *Or:
		return c.set("or", e)
	case *Not:
		if twice, ok := e.X.(*Not); ok {
			return c.Text(twice.X)
		}
		return "(not " + c.Text(e.X) + ")"
	case *Listed:
		return c.Text(e.X)
	case *Each:
		// Names inside of the block start at its member: they are told apart by the field of the block.
		inner := NewCanonizer((*Field).String)
		return "(each " + e.Quant.String() + " " + c.name(e.Field) + " " + inner.Text(e.Body) + ")"
	case *Const, *Keyword:
		return String(e)
	case *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Within:
		return c.of(e)
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// set writes the operands of an And or Or in a fixed order, each once, with those of the same kind below it.
func (c *Canonizer) set(op string, e Expr) string {
	out := c.operands(nil, op, e)
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 1 {
		return out[0]
	}
	return "(" + op + " " + strings.Join(out, " ") + ")"
}

func (c *Canonizer) operands(out []string, op string, e Expr) []string {
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
		return append(out, c.Text(e))
	}
	for _, e := range x {
		out = c.operands(out, op, e)
	}
	return out
}
