package ir

import "slices"

// branch is a set of literals that are taken to hold, or not to hold, together, as in a proof by tableaux.
type branch struct {
	prover *Prover
	trail  []Formula // the literals

	// What is left to be looked at, each step of the search above the one that it goes on from.
	goals   []Formula
	choices []Formula // of which one part is enough
}

// known is what a branch takes to hold of one field, and not to hold.
type known struct{ holds, fails []*literal }

// solve reports whether the goals from base on can hold together with what is known and with the choices from one place to
// another, but for the one that the goal is a part of. What it adds to what is known stays when it succeeds.
func (b *branch) solve(base, from, to, but int) bool {
	mark, own := len(b.trail), len(b.choices)
	if from < to { // other parts of the search go on from the same choices: this one has a copy to add its own to
		b.choices = append(append(b.choices, b.choices[from:but]...), b.choices[but+1:to]...)
	}
	if b.reach(base) && b.choose(own) {
		return true
	}
	b.goals, b.choices = b.goals[:base], b.choices[:own]
	b.undo(mark)
	return false
}

// reach takes the goals from base on to hold, and reports whether they can. Where one part of a goal is enough, that is a
// choice for later.
func (b *branch) reach(base int) bool {
	for len(b.goals) > base {
		g := b.goals[len(b.goals)-1]
		b.goals = b.goals[:len(b.goals)-1]
		switch {
		case g.literal != nil:
			if !b.add(g) {
				return false
			}
		case g.set == nil:
			if g.neg {
				return false
			}
		case g.set.any != g.neg:
			b.choices = append(b.choices, g)
		default:
			for _, f := range g.set.x {
				f.neg = f.neg != g.neg
				if f.literal == nil {
					b.goals = append(b.goals, f)
				} else if !b.add(f) {
					return false
				}
			}
		}
	}
	return true
}

// choose tries the parts of the choice that has the fewest of them.
func (b *branch) choose(from int) bool {
	to := len(b.choices)
	if from == to {
		return true
	}
	least := from
	for i := from + 1; i < to; i++ {
		if len(b.choices[i].set.x) < len(b.choices[least].set.x) {
			least = i
		}
	}
	g := b.choices[least]
	for _, f := range slices.Backward(g.set.x) { // what a rule excludes stands last, and leaves most room
		f.neg = f.neg != g.neg
		if b.prover.budget--; b.prover.budget <= 0 {
			return false
		}
		if f.set != nil && slices.Contains(b.choices[from:to], f.Not()) {
			continue // its opposite is to hold too
		}
		base := len(b.goals)
		b.goals = append(b.goals, f)
		if b.solve(base, from, to, least) {
			return true
		}
	}
	return false
}

// add takes a literal to hold, or not to hold, and reports whether it can beside those that are known.
func (b *branch) add(f Formula) bool {
	l := f.literal
	k := &b.prover.known[l.place]
	if f.neg {
		b.prover.budget -= len(k.holds)
		for _, h := range k.holds {
			if h.implies(l) {
				return false
			}
		}
		if l.kind == nullLiteral || l.kind == existsLiteral { // what is neither null nor there
			for _, other := range k.fails {
				if (other.kind == nullLiteral || other.kind == existsLiteral) && other.kind != l.kind && l.field {
					return false
				}
			}
		}
		k.fails = append(k.fails, l)
	} else {
		b.prover.budget -= len(k.holds) + len(k.fails)
		for _, other := range k.fails {
			if l.implies(other) {
				return false
			}
		}
		for _, h := range k.holds {
			if l.excludes(h) {
				return false
			}
		}
		k.holds = append(k.holds, l)
	}
	b.trail = append(b.trail, f)
	return b.prover.budget > 0
}

// undo takes back what was added since the trail was of a length.
func (b *branch) undo(mark int) {
	for _, f := range b.trail[mark:] {
		k := &b.prover.known[f.literal.place]
		if f.neg {
			k.fails = k.fails[:len(k.fails)-1]
		} else {
			k.holds = k.holds[:len(k.holds)-1]
		}
	}
	b.trail = b.trail[:mark]
}
