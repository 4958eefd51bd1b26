package check

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/slab"
)

// searchFacts is how the condition of a rule uses its searches.
type searchFacts struct {
	uses        []use
	built       bool       // the condition is one that can be built again: it does not count searches
	whole       ir.Formula // the condition, when it is built
	satisfiable ir.Answer  // of the condition
	empty       bool       // an event without any field satisfies the condition

	condition clause
	clauses   slab.Of[clause]
	operands  []ir.Formula // of those clauses that are being built
}

// clause is a part of a condition, in which searches have their places among the uses.
type clause struct {
	search   int // its place; -1 when the clause has parts
	parts    []clause
	all, not bool // all of the parts are to hold, rather than one; the clause is not to hold
}

// use is a search, and whether it stands in the condition, and there under a "not".
type use struct {
	ir.Search
	formula            ir.Formula // what it means
	positive, negative bool
}

// isConst reports whether the search holds for every event or for none because of its constants, such as empty lists.
func (u *use) isConst() bool {
	_, ok := u.formula.Const()
	return ok
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

// empty is an event without any field.
var empty = ir.Event{}

// reset forgets the rule before, in the room of whose facts those of the next are found.
func (s *searchFacts) reset() {
	s.clauses.Reset()
	*s = searchFacts{uses: s.uses[:0], clauses: s.clauses, operands: s.operands[:0]}
}

// about finds the facts about the searches of a rule that has a meaning.
func (s *searchFacts) about(p *Pass, proof *ir.Prover) {
	for _, x := range p.Meaning.Searches {
		s.uses = append(s.uses, use{Search: x, formula: proof.Read(x.Expr)})
	}
	d := p.Rule.Detection
	s.condition, s.built = clause{search: -1, parts: s.clauses.Take(len(d.Conditions))}, true
	for i, c := range d.Conditions {
		s.condition.parts[i] = s.clause(d, c.Expr, false)
	}
	if s.built {
		s.whole = s.formula(proof, &s.condition, -1, ir.Formula{})
		s.satisfiable, s.empty = proof.Satisfiable(s.whole), s.whole.Holds(empty)
	}
}

// at returns the place of the search of a name among the uses; -1 when it has none. It is mostly that of the same number:
// pipelines only add to those that are written.
func (s *searchFacts) at(i int, name string) int {
	if i < len(s.uses) && s.uses[i].Name == name {
		return i
	}
	for i := range s.uses {
		if s.uses[i].Name == name {
			return i
		}
	}
	return -1
}

// selecting is how many searches are asked for somewhere, and excluding how many are excluded.
func (s *searchFacts) selecting() (n int) {
	for i := range s.uses {
		if s.uses[i].positive {
			n++
		}
	}
	return n
}

func (s *searchFacts) excluding() (n int) {
	for i := range s.uses {
		if s.uses[i].negative {
			n++
		}
	}
	return n
}

// clause reads a part of the condition, and notes of the searches in it whether they are under a "not".
func (s *searchFacts) clause(d *sigma.Detection, c sigma.Cond, negated bool) clause {
	switch c := c.(type) {
	case *sigma.CondAnd:
		return s.join(d, c.X, true, negated)
	case *sigma.CondOr:
		return s.join(d, c.X, false, negated)
	case *sigma.CondNot:
		out := s.clause(d, c.X, !negated)
		out.not = !out.not
		return out
	case *sigma.CondRef:
		return s.search(0, c.Name, negated)
	case *sigma.CondQuant:
		s.built = s.built && (c.All || c.Count <= 1)
		parts := s.clauses.Take(len(d.Searches))[:0]
		for i, x := range d.Searches {
			if c.Fits(x.Name.Value) {
				parts = append(parts, s.search(i, x.Name.Value, negated))
			}
		}
		return clause{search: -1, parts: parts, all: c.All}
	default:
		panic(fmt.Sprintf("check: no case for %T", c))
	}
}

func (s *searchFacts) join(d *sigma.Detection, x []sigma.Cond, all, negated bool) clause {
	out := clause{search: -1, parts: s.clauses.Take(len(x)), all: all}
	for i, c := range x {
		out.parts[i] = s.clause(d, c, negated)
	}
	return out
}

func (s *searchFacts) search(i int, name string, negated bool) clause {
	i = s.at(i, name)
	if i < 0 {
		s.built = false
		return clause{search: -1}
	}
	u := &s.uses[i]
	u.negative = u.negative || negated
	u.positive = u.positive || !negated
	return clause{search: i}
}

// formula builds a part of the condition from the meaning of its searches, of which one has another.
func (s *searchFacts) formula(proof *ir.Prover, c *clause, other int, meaning ir.Formula) ir.Formula {
	var out ir.Formula
	switch {
	case c.search >= 0 && c.search == other:
		out = meaning
	case c.search >= 0:
		out = s.uses[c.search].formula
	default:
		from := len(s.operands)
		for i := range c.parts {
			s.operands = append(s.operands, s.formula(proof, &c.parts[i], other, meaning))
		}
		if x := s.operands[from:]; c.all {
			out = proof.All(x...)
		} else {
			out = proof.Any(x...)
		}
		s.operands = s.operands[:from]
	}
	if c.not {
		return out.Not()
	}
	return out
}

// with is the condition with a search, the place of which is given, replaced by a constant.
func (p *Pass) with(search int, value bool) ir.Formula {
	s := p.searches()
	return s.formula(p.proof(), &s.condition, search, ir.Always(value))
}
