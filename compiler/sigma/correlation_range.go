package sigma

import (
	"math/big"
	"strings"
)

// checkRange reports thresholds that no number fits, and warns of those that a group without events would fit, as such a
// group cannot fire (spec section 9.8).
func (r *correlationReader) checkRange() {
	c := &r.c.Condition
	if len(c.Thresholds) == 0 {
		return
	}
	within := numbers{}
	what := "number"
	if r.counts() {
		// A group has one event at least, of one rule.
		within = numbers{whole: true, low: big.NewRat(1, 1)}
		what = "count above 0"
	}
	if r.c.Temporal() && len(r.c.Rules) > 0 {
		within.high = big.NewRat(int64(len(r.c.Rules)), 1)
		what = "count from 1 to the number of rules"
	}
	var words []string
	zero := r.counts()
	for _, t := range c.Thresholds {
		n, _ := new(big.Rat).SetString(t.Number.Value)
		within.limit(t.Op.Value, n)
		zero = zero && fits(t.Op.Value, new(big.Rat), n)
		words = append(words, `"`+t.Op.Value+": "+t.Number.Value+`"`)
	}
	switch {
	case within.empty():
		r.diags.Errorf("correlation/impossible-threshold", c.At, "the condition never holds: no %s fits %s", what, strings.Join(words, " and "))
	case zero:
		r.diags.Warnf("correlation/fits-zero", c.At, "the condition would also hold for no event at all, but a group without events cannot fire").
			Hint = "the correlation fires with the first events of a group, while they are few"
	}
}

// fits reports whether a number is in the relation to n.
func fits(op string, x, n *big.Rat) bool {
	switch order := x.Cmp(n); op {
	case "gt":
		return order > 0
	case "gte":
		return order >= 0
	case "lt":
		return order < 0
	case "lte":
		return order <= 0
	case "eq":
		return order == 0
	default: // neq
		return order != 0
	}
}

// numbers is a range of numbers, or of whole numbers, with a hole at most. A nil bound is no bound.
type numbers struct {
	whole             bool
	low, high         *big.Rat
	lowOpen, highOpen bool // the bound itself is left out
	hole              *big.Rat
}

// limit leaves only the numbers that are in a relation to n.
func (r *numbers) limit(op string, n *big.Rat) {
	one := big.NewRat(1, 1)
	switch {
	case op == "gt" && r.whole:
		r.raise(new(big.Rat).Add(n, one), false)
	case op == "lt" && r.whole:
		r.lower(new(big.Rat).Sub(n, one), false)
	case op == "gt", op == "gte":
		r.raise(n, op == "gt")
	case op == "lt", op == "lte":
		r.lower(n, op == "lt")
	case op == "eq":
		r.raise(n, false)
		r.lower(n, false)
	default: // neq
		r.hole = n
	}
}

func (r *numbers) raise(n *big.Rat, open bool) {
	if r.low == nil || n.Cmp(r.low) > 0 || n.Cmp(r.low) == 0 && open {
		r.low, r.lowOpen = n, open
	}
}

func (r *numbers) lower(n *big.Rat, open bool) {
	if r.high == nil || n.Cmp(r.high) < 0 || n.Cmp(r.high) == 0 && open {
		r.high, r.highOpen = n, open
	}
}

func (r *numbers) empty() bool {
	if r.low == nil || r.high == nil {
		return false
	}
	switch r.low.Cmp(r.high) {
	case 1:
		return true
	case 0:
		return r.lowOpen || r.highOpen || r.hole != nil && r.hole.Cmp(r.low) == 0
	}
	return false
}
