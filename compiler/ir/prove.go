package ir

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/slab"
)

// Prover finds out whether a condition can hold at all. It knows how comparisons of one field with constants depend on
// each other, and takes everything else for independent: a No is proven, a Yes may be too hopeful.
//
// It looks at formulas: [Prover.Read] makes one of a condition, once for all questions about it.
type Prover struct {
	// Scalar reports whether a field has at most one value in an event. Of a field that may have several, two different
	// values can be found in one event. Nil means that all may.
	Scalar func(*Field) bool

	literals slab.Of[literal]
	sets     slab.Of[set]
	parts    slab.Of[Formula]
	texts    []byte // of the literals, in one case

	read   memo[Formula]  // of what stands in several places of a condition
	fields map[string]int // the places of fields in known
	field  *Field         // the one that was read last, as most values follow one of the same field,
	place  int            // its place,
	single bool           // and whether it has one value
	known  []known        // what is taken to hold of each field while a question is looked at
	branch branch
	budget int
}

// Answer is what a [Prover] knows.
type Answer int

const (
	Unknown Answer = iota // the condition is too large to be looked at
	Yes
	No
)

// maxProof bounds the comparisons of one question, so that a hostile rule cannot make the proof take long.
const maxProof = 20_000

// How much a prover may have known for its memory to be worth using again: a map is emptied as slowly as it was large.
const (
	maxFields = 64
	maxTexts  = 1 << 16
)

// Reset makes a prover forget all formulas, to read others in the same memory.
func (p *Prover) Reset() {
	if len(p.fields) > maxFields || len(p.texts) > maxTexts {
		*p = Prover{Scalar: p.Scalar}
	}
	p.literals.Reset()
	p.sets.Reset()
	p.parts.Reset()
	p.texts, p.read = p.texts[:0], memo[Formula]{}
	clear(p.fields)
	p.field, p.known = nil, p.known[:0]
}

// Satisfiable reports whether an event can satisfy all of the formulas.
func (p *Prover) Satisfiable(all ...Formula) Answer {
	p.budget = maxProof
	b := &p.branch
	b.prover = p
	b.goals = append(b.goals, all...)
	found := b.solve(0, 0, 0, 0)
	b.undo(0)
	b.goals, b.choices = b.goals[:0], b.choices[:0]
	switch {
	case p.budget <= 0:
		return Unknown
	case found:
		return Yes
	default:
		return No
	}
}

// Valid reports whether every event satisfies the formula.
func (p *Prover) Valid(f Formula) bool { return p.Satisfiable(f.Not()) == No }

// Implies reports whether every event that satisfies a satisfies b too.
func (p *Prover) Implies(a, b Formula) bool { return p.Satisfiable(a, b.Not()) == No }

// Formula is a condition as a [Prover] reads it: good until the prover is reset. The zero Formula always holds.
type Formula struct {
	literal *literal // of one comparison
	set     *set     // of several
	neg     bool     // it is not to hold
}

// set is formulas that all hold, or of which one does. It has two or more, and none is a constant.
type set struct {
	x   []Formula
	any bool
	imprint
}

// Apart reports whether two formulas are about different fields: an event can satisfy both when one can satisfy each. Of many
// fields it is not sure.
func (f Formula) Apart(g Formula) bool { return f.imprint().fields&g.imprint().fields == 0 }

// imprint is what formulas of the same comparisons have in common, in whatever order and however often these stand there.
type imprint struct {
	pairs       uint64 // of all texts
	least, most hash
	fields      uint64 // a bit for each
}

// Imprint is a number that formulas share when the texts of their conditions are the same to [Canonical]. Others mostly have
// another one: it is made of the comparisons, and not of what joins them.
func (f Formula) Imprint() uint64 {
	i := f.imprint()
	return uint64(hash(i.pairs).in(i.least).in(i.most))
}

func (f Formula) imprint() imprint {
	switch {
	case f.literal != nil:
		return imprint{f.literal.pairs, f.literal.hash, f.literal.hash, 1 << (f.literal.place & 63)}
	case f.set != nil:
		return f.set.imprint
	}
	return imprint{}
}

// Always is the formula that every event satisfies.
func Always(value bool) Formula { return Formula{neg: !value} }

// Not returns the formula that holds when f does not.
func (f Formula) Not() Formula {
	f.neg = !f.neg
	return f
}

// Const returns whether the formula holds, when that depends on no event.
func (f Formula) Const() (value, ok bool) {
	return !f.neg, f.literal == nil && f.set == nil
}

// Holds reports whether an event satisfies the formula.
func (f Formula) Holds(event Event) bool {
	switch {
	case f.literal != nil:
		return Eval(f.literal.e, event) != f.neg
	case f.set == nil:
		return !f.neg
	}
	for _, x := range f.set.x {
		if x.Holds(event) == f.set.any {
			return f.set.any != f.neg
		}
	}
	return f.set.any == f.neg
}

// All returns the formula that holds when all of x do.
func (p *Prover) All(x ...Formula) Formula { return p.join(p.copy(x), false) }

// Any returns the formula that holds when one of x does.
func (p *Prover) Any(x ...Formula) Formula { return p.join(p.copy(x), true) }

func (p *Prover) copy(x []Formula) []Formula {
	out := p.parts.Take(len(x))
	copy(out, x)
	return out
}

// join makes a set of formulas, in whose place it does so. One constant can decide it, and others say nothing.
func (p *Prover) join(x []Formula, one bool) Formula {
	rest := x[:0]
	for _, f := range x {
		value, constant := f.Const()
		switch {
		case !constant:
			rest = append(rest, f)
		case value == one:
			return f
		}
	}
	switch len(rest) {
	case 0:
		return Always(!one)
	case 1:
		return rest[0]
	}
	i := rest[0].imprint()
	for _, f := range rest[1:] {
		other := f.imprint()
		i = imprint{i.pairs | other.pairs, min(i.least, other.least), max(i.most, other.most), i.fields | other.fields}
	}
	return Formula{set: p.sets.New(set{rest, one, i})}
}

// Read returns the formula of a condition.
func (p *Prover) Read(e Expr) Formula {
	switch e := e.(type) {
	case *Not:
		return p.Read(e.X).Not()
	case *Listed:
		return p.Read(e.X)
	case *Const:
		return Always(e.Value)
	case *And:
		return p.readSet(e, e.X, false)
	case *Or:
		return p.readSet(e, e.X, true)
	case *Like:
		return Formula{literal: p.like(e)}
	case *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword, *Each, *Within:
		return Formula{literal: p.literal(e)}
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func (p *Prover) readSet(e Expr, operands []Expr, one bool) Formula {
	if f, ok := p.read.get(e); ok {
		return f
	}
	x := p.parts.Take(len(operands))
	for i, e := range operands {
		x[i] = p.Read(e)
	}
	f := p.join(x, one)
	p.read.put(e, f)
	return f
}
