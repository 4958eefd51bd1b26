package lower

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// maxCombinations bounds what "N of" may expand to: the meaning of "3 of 6" is written as the 20 ways to choose three.
const maxCombinations = 1000

// searches is what the words of a condition stand for. What is written twice is one tree.
type searches struct {
	*sigma.Detection
	meaning    map[string]ir.Expr
	quantified map[sigma.CondQuant]ir.Expr // without their places
}

func (l *lowerer) condition(c sigma.Cond, s searches) ir.Expr {
	switch c := c.(type) {
	case *sigma.CondAnd:
		and := &ir.And{At: c.At}
		for _, x := range c.X {
			and.X = append(and.X, l.condition(x, s))
		}
		return and
	case *sigma.CondOr:
		or := &ir.Or{At: c.At}
		for _, x := range c.X {
			or.X = append(or.X, l.condition(x, s))
		}
		return or
	case *sigma.CondNot:
		return &ir.Not{X: l.condition(c.X, s), At: c.At}
	case *sigma.CondRef:
		if e, ok := s.meaning[c.Name]; ok {
			return e
		}
		return &ir.Const{At: c.At} // reported by the reader
	case *sigma.CondQuant:
		key := *c
		key.At, key.Target = source.Span{}, source.Span{}
		e, ok := s.quantified[key]
		if !ok {
			e = l.quantified(c, s)
			s.quantified[key] = e
		}
		return e
	default:
		panic(fmt.Sprintf("lower: no case for %T", c))
	}
}

func (l *lowerer) quantified(c *sigma.CondQuant, s searches) ir.Expr {
	var x []ir.Expr
	for _, found := range c.Searches(s.Detection) {
		x = append(x, s.meaning[found.Name.Value])
	}
	switch {
	case c.All:
		return &ir.And{X: x, At: c.At}
	case c.Count <= 1:
		return &ir.Or{X: x, At: c.At}
	case c.Count > len(x):
		return &ir.Const{At: c.At} // reported by the reader
	case c.Count == len(x):
		return &ir.And{X: x, At: c.At}
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
