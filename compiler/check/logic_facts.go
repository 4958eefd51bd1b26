package check

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"
)

// searchFacts is how the condition of a rule uses its searches.
type searchFacts struct {
	uses        []use
	whole       ir.Expr   // the condition; nil when it is not one that can be built again
	satisfiable ir.Answer // of the condition

	exprs slab.Of[ir.Expr]
	ands  slab.Of[ir.And]
	ors   slab.Of[ir.Or]
	nots  slab.Of[ir.Not]
}

// use is a search, and whether it stands in the condition, and there under a "not".
type use struct {
	ir.Search
	positive, negative bool
}

// selects reports whether a search is asked for and nowhere excluded.
func (u *use) selects() bool { return u.positive && !u.negative }

// excludes reports whether a search is excluded and nowhere asked for.
func (u *use) excludes() bool { return u.negative && !u.positive }

// maxLogic is how many searches a rule can have for each of them to be tried.
const maxLogic = 16

// searches returns what is known of the searches; nil when the rule has no meaning.
func (p *Pass) searches() *searchFacts {
	if p.Rule == nil || p.Meaning == nil {
		return nil
	}
	return &p.facts().search
}

// about finds the facts about the searches of a rule that has a meaning.
func (s *searchFacts) about(p *Pass, proof *ir.Prover) {
	s.uses = s.uses[:0]
	for _, x := range p.Meaning.Searches {
		s.uses = append(s.uses, use{Search: x})
	}
	d := p.Rule.Detection
	for _, c := range d.Conditions {
		s.polarity(d, c.Expr, false)
	}
	s.satisfiable = ir.Unknown
	if s.whole = s.condition(d, nil, nil); s.whole != nil {
		s.satisfiable = proof.Satisfiable(s.whole)
	}
}

// named returns the search of a name; nil when there is none.
func (s *searchFacts) named(name string) *use {
	for i := range s.uses {
		if s.uses[i].Name == name {
			return &s.uses[i]
		}
	}
	return nil
}

// at returns the search of a name. It is mostly that of the same number: pipelines only add to those that are written.
func (s *searchFacts) at(i int, name string) *use {
	if i < len(s.uses) && s.uses[i].Name == name {
		return &s.uses[i]
	}
	return s.named(name)
}

// selecting is how many searches are asked for somewhere, and excluding how many are excluded.
func (s *searchFacts) selecting() (n int) {
	for _, u := range s.uses {
		if u.positive {
			n++
		}
	}
	return n
}

func (s *searchFacts) excluding() (n int) {
	for _, u := range s.uses {
		if u.negative {
			n++
		}
	}
	return n
}

func (u *use) note(negated bool) {
	if u == nil {
		return
	}
	u.negative = u.negative || negated
	u.positive = u.positive || !negated
}

func (s *searchFacts) polarity(d *sigma.Detection, c sigma.Cond, negated bool) {
	switch c := c.(type) {
	case *sigma.CondAnd:
		for _, x := range c.X {
			s.polarity(d, x, negated)
		}
	case *sigma.CondOr:
		for _, x := range c.X {
			s.polarity(d, x, negated)
		}
	case *sigma.CondNot:
		s.polarity(d, c.X, !negated)
	case *sigma.CondRef:
		s.named(c.Name).note(negated)
	case *sigma.CondQuant:
		for i, x := range d.Searches {
			if c.Fits(x.Name.Value) {
				s.at(i, x.Name.Value).note(negated)
			}
		}
	default:
		panic(fmt.Sprintf("check: no case for %T", c))
	}
}

// condition builds the condition of a rule from the meaning of its searches, of which one has another; nil when it counts
// them.
func (s *searchFacts) condition(d *sigma.Detection, other *use, meaning ir.Expr) ir.Expr {
	x := s.exprs.Take(len(d.Conditions))
	for i, c := range d.Conditions {
		if x[i] = s.build(d, c.Expr, other, meaning); x[i] == nil {
			return nil
		}
	}
	return s.joined(x, false, d.At)
}

func (s *searchFacts) build(d *sigma.Detection, c sigma.Cond, other *use, meaning ir.Expr) ir.Expr {
	of := func(u *use) ir.Expr {
		switch u {
		case nil:
			return nil
		case other:
			return meaning
		}
		return u.Expr
	}
	switch c := c.(type) {
	case *sigma.CondAnd:
		return s.join(d, c.X, true, c.At, other, meaning)
	case *sigma.CondOr:
		return s.join(d, c.X, false, c.At, other, meaning)
	case *sigma.CondNot:
		switch e := s.build(d, c.X, other, meaning).(type) {
		case nil:
			return nil
		case *ir.Const:
			return &ir.Const{Value: !e.Value, At: c.At}
		default:
			return s.nots.New(ir.Not{X: e, At: e.Span()})
		}
	case *sigma.CondRef:
		return of(s.named(c.Name))
	case *sigma.CondQuant:
		if !c.All && c.Count > 1 {
			return nil
		}
		n := 0
		for _, search := range d.Searches {
			if c.Fits(search.Name.Value) {
				n++
			}
		}
		x := s.exprs.Take(n)[:0]
		for i, search := range d.Searches {
			if c.Fits(search.Name.Value) {
				x = append(x, of(s.at(i, search.Name.Value)))
			}
		}
		return s.joined(x, c.All, c.At)
	default:
		panic(fmt.Sprintf("check: no case for %T", c))
	}
}

// join builds conditions that are all to hold, or of which one is enough.
func (s *searchFacts) join(d *sigma.Detection, x []sigma.Cond, every bool, at source.Span, other *use, meaning ir.Expr) ir.Expr {
	out := s.exprs.Take(len(x))
	for i, c := range x {
		if out[i] = s.build(d, c, other, meaning); out[i] == nil {
			return nil
		}
	}
	return s.joined(out, every, at)
}

// joined is the And of expressions, or the Or. One constant can decide it, and others say nothing.
func (s *searchFacts) joined(x []ir.Expr, every bool, at source.Span) ir.Expr {
	rest := x[:0]
	for _, e := range x {
		c, constant := e.(*ir.Const)
		switch {
		case !constant:
			rest = append(rest, e)
		case c.Value != every:
			return c
		}
	}
	switch {
	case len(rest) == 0:
		return &ir.Const{Value: every, At: at}
	case len(rest) == 1:
		return rest[0]
	case every:
		return s.ands.New(ir.And{X: rest, At: at})
	default:
		return s.ors.New(ir.Or{X: rest, At: at})
	}
}

// with is the condition with a search replaced by a constant, as far as that leaves a question: what the constant decides
// is a constant too.
func (p *Pass) with(u *use, value bool) ir.Expr {
	constant := never
	if value {
		constant = always
	}
	return p.searches().condition(p.Rule.Detection, u, constant)
}

// What a search is replaced with.
var never, always = &ir.Const{Value: false}, &ir.Const{Value: true}

// isConst reports whether an expression is always true or always false because of its constants, such as empty lists.
func isConst(e ir.Expr) bool {
	_, ok := constant(e)
	return ok
}

func constant(e ir.Expr) (value, ok bool) {
	switch e := e.(type) {
	case *ir.Const:
		return e.Value, true
	case *ir.Not:
		value, ok = constant(e.X)
		return !value, ok
	case *ir.Listed:
		return constant(e.X)
	case *ir.And:
		return constants(e.X, false)
	case *ir.Or:
		return constants(e.X, true)
	}
	return false, false
}

// constants is the value of operands of which one with the decisive value is enough.
func constants(x []ir.Expr, decisive bool) (value, ok bool) {
	all := true
	for _, e := range x {
		v, known := constant(e)
		if known && v == decisive {
			return decisive, true
		}
		all = all && known
	}
	return !decisive, all
}
