package ir

import "fmt"

// Simplify returns an expression with the same meaning and less of it: And and Or within their own kind are flattened,
// constants are folded away, a list without values among them and blocks that hold for every array or for none, two
// negations cancel out, and of equal operands the first stays. What occurs in several places of the tree, as a search does
// that a condition names twice, is looked at once; what has been simplified before, not again.
func Simplify(e Expr) Expr { return (*Room)(nil).Simplify(e) }

// SimplifyFresh is [Room.Simplify] for an expression that has one owner, and is the only function that writes into a tree: what
// is simple as it stands is not copied, but marked as simple in its place. Lowering alone may call it, for a rule that it has
// just made and nobody else holds: its searches are part of the same tree, and are not asked about before it returns.
func (r *Room) SimplifyFresh(e Expr) Expr {
	s := simplifier{Room: r, fresh: true, desk: r.takeDesk()}
	defer func() { r.giveBack(s.desk) }()
	return s.simplify(e)
}

// Replace returns what [Simplify] makes of an expression in which leaf has replaced all that And, Or and Not hold together.
// leaf is asked about all of it, in its order.
func Replace(e Expr, leaf func(Expr) Expr) Expr { return (*Room)(nil).Replace(e, leaf) }

// Simplify is [Simplify] with what is new in the room.
func (r *Room) Simplify(e Expr) Expr {
	if done, single := simple(e); single || done != 0 {
		return e
	}
	s := simplifier{Room: r, desk: r.takeDesk()}
	defer func() { r.giveBack(s.desk) }()
	return s.simplify(e)
}

// Replace is [Replace] with what is new in the room.
func (r *Room) Replace(e Expr, leaf func(Expr) Expr) Expr {
	s := simplifier{Room: r, leaf: leaf, desk: r.takeDesk()}
	defer func() { r.giveBack(s.desk) }()
	return s.simplify(e)
}

// simple returns the hash that an expression has when it was simplified, else 0; single says that there is nothing below it to
// simplify.
func simple(e Expr) (h hash, single bool) {
	switch e := e.(type) {
	case *And:
		return e.simple, false
	case *Or:
		return e.simple, false
	case *Not:
		return e.simple, false
	case *Each:
		return e.simple, false
	case *Listed:
		return e.simple, false
	default:
		return 0, true
	}
}

type simplifier struct {
	*Room
	desk
	fresh bool            // see [Room.SimplifyFresh]
	leaf  func(Expr) Expr // what others than And, Or and Not become; nil for themselves
	done  memo[Expr]      // what an expression with others below it became
}

func (s *simplifier) simplify(e Expr) Expr {
	if s.leaf != nil {
		return s.replace(e)
	}
	if done, single := simple(e); single || done != 0 {
		return e
	}
	return s.known(e)
}

func (s *simplifier) replace(e Expr) Expr {
	switch e.(type) {
	case *And, *Or, *Not:
		return s.known(e)
	}
	leaf := s.leaf
	s.leaf = nil
	out := s.simplify(leaf(e))
	s.leaf = leaf
	return out
}

func (s *simplifier) known(e Expr) Expr {
	if out, ok := s.done.get(e); ok {
		return out
	}
	out := s.once(e)
	s.done.put(e, out)
	return out
}

func (s *simplifier) once(e Expr) Expr {
	switch e := e.(type) {
	case *And:
		x, h, decisive := s.operands(e.X, false)
		switch {
		case decisive != nil:
			return decisive
		case len(x) == 0:
			return &Const{Value: true, At: e.At}
		case len(x) == 1:
			return x[0]
		case s.fresh && sameSlice(x, e.X):
			e.simple = h
			return e
		case h == e.simple && sameSlice(x, e.X):
			return e
		}
		return s.And(And{X: x, At: e.At, simple: h})
	case *Or:
		x, h, decisive := s.operands(e.X, true)
		switch {
		case decisive != nil:
			return decisive
		case len(x) == 0:
			return &Const{Value: false, At: e.At}
		case len(x) == 1:
			return x[0]
		case s.fresh && sameSlice(x, e.X):
			e.simple = h
			return e
		case h == e.simple && sameSlice(x, e.X):
			return e
		}
		return s.Or(Or{X: x, At: e.At, simple: h})
	case *Not:
		switch x := s.simplify(e.X).(type) {
		case *Const:
			return &Const{Value: !x.Value, At: e.At}
		case *Not:
			return x.X
		default:
			if x == e.X && e.simple != 0 {
				return e
			}
			return s.Not(Not{X: x, At: e.At, simple: s.hashOf(x).in(ofNot)})
		}
	case *Each:
		body := s.simplify(e.Body)
		if c, ok := body.(*Const); ok && (c.Value == (e.Quant == AllOrEmpty)) { // so for an array with members and without
			return &Const{Value: e.Quant == AllOrEmpty || e.Quant == None, At: e.At}
		}
		return &Each{Field: e.Field, Quant: e.Quant, Body: body, At: e.At, simple: s.hashOf(body).in(s.field(e.Field))}
	case *Listed:
		x := s.simplify(e.X)
		if _, ok := x.(*Const); ok {
			return x
		}
		out := *e
		out.X, out.simple = x, s.hashOf(x).in(textHash(e.List))
		return &out
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// operands simplifies the operands of an Or (or is true) or an And, and returns the hash of the whole, or the operand that
// decides it, if any. Operands that stay as they are stay in their own slice.
func (s *simplifier) operands(x []Expr, or bool) (out []Expr, h hash, decisive *Const) {
	begin, same := len(s.open), true
	for _, e := range x {
		simple := s.simplify(e)
		c, constant := simple.(*Const)
		if constant && c.Value == or {
			if s.leaf == nil {
				s.close(begin)
				return nil, 0, c
			}
			if decisive == nil { // the others are asked about, too
				decisive = c
			}
		}
		inner, nested := chained(simple, or)
		switch {
		case nested:
			same, s.open = false, append(s.open, inner...)
		case constant:
			same = false
		default:
			same, s.open = same && simple == e, append(s.open, simple)
		}
	}
	defer s.close(begin)
	if decisive != nil {
		return nil, 0, decisive
	}
	out, h = s.distinct(s.open[begin:])
	if same && len(out) == len(x) {
		out = x
	} else {
		out = s.list(out)
	}
	if or {
		return out, h.in(ofOr), nil
	}
	return out, h.in(ofAnd), nil
}

// sameSlice reports whether two lists of operands are one.
func sameSlice(x, y []Expr) bool { return len(x) == len(y) && &x[0] == &y[0] }

// chained gives the operands of an Or, or of an And.
func chained(e Expr, or bool) ([]Expr, bool) {
	switch e := e.(type) {
	case *Or:
		return e.X, or
	case *And:
		return e.X, !or
	}
	return nil, false
}
