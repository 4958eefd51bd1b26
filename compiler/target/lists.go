package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/list"
)

// deliver returns the rule with the values of its lists in the condition, but for those that the target keeps.
func (b *binder) deliver() *Located {
	if !b.uses.lists {
		return b.Located
	}
	return b.Located.With(ir.Simplify(ir.Unlist(b.Expr, b.keeps)))
}

// keeps reports whether the target keeps the list of a comparison. Where the user wants that and it cannot be, a note
// says why.
func (b *binder) keeps(e *ir.Listed) bool {
	values := b.Lists[e.List]
	if values == nil || b.Keeping == "" || values.To(b.Name) != b.Keeping {
		return false
	}
	if why := b.Unkept(b.Located, e, values); why != "" {
		b.inlined(e, why)
		return false
	}
	return true
}

// ListUse is a list that a query reads where the target keeps it, and how it compares with the values.
type ListUse struct {
	List  *list.List
	Kind  ir.ListKind
	Cased bool
}

// ListUses returns the lists that the query of the rule reads, each once for every way of comparing.
func (c *Compiled) ListUses() []ListUse {
	if c.settled {
		return c.listUses
	}
	var out []ListUse
	for _, r := range c.rules() {
		if !r.uses.lists {
			continue
		}
		ir.Walk(r.Expr, func(e ir.Expr) bool {
			if e, ok := e.(*ir.Listed); ok {
				if use := (ListUse{r.Lists[e.List], e.Kind, e.Cased}); !slices.Contains(out, use) {
					out = append(out, use)
				}
			}
			return true
		})
	}
	return out
}

// rules returns the rule, or those that the correlation is about.
func (c *Compiled) rules() []*Bound {
	if c.Bound != nil {
		return []*Bound{c.Bound}
	}
	return c.Correlation.Detections()
}
