package lower

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// maxCombinations bounds what "N of" may expand to: the meaning of "3 of 6" is written as the 20 ways to choose three.
const maxCombinations = 1000

// searches is what the words of a condition stand for. What is written twice is one tree.
type searches struct {
	*sigma.Detection
	meaning    []ir.Expr // in the order of the searches
	quantified []quantified
}

type quantified struct {
	*sigma.CondQuant
	meaning ir.Expr
}

// named returns the meaning of a search, nil when there is none of the name.
func (s *searches) named(name string) ir.Expr {
	for i, x := range s.Searches {
		if x.Name.Value == name {
			return s.meaning[i]
		}
	}
	return nil
}

func (l *lowerer) condition(c sigma.Cond, s *searches) ir.Expr {
	switch c := c.(type) {
	case *sigma.CondAnd:
		return l.and(l.conditions(c.X, s), c.At)
	case *sigma.CondOr:
		return l.or(l.conditions(c.X, s), c.At)
	case *sigma.CondNot:
		return l.room.Not(ir.Not{X: l.condition(c.X, s), At: c.At})
	case *sigma.CondRef:
		if e := s.named(c.Name); e != nil {
			return e
		}
		return &ir.Const{At: c.At} // reported by the reader
	case *sigma.CondQuant:
		for _, q := range s.quantified {
			if q.All == c.All && q.Count == c.Count && q.Them == c.Them && q.Pattern == c.Pattern {
				return q.meaning
			}
		}
		e := l.quantified(c, s)
		s.quantified = append(s.quantified, quantified{c, e})
		return e
	default:
		panic(fmt.Sprintf("lower: no case for %T", c))
	}
}

func (l *lowerer) conditions(cs []sigma.Cond, s *searches) []ir.Expr {
	out := l.room.List(len(cs))
	for i, c := range cs {
		out[i] = l.condition(c, s)
	}
	return out
}

func (l *lowerer) quantified(c *sigma.CondQuant, s *searches) ir.Expr {
	n := 0
	for _, search := range s.Searches {
		if c.Fits(search.Name.Value) {
			n++
		}
	}
	x := l.room.List(n)[:0]
	for i, search := range s.Searches {
		if c.Fits(search.Name.Value) {
			x = append(x, s.meaning[i])
		}
	}
	switch {
	case c.All:
		return l.and(x, c.At)
	case c.Count <= 1:
		return l.or(x, c.At)
	case c.Count > len(x):
		return &ir.Const{At: c.At} // reported by the reader
	case c.Count == len(x):
		return l.and(x, c.At)
	}
	if combinations(len(x), c.Count) > maxCombinations {
		l.diags.Errorf("condition/too-many-combinations", c.At,
			"%d of %d searches are more than %d combinations", c.Count, len(x), maxCombinations)
		return &ir.Const{At: c.At}
	}
	or := &ir.Or{At: c.At}
	choose(x, c.Count, nil, func(chosen []ir.Expr) {
		or.X = append(or.X, &ir.And{X: append([]ir.Expr(nil), chosen...), At: c.At})
	})
	return or
}

// combinations is the number of ways to choose k of n, or a number above maxCombinations.
func combinations(n, k int) int {
	k = min(k, n-k)
	c := 1
	for i := 1; i <= k; i++ {
		c = c * (n - k + i) / i
		if c > maxCombinations {
			break
		}
	}
	return c
}

// choose calls each with every choice of k of x, in order.
func choose(x []ir.Expr, k int, chosen []ir.Expr, each func([]ir.Expr)) {
	if k == 0 {
		each(chosen)
		return
	}
	for i := 0; i+k <= len(x); i++ {
		choose(x[i+1:], k-1, append(chosen, x[i]), each)
	}
}
