package target

import (
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// uses is what a condition uses, which targets ask about again and again.
type uses struct {
	named    []Named           // its fields, in the order of the condition and each once
	index    map[*ir.Field]int // where in named, when there are many
	features ir.Feature        // what it asks of a target
	lists    bool              // it compares with lists
}

// Named is a field that is named somewhere, and what it means there.
type Named struct {
	Field  *ir.Field
	column *schema.Column // where the field is a column by itself, as nearly all are
	other  *Ref           // else
}

func named(f *ir.Field, ref Ref) Named {
	if c := ref.Column; c != nil && c == ref.Node && len(ref.Steps) == 0 && c.Name == ref.Canonical {
		return Named{Field: f, column: c}
	}
	other := ref // a copy, as the address of ref itself would put every ref on the heap, also the plain ones above
	return Named{Field: f, other: &other}
}

// Ref returns what the field means. Inside an array block its column is nil.
func (n *Named) Ref() Ref {
	if n.other != nil {
		return *n.other
	}
	return Ref{Column: n.column, Node: n.column, Canonical: n.column.Name}
}

// fewFields is how many fields are found faster by looking at each than in a map.
const fewFields = 16

// ref returns what a field means.
func (u *uses) ref(f *ir.Field) (Ref, bool) {
	if u.index != nil {
		i, ok := u.index[f]
		if !ok {
			return Ref{}, false
		}
		return u.named[i].Ref(), true
	}
	for i := range u.named {
		if u.named[i].Field == f {
			return u.named[i].Ref(), true
		}
	}
	return Ref{}, false
}

// name adds a field that is not there yet.
func (u *uses) name(f *ir.Field, ref Ref) {
	u.named = append(u.named, named(f, ref))
	switch n := len(u.named); {
	case n > fewFields && u.index == nil:
		u.index = make(map[*ir.Field]int, 2*n)
		for i := range u.named {
			u.index[u.named[i].Field] = i
		}
	case n > fewFields:
		u.index[f] = n - 1
	}
}

// add notes what a single expression uses besides its fields.
func (u *uses) add(e ir.Expr) {
	u.features |= ir.FeaturesIn(e)
	if _, ok := e.(*ir.Listed); ok {
		u.lists = true
	}
}

// collect looks through the condition of a rule, whose fields are among those of another one.
func (l *Located) collect(from uses) {
	l.uses = uses{}
	ir.Walk(l.Expr, func(e ir.Expr) bool {
		l.uses.add(e)
		first, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{first, other} {
			if f == nil {
				continue
			}
			if _, known := l.uses.ref(f); known {
				continue
			}
			if ref, ok := from.ref(f); ok {
				l.uses.name(f, ref)
			}
		}
		return true
	})
}
