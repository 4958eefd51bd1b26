package ir

import (
	"fmt"
	"slices"
	"strings"
)

// Canonical returns a text that is the same for expressions that mean the same but for their order, their grouping, the
// case of letters that does not count, and what fields are called: name says that. Different texts need not mean
// different things.
func Canonical(e Expr, name func(*Field) string) string { return newCanonizer(name).text(e) }

// canonizer makes the text of [Canonical]; what stands in several places of the expression is written once.
type canonizer struct {
	spelling
	name func(*Field) string
	done map[Expr]string
}

func newCanonizer(name func(*Field) string) *canonizer {
	field := func(f *Field) string { return (&Field{Segments: []Segment{{Name: name(f)}}}).String() }
	return &canonizer{spelling: spelling{field, foldedPattern}, name: name, done: map[Expr]string{}}
}

// foldedPattern writes a pattern without the case of letters that does not count.
func foldedPattern(p Pattern) string {
	if p.Cased {
		return p.String()
	}
	return p.text(fold)
}

// text is the text of an expression.
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
		inner := newCanonizer((*Field).String)
		return "(each " + e.Quant.String() + " " + c.name(e.Field) + " " + inner.text(e.Body) + ")"
	case *Const, *Keyword:
		return String(e)
	case *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Within:
		return c.of(e)
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// set writes the operands of an And or Or in a fixed order, each once, with those of the same kind below it.
func (c *canonizer) set(op string, e Expr) string {
	var out []string
	c.operands(op, e, func(e Expr) { out = append(out, c.text(e)) })
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 1 {
		return out[0]
	}
	return "(" + op + " " + strings.Join(out, " ") + ")"
}

// operands calls each with the operands of an And or Or, and of those of the same kind below it.
func (c *canonizer) operands(op string, e Expr, each func(Expr)) {
	if l, ok := e.(*Listed); ok {
		c.operands(op, l.X, each)
		return
	}
	x, same := chained(e, op == "or")
	if !same {
		each(e)
		return
	}
	for _, e := range x {
		c.operands(op, e, each)
	}
}
