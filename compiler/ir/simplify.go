package ir

import "fmt"

// Simplify returns an expression with the same meaning and less of it: And and Or within their own kind are flattened,
// constants are folded away, two negations cancel out, and of equal operands the first stays.
func Simplify(e Expr) Expr {
	switch e := e.(type) {
	case *And:
		x, done := operands(e.X, false)
		switch {
		case done:
			return &Const{Value: false, At: e.At}
		case len(x) == 0:
			return &Const{Value: true, At: e.At}
		case len(x) == 1:
			return x[0]
		}
		return &And{X: x, At: e.At}
	case *Or:
		x, done := operands(e.X, true)
		switch {
		case done:
			return &Const{Value: true, At: e.At}
		case len(x) == 0:
			return &Const{Value: false, At: e.At}
		case len(x) == 1:
			return x[0]
		}
		return &Or{X: x, At: e.At}
	case *Not:
		switch x := Simplify(e.X).(type) {
		case *Const:
			return &Const{Value: !x.Value, At: e.At}
		case *Not:
			return x.X
		default:
			return &Not{X: x, At: e.At}
		}
	case *Each:
		return &Each{Field: e.Field, Quant: e.Quant, Body: Simplify(e.Body), At: e.At}
	case *Const, *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword:
		return e
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// operands simplifies the operands of an Or (or is true) or an And. done means that one of them decides the whole.
func operands(x []Expr, or bool) (out []Expr, done bool) {
	seen := make(map[string]bool, len(x))
	var add func(x []Expr) bool
	add = func(x []Expr) bool {
		for _, e := range x {
			e = Simplify(e)
			switch e := e.(type) {
			case *Const:
				if e.Value == or {
					return true
				}
				continue
			case *Or:
				if or {
					if add(e.X) {
						return true
					}
					continue
				}
			case *And:
				if !or {
					if add(e.X) {
						return true
					}
					continue
				}
			}
			if key := String(e); !seen[key] {
				seen[key] = true
				out = append(out, e)
			}
		}
		return false
	}
	done = add(x)
	return out, done
}
