package ir

import (
	"fmt"
	"strconv"
)

// Simplify returns an expression with the same meaning and less of it: And and Or within their own kind are flattened,
// constants are folded away, a list without values among them and blocks that hold for every array or for none, two
// negations cancel out, and of equal operands the first stays. What occurs in several places of the tree, as a search does
// that a condition names twice, is looked at once.
func Simplify(e Expr) Expr {
	s := simplifier{done: map[Expr]Expr{}, ids: map[Expr]int{}, texts: map[string]int{}}
	return s.simplify(e)
}

type simplifier struct {
	done  map[Expr]Expr  // what an expression became
	ids   map[Expr]int   // of what simplify has returned: equal ids mean equal expressions
	texts map[string]int // the id of each text, see [simplifier.id]
}

func (s *simplifier) simplify(e Expr) Expr {
	if out, ok := s.done[e]; ok {
		return out
	}
	out := s.once(e)
	s.done[e] = out
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
		return &And{X: x, At: e.At}
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
		return &Or{X: x, At: e.At}
	case *Not:
		switch x := s.simplify(e.X).(type) {
		case *Const:
			return &Const{Value: !x.Value, At: e.At}
		case *Not:
			return x.X
		default:
			return &Not{X: x, At: e.At}
		}
	case *Each:
		body := s.simplify(e.Body)
		if c, ok := body.(*Const); ok && (c.Value == (e.Quant == AllOrEmpty)) { // so for an array with members and without
			return &Const{Value: e.Quant == AllOrEmpty || e.Quant == None, At: e.At}
		}
		return &Each{Field: e.Field, Quant: e.Quant, Body: body, At: e.At}
	case *Listed:
		x := s.simplify(e.X)
		if _, ok := x.(*Const); ok {
			return x
		}
		out := *e
		out.X = x
		return &out
	case *Const, *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword, *Within:
		return e
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// operands simplifies the operands of an Or (or is true) or an And, and returns the one that decides the whole, if any.
func (s *simplifier) operands(x []Expr, or bool) (out []Expr, decisive *Const) {
	var flat []Expr
	for _, e := range x {
		switch e := s.simplify(e).(type) {
		case *Const:
			if e.Value == or {
				return nil, e
			}
		case *Or:
			if or {
				flat = append(flat, e.X...)
			} else {
				flat = append(flat, e)
			}
		case *And:
			if or {
				flat = append(flat, e)
			} else {
				flat = append(flat, e.X...)
			}
		default:
			flat = append(flat, e)
		}
	}
	if len(flat) < 2 {
		return flat, nil
	}
	seen := make(map[int]bool, len(flat))
	for _, e := range flat {
		if id := s.id(e); !seen[id] {
			seen[id] = true
			out = append(out, e)
		}
	}
	return out, nil
}

// id returns the number of a simplified expression: the same for equal ones. Of an expression with operands it is made
// from their numbers, so that no part of a deep tree is written out twice.
func (s *simplifier) id(e Expr) int {
	if id, ok := s.ids[e]; ok {
		return id
	}
	var key []byte
	switch e := e.(type) {
	case *And:
		key = s.join("and", e.X)
	case *Or:
		key = s.join("or", e.X)
	case *Not:
		key = s.join("not", []Expr{e.X})
	case *Each:
		key = s.join("each "+e.Quant.String()+" "+e.Field.String(), []Expr{e.Body})
	default:
		key = []byte(String(e))
	}
	id, ok := s.texts[string(key)]
	if !ok {
		id = len(s.texts)
		s.texts[string(key)] = id
	}
	s.ids[e] = id
	return id
}

func (s *simplifier) join(op string, x []Expr) []byte {
	key := []byte(op)
	for _, e := range x {
		key = strconv.AppendInt(append(key, ' '), int64(s.id(e)), 10)
	}
	return key
}
