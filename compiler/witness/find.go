package witness

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// Verdict is how a search ended.
type Verdict int

const (
	Found Verdict = iota
	None          // every branch was looked at
	Gave          // up: there were more branches than a search looks at
)

// Options is what a search depends on besides the condition.
type Options struct {
	// Several reports whether a field can have several values at once, as the members of an array. Nil says that none can.
	Several func(*ir.Field) bool
	// Budget is how many branches are looked at; 0 stands for a few thousand.
	Budget int
}

const usualBudget = 4000

// Find looks for an event that satisfies the condition.
func Find(e ir.Expr, opts Options) (ir.Event, Verdict) {
	s := newSearch(opts)
	v, verdict := s.find(ir.Unlist(e, func(*ir.Listed) bool { return false }))
	if verdict != Found {
		return nil, verdict
	}
	return v.(ir.Event), Found
}

// Difference looks for an event that satisfies the first condition and not the second.
func Difference(a, b ir.Expr, opts Options) (ir.Event, Verdict) {
	return Find(&ir.And{X: []ir.Expr{a, &ir.Not{X: b}}}, opts)
}

type search struct {
	Options
	left int // branches that may still be looked at
}

func newSearch(opts Options) *search {
	if opts.Budget == 0 {
		opts.Budget = usualBudget
	}
	return &search{Options: opts, left: opts.Budget}
}

// find returns an event or, where the condition is about a member of an array itself, that member.
func (s *search) find(e ir.Expr) (any, Verdict) {
	b := &branch{root: e}
	return s.try(b, []goal{{e, true}})
}

// goal is what a branch has yet to bring about.
type goal struct {
	e    ir.Expr
	want bool
}

// literal is a condition on fields that a branch has decided to be true or false.
type literal struct {
	e    ir.Expr
	want bool
}

// branch is a choice among the alternatives of a condition.
type branch struct {
	root    ir.Expr
	asked   []asked   // by field, in the order in which the fields are met
	joint   []literal // about two fields, or about all
	choices [][]goal  // alternatives that are still open
}

// asked is what a branch asks of one field.
type asked struct {
	field    *ir.Field
	literals []literal
}

func (b *branch) copy() *branch {
	out := &branch{root: b.root, asked: make([]asked, len(b.asked)), joint: slices.Clip(b.joint), choices: slices.Clip(b.choices)}
	for i, a := range b.asked {
		out.asked[i] = asked{a.field, slices.Clip(a.literals)}
	}
	return out
}

// try goes on with a branch, which it may change.
func (s *search) try(b *branch, goals []goal) (any, Verdict) {
	if s.left <= 0 {
		return nil, Gave
	}
	s.left--
	touched := map[string]bool{}
	for len(goals) > 0 {
		g := goals[len(goals)-1]
		goals = goals[:len(goals)-1]
		more, ok := b.take(g, touched)
		if !ok {
			return nil, None
		}
		goals = append(goals, more...)
	}
	for _, a := range b.asked {
		if !touched[a.field.Name] {
			continue
		}
		if verdict := s.possible(a); verdict != Found {
			return nil, verdict
		}
	}
	if len(b.choices) == 0 {
		return s.event(b)
	}
	// The choice with the fewest alternatives comes first: it fails soonest.
	next := 0
	for i, c := range b.choices {
		if len(c) < len(b.choices[next]) {
			next = i
		}
	}
	alternatives := b.choices[next]
	b.choices = slices.Delete(slices.Clone(b.choices), next, next+1)
	verdict := None
	for _, g := range alternatives {
		found, v := s.try(b.copy(), []goal{g})
		switch v {
		case Found:
			return found, Found
		case Gave:
			verdict = Gave
		}
	}
	return nil, verdict
}

// take decides a goal, or says what else must hold for it. It is false when the goal cannot be reached.
func (b *branch) take(g goal, touched map[string]bool) ([]goal, bool) {
	all := func(x []ir.Expr, want bool) (out []goal) {
		for _, e := range x {
			out = append(out, goal{e, want})
		}
		return out
	}
	choose := func(alternatives []goal) ([]goal, bool) {
		if len(alternatives) <= 1 {
			return alternatives, len(alternatives) == 1
		}
		b.choices = append(b.choices, alternatives)
		return nil, true
	}
	switch e := g.e.(type) {
	case *ir.And:
		if g.want {
			return all(e.X, true), true
		}
		return choose(all(e.X, false))
	case *ir.Or:
		if !g.want {
			return all(e.X, false), true
		}
		return choose(all(e.X, true))
	case *ir.Not:
		return []goal{{e.X, !g.want}}, true
	case *ir.Const:
		return nil, e.Value == g.want
	case *ir.SameAs, *ir.Keyword:
		b.joint = append(b.joint, literal{e, g.want})
		return nil, true
	}
	fields := ir.Fields(g.e)
	if len(fields) != 1 {
		panic(fmt.Sprintf("witness: no case for %T", g.e))
	}
	field := fields[0]
	touched[field.Name] = true
	i := slices.IndexFunc(b.asked, func(a asked) bool { return a.field.Name == field.Name })
	if i < 0 {
		i = len(b.asked)
		b.asked = append(b.asked, asked{field: field})
	}
	b.asked[i].literals = append(b.asked[i].literals, literal{g.e, g.want})
	return nil, true
}

// possible reports whether a field can have a value that is as asked.
func (s *search) possible(a asked) Verdict {
	_, verdict := s.value(a)
	return verdict
}

// event makes an event of the values that a branch asks for, and judges it.
func (s *search) event(b *branch) (any, Verdict) {
	out := ir.Event{}
	for _, a := range b.asked {
		v, verdict := s.value(a)
		if verdict != Found {
			return nil, verdict
		}
		if a.field.IsElement() {
			return s.member(b, v)
		}
		if v != absent {
			place(out, a.field, v)
		}
	}
	if ir.Eval(b.root, out) {
		return out, Found
	}
	for _, v := range b.joined() {
		if v(out); ir.Eval(b.root, out) {
			return out, Found
		}
	}
	// Values that are right one by one can be wrong together, as those of a field and of another below it. Whether there
	// are others is not known.
	return nil, Gave
}

// member judges a value that is itself the member of an array.
func (s *search) member(b *branch, v any) (any, Verdict) {
	alone := &ir.Each{Field: ir.NewField("member", b.root.Span()), Quant: ir.Any, Body: b.root, At: b.root.Span()}
	if len(b.asked) > 1 || v == absent || !ir.Eval(alone, ir.Event{"member": []any{v}}) {
		return nil, Gave
	}
	return v, Found
}
