package witness

import "github.com/sigc-rules/sigc/compiler/ir"

// array returns an array that satisfies all that is asked about its members: some conditions hold for each of them, and
// for every other there is a member that makes it true.
func (s *search) array(asked []literal) (any, Verdict) {
	var every []ir.Expr // holds for each member
	var some []ir.Expr  // each holds for one
	filled := false     // there must be a member
	for _, l := range asked {
		each := l.e.(*ir.Each)
		body, opposite := each.Body, ir.Expr(&ir.Not{X: each.Body, At: each.At})
		switch {
		case each.Quant == ir.Any && l.want, each.Quant == ir.None && !l.want:
			some = append(some, body)
		case each.Quant == ir.Any, each.Quant == ir.None:
			every = append(every, opposite)
		case l.want:
			every = append(every, body)
			filled = filled || each.Quant == ir.All
		case each.Quant == ir.AllOrEmpty: // not all of some
			some = append(some, opposite)
		default: // not all, or none at all: an empty array is the simplest
			some = append(some, opposite)
		}
	}
	if filled && len(some) == 0 {
		some = append(some, &ir.And{})
	}
	list := []any{}
	for _, e := range some {
		member, verdict := s.find(ir.Simplify(&ir.And{X: append([]ir.Expr{e}, every...)}))
		if verdict != Found {
			return nil, verdict
		}
		if object, ok := member.(ir.Event); ok {
			member = map[string]any(object)
		}
		list = append(list, member)
	}
	return list, Found
}
