package ir

import (
	"fmt"
	"slices"
)

// Prover finds out whether a condition can hold at all. It knows how comparisons of one field with constants depend on
// each other, and takes everything else for independent: a No is proven, a Yes may be too hopeful.
type Prover struct {
	// Scalar reports whether a field has at most one value in an event. Of a field that may have several, two different
	// values can be found in one event. Nil means that all may.
	Scalar func(*Field) bool

	literals map[Expr]*literal
	made     []literal      // in one go, as a rule has many
	fresh    []literal      // those of them that are still free
	last     *literal       // the last Like
	fields   map[string]int // the places of fields in known
	known    []known        // what is taken to hold of each field while a question is looked at
	branch   branch
	budget   int
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

// maxKept is how many literals a prover may have known for its memory to be worth using again.
const maxKept = 4096

// Reset makes a prover forget the expressions that it knows, and answer questions about others, of whose fields scalar
// tells. It goes on in the same memory.
func (p *Prover) Reset(scalar func(*Field) bool) {
	if len(p.literals) > maxKept {
		*p = Prover{}
	}
	clear(p.literals)
	clear(p.fields)
	p.Scalar, p.fresh, p.last, p.known = scalar, p.made, nil, p.known[:0]
}

// Satisfiable reports whether an event can satisfy the condition.
func (p *Prover) Satisfiable(e Expr) Answer {
	p.branch.goals = append(p.branch.goals, goal{e, false})
	return p.answer()
}

// Without reports whether an event can satisfy all of the conditions, but not the first.
func (p *Prover) Without(not Expr, conditions ...Expr) Answer {
	for _, e := range conditions {
		p.branch.goals = append(p.branch.goals, goal{e, false})
	}
	p.branch.goals = append(p.branch.goals, goal{not, true})
	return p.answer()
}

// answer says whether all goals of the branch can hold.
func (p *Prover) answer() Answer {
	if p.literals == nil {
		p.literals, p.fields = map[Expr]*literal{}, map[string]int{}
	}
	p.budget = maxProof
	b := &p.branch
	b.prover = p
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

// Valid reports whether every event satisfies the condition.
func (p *Prover) Valid(e Expr) bool { return p.Without(e) == No }

// Implies reports whether every event that satisfies a satisfies b too.
func (p *Prover) Implies(a, b Expr) bool { return p.Without(b, a) == No }

// goal is an expression that is to hold, or with neg not to hold.
type goal struct {
	e   Expr
	neg bool
}

// literal is an expression that has no parts.
type literal struct {
	e      Expr
	key    string // see [literal.equals]
	field  string // "" when the expression is not about the value of one field
	place  int    // of the field in what is known
	scalar bool
	likeness
}

// equals reports whether two literals are written alike. It is not asked of two Likes of a simple shape, whose equals imply
// each other.
func (l *literal) equals(m *literal) bool {
	if l.simple || m.simple {
		return l == m
	}
	if l.key == "" {
		l.key = String(l.e)
	}
	if m.key == "" {
		m.key = String(m.e)
	}
	return l.key == m.key
}

// likeness is the pattern of a Like, looked at once.
type likeness struct {
	shape  Shape
	text   string // the literal text of the shape
	small  string // the same in one case, once it is asked for
	cased  bool
	simple bool // the pattern has another shape than General
}

// folded is the literal text without the case of its letters.
func (l *likeness) folded() string {
	if l.small == "" {
		l.small = fold(l.text)
	}
	return l.small
}

// branch is a set of literals that are taken to hold, or not to hold, together, as in a proof by tableaux.
type branch struct {
	prover *Prover
	trail  []signed

	// What is left to be looked at, each step of the search above the one that it goes on from.
	goals   []goal
	choices []goal // of which one part is enough
}

type known struct{ holds, fails []*literal }

type signed struct {
	*literal
	neg bool
}

// solve reports whether the goals from base on can hold together with what is known and with the choices from one place to
// another, but for the one that the goal is a part of. What it adds to what is known stays when it succeeds.
func (b *branch) solve(base, from, to, but int) bool {
	mark, own := len(b.trail), len(b.choices)
	if from < to { // other parts of the search go on from the same choices: this one has a copy to add its own to
		b.choices = append(append(b.choices, b.choices[from:but]...), b.choices[but+1:to]...)
	}
	fail := func() bool {
		b.goals, b.choices = b.goals[:base], b.choices[:own]
		b.undo(mark)
		return false
	}
	for len(b.goals) > base {
		g := b.goals[len(b.goals)-1]
		b.goals = b.goals[:len(b.goals)-1]
		switch e := g.e.(type) {
		case *Not:
			b.goals = append(b.goals, goal{e.X, !g.neg})
		case *Listed:
			b.goals = append(b.goals, goal{e.X, g.neg})
		case *Const:
			if e.Value == g.neg {
				return fail()
			}
		case *And:
			b.parts(e.X, g, g.neg)
		case *Or:
			b.parts(e.X, g, !g.neg)
		case *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword, *Each, *Within:
			if !b.add(signed{b.prover.literal(e), g.neg}) {
				return fail()
			}
		default:
			panic(fmt.Sprintf("ir: no case for %T", e))
		}
	}
	return b.choose(own) || fail()
}

// parts adds the parts of an And or Or to the goals, or the whole to the choices when one part is enough.
func (b *branch) parts(x []Expr, g goal, one bool) {
	if one && len(x) != 1 {
		b.choices = append(b.choices, g)
		return
	}
	for _, e := range x {
		b.goals = append(b.goals, goal{e, g.neg})
	}
}

// choose tries the parts of the choice that has the fewest of them.
func (b *branch) choose(from int) bool {
	to := len(b.choices)
	if from == to {
		return true
	}
	least, fewest := from, len(operandsOf(b.choices[from].e))
	for i := from + 1; i < to; i++ {
		if n := len(operandsOf(b.choices[i].e)); n < fewest {
			least, fewest = i, n
		}
	}
	g := b.choices[least]
	for _, e := range slices.Backward(operandsOf(g.e)) { // what a rule excludes stands last, and leaves most room
		if b.prover.budget--; b.prover.budget <= 0 {
			return false
		}
		if slices.Contains(b.choices[from:to], goal{e, !g.neg}) {
			continue // its opposite is to hold too
		}
		base := len(b.goals)
		b.goals = append(b.goals, goal{e, g.neg})
		if b.solve(base, from, to, least) {
			return true
		}
	}
	return false
}

func operandsOf(e Expr) []Expr {
	switch e := e.(type) {
	case *And:
		return e.X
	case *Or:
		return e.X
	default:
		panic(fmt.Sprintf("ir: no operands of %T", e))
	}
}

// add takes a literal to hold, or with neg not to hold, and reports whether it can beside those that are known.
func (b *branch) add(l signed) bool {
	k := &b.prover.known[l.place]
	if l.neg {
		b.prover.budget -= len(k.holds)
		for _, h := range k.holds {
			if h.implies(l.literal) {
				return false
			}
		}
		if isNullTest(l.e) || isExistsTest(l.e) { // what is neither null nor there
			for _, f := range k.fails {
				if isNullTest(f.e) != isNullTest(l.e) && isExistsTest(f.e) != isExistsTest(l.e) && l.field != "" {
					return false
				}
			}
		}
		k.fails = append(k.fails, l.literal)
	} else {
		b.prover.budget -= len(k.holds) + len(k.fails)
		for _, f := range k.fails {
			if l.implies(f) {
				return false
			}
		}
		for _, h := range k.holds {
			if l.excludes(h) {
				return false
			}
		}
		k.holds = append(k.holds, l.literal)
	}
	b.trail = append(b.trail, l)
	return b.prover.budget > 0
}

func (b *branch) undo(mark int) {
	for _, l := range b.trail[mark:] {
		k := &b.prover.known[l.place]
		if l.neg {
			k.fails = k.fails[:len(k.fails)-1]
		} else {
			k.holds = k.holds[:len(k.holds)-1]
		}
	}
	b.trail = b.trail[:mark]
}

func (p *Prover) literal(e Expr) *literal {
	if l, ok := p.literals[e]; ok {
		return l
	}
	if len(p.fresh) == 0 {
		p.made = make([]literal, min(64, 8+len(p.literals)))
		p.fresh = p.made
	}
	l := &p.fresh[0]
	p.fresh = p.fresh[1:]
	*l = literal{e: e}
	if like, ok := e.(*Like); ok && p.last != nil && p.last.e.(*Like).Field == like.Field {
		l.field, l.place, l.scalar = p.last.field, p.last.place, p.last.scalar // most values follow one of the same field
	} else {
		p.about(l)
	}
	if like, ok := e.(*Like); ok && l.field != "" {
		shape, text := like.Pattern.Shape()
		l.likeness = likeness{shape: shape, text: text, cased: like.Pattern.Cased, simple: shape != General}
	}
	if _, ok := e.(*Like); ok {
		p.last = l
	}
	p.literals[e] = l
	return l
}

// about finds the field that a literal is about.
func (p *Prover) about(l *literal) {
	if f, other := FieldsOf(l.e); f != nil && other == nil {
		if _, each := l.e.(*Each); !each {
			l.field = f.Name
			if len(f.Segments) != 1 || f.Segments[0].Indexed {
				l.field = f.String()
			}
			l.scalar = p.Scalar != nil && p.Scalar(f)
		}
	}
	place, ok := p.fields[l.field]
	if !ok {
		place = len(p.known)
		p.fields[l.field] = place
		if place < cap(p.known) {
			p.known = p.known[:place+1] // what it had room for is empty
		} else {
			p.known = append(p.known, known{})
		}
	}
	l.place = place
}
