package ir

import "fmt"

// Simplify returns an expression with the same meaning and less of it: And and Or within their own kind are flattened,
// constants are folded away, a list without values among them and blocks that hold for every array or for none, two
// negations cancel out, and of equal operands the first stays. What occurs in several places of the tree, as a search does
// that a condition names twice, is looked at once; what has been simplified before, not again.
func Simplify(e Expr) Expr {
	s := simplifier{}
	return s.simplify(e)
}

// Replace returns what [Simplify] makes of an expression in which leaf has replaced all that And, Or and Not hold together.
// leaf is asked about all of it, in its order.
func Replace(e Expr, leaf func(Expr) Expr) Expr {
	s := simplifier{leaf: leaf}
	return s.simplify(e)
}

type simplifier struct {
	leaf   func(Expr) Expr // what others than And, Or and Not become; nil for themselves
	done   memo[Expr]      // what an expression with others below it became
	hashes memo[uint64]    // of such ones, see [simplifier.hash]
	field  *Field          // the one whose hash is known, as the values of a list share their field
	hashed uint64
}

func (s *simplifier) simplify(e Expr) Expr {
	if s.leaf != nil {
		return s.replace(e)
	}
	switch e := e.(type) {
	case *And:
		if e.simple {
			return e
		}
	case *Or:
		if e.simple {
			return e
		}
	case *Not:
		if e.simple {
			return e
		}
	case *Each:
		if e.simple {
			return e
		}
	case *Listed:
		if e.simple {
			return e
		}
	default:
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
		x, decisive := s.operands(e.X, false)
		switch {
		case decisive != nil:
			return decisive
		case len(x) == 0:
			return &Const{Value: true, At: e.At}
		case len(x) == 1:
			return x[0]
		}
		return &And{X: x, At: e.At, simple: true}
	case *Or:
		x, decisive := s.operands(e.X, true)
		switch {
		case decisive != nil:
			return decisive
		case len(x) == 0:
			return &Const{Value: false, At: e.At}
		case len(x) == 1:
			return x[0]
		}
		return &Or{X: x, At: e.At, simple: true}
	case *Not:
		switch x := s.simplify(e.X).(type) {
		case *Const:
			return &Const{Value: !x.Value, At: e.At}
		case *Not:
			return x.X
		default:
			return &Not{X: x, At: e.At, simple: true}
		}
	case *Each:
		body := s.simplify(e.Body)
		if c, ok := body.(*Const); ok && (c.Value == (e.Quant == AllOrEmpty)) { // so for an array with members and without
			return &Const{Value: e.Quant == AllOrEmpty || e.Quant == None, At: e.At}
		}
		return &Each{Field: e.Field, Quant: e.Quant, Body: body, At: e.At, simple: true}
	case *Listed:
		x := s.simplify(e.X)
		if _, ok := x.(*Const); ok {
			return x
		}
		out := *e
		out.X, out.simple = x, true
		return &out
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// operands simplifies the operands of an Or (or is true) or an And, and returns the one that decides the whole, if any.
// Operands that stay as they are stay in their own slice.
func (s *simplifier) operands(x []Expr, or bool) (out []Expr, decisive *Const) {
	same := true // up to here out would be x
	for i, e := range x {
		simple := s.simplify(e)
		c, constant := simple.(*Const)
		if constant && c.Value == or {
			if s.leaf == nil {
				return nil, c
			}
			if decisive == nil { // the others are asked about, too
				decisive = c
			}
		}
		inner, nested := chained(simple, or)
		if same && simple == e && !constant && !nested {
			continue
		}
		if same {
			same, out = false, append(make([]Expr, 0, len(x)+len(inner)), x[:i]...)
		}
		switch {
		case nested:
			out = append(out, inner...)
		case !constant:
			out = append(out, simple)
		}
	}
	if decisive != nil {
		return nil, decisive
	}
	if same {
		out = x
	}
	return s.distinct(out), nil
}

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

// few is how many operands are faster compared one with another than looked up in a map.
const few = 32

// distinct leaves out the operands that are equal to an earlier one.
func (s *simplifier) distinct(x []Expr) []Expr {
	var hashes [few]uint64
	var first map[uint64]int // the first operand with a hash, where there are many
	if len(x) > few {
		first = make(map[uint64]int, len(x))
	}
	var out []Expr // nil as long as it would be x
	for i, e := range x {
		again := false
		if h := s.hash(e); first == nil {
			hashes[i] = h
			for j := 0; j < i && !again; j++ {
				again = hashes[j] == h && s.equal(x[j], e)
			}
		} else {
			j, taken := first[h]
			for ; taken && !s.equal(x[j], e); j, taken = first[h] {
				h++ // an unequal one has this number: the next
			}
			if again = taken; !taken {
				first[h] = i
			}
		}
		switch {
		case again && out == nil:
			out = append(make([]Expr, 0, len(x)-1), x[:i]...)
		case !again && out != nil:
			out = append(out, e)
		}
	}
	if out == nil {
		return x
	}
	return out
}
