package check

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// searchFacts is how the condition uses the searches of a rule.
type searchFacts struct {
	meaning            map[string]ir.Expr
	positive, negative map[string]bool // searches that stand so in the condition
	whole              ir.Expr         // the condition; nil when it is not one that can be built again
	satisfiable        ir.Answer       // of the condition
}

// maxLogic is how many searches a rule can have for each of them to be tried.
const maxLogic = 16

// searches returns what is known of the searches; nil when the rule has no meaning.
func (p *Pass) searches() *searchFacts {
	if p.search != nil {
		return p.search
	}
	if p.Rule == nil || p.Meaning == nil {
		return nil
	}
	s := &searchFacts{meaning: map[string]ir.Expr{}, positive: map[string]bool{}, negative: map[string]bool{}}
	for _, x := range p.Meaning.Searches {
		s.meaning[x.Name] = x.Expr
	}
	for _, c := range p.Rule.Detection.Conditions {
		s.polarity(p.Rule.Detection, c.Expr, false)
	}
	s.whole = s.condition(p.Rule.Detection, func(search string) ir.Expr { return s.meaning[search] })
	if s.whole != nil {
		s.satisfiable = p.proof().Satisfiable(s.whole)
	}
	p.search = s
	return s
}

func (s *searchFacts) polarity(d *sigma.Detection, c sigma.Cond, negated bool) {
	note := func(name string) {
		if negated {
			s.negative[name] = true
		} else {
			s.positive[name] = true
		}
	}
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
		note(c.Name)
	case *sigma.CondQuant:
		for _, x := range c.Searches(d) {
			note(x.Name.Value)
		}
	default:
		panic(fmt.Sprintf("check: no case for %T", c))
	}
}

// condition builds the condition of a rule from the meaning of its searches; nil when it counts them.
func (s *searchFacts) condition(d *sigma.Detection, meaning func(search string) ir.Expr) ir.Expr {
	x := make([]ir.Expr, 0, len(d.Conditions))
	for _, c := range d.Conditions {
		e := s.build(d, c.Expr, meaning)
		if e == nil {
			return nil
		}
		x = append(x, e)
	}
	return joined(x, false, d.At)
}

func (s *searchFacts) build(d *sigma.Detection, c sigma.Cond, meaning func(search string) ir.Expr) ir.Expr {
	switch c := c.(type) {
	case *sigma.CondAnd:
		return s.join(d, c.X, true, c.At, meaning)
	case *sigma.CondOr:
		return s.join(d, c.X, false, c.At, meaning)
	case *sigma.CondNot:
		switch e := s.build(d, c.X, meaning).(type) {
		case nil:
			return nil
		case *ir.Const:
			return &ir.Const{Value: !e.Value, At: c.At}
		default:
			return not(e)
		}
	case *sigma.CondRef:
		return meaning(c.Name)
	case *sigma.CondQuant:
		if !c.All && c.Count > 1 {
			return nil
		}
		found := c.Searches(d)
		x := make([]ir.Expr, 0, len(found))
		for _, search := range found {
			x = append(x, meaning(search.Name.Value))
		}
		return joined(x, c.All, c.At)
	default:
		panic(fmt.Sprintf("check: no case for %T", c))
	}
}

// join builds conditions that are all to hold, or of which one is enough.
func (s *searchFacts) join(d *sigma.Detection, x []sigma.Cond, every bool, at source.Span, meaning func(search string) ir.Expr) ir.Expr {
	out := make([]ir.Expr, 0, len(x))
	for _, c := range x {
		e := s.build(d, c, meaning)
		if e == nil {
			return nil
		}
		out = append(out, e)
	}
	return joined(out, every, at)
}

// joined is the And of expressions, or the Or. One constant can decide it, and others say nothing.
func joined(x []ir.Expr, every bool, at source.Span) ir.Expr {
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
		return &ir.And{X: rest, At: at}
	default:
		return &ir.Or{X: rest, At: at}
	}
}

// with is the condition with a search replaced by a constant, as far as that leaves a question: what the constant decides
// is a constant too.
func (p *Pass) with(s *searchFacts, name string, value bool) ir.Expr {
	replaced := ir.Expr(&ir.Const{Value: value})
	return s.condition(p.Rule.Detection, func(search string) ir.Expr {
		if search == name {
			return replaced
		}
		return s.meaning[search]
	})
}

func not(e ir.Expr) ir.Expr { return &ir.Not{X: e, At: e.Span()} }

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
