package target

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// Bound is a rule that a target has accepted: the target keeps the log, has every field and supports every feature. An
// [ir.Listed] in its condition is a comparison with a list that the target keeps; all others have become their meaning.
type Bound struct {
	*Located
}

// Bind asks whether the target can keep the meaning of the rule exactly. It returns nil, and adds to diags, when not.
func Bind(t *Target, l *Located, diags *diag.List) *Bound {
	b := &binder{Target: t, Located: l, diags: diags}
	before := diags.Errors()
	if l.Log == nil || !t.Keeps(l.Log) {
		b.noTable()
		return nil
	}
	if t.Move != nil {
		if b.Located = t.Move(t, l, diags); b.Located == nil {
			return nil
		}
	}
	b.features()
	b.losses()
	b.columns()
	b.exact()
	if diags.Errors() > before {
		return nil
	}
	return &Bound{Located: b.deliver()}
}

type binder struct {
	*Target
	*Located
	diags *diag.List
}

func (b *binder) features() {
	conditions := b.Rule.Conditions
	if b.moved != nil { // in a table of other columns the condition is another
		conditions = []ir.Expr{b.Expr}
	}
	doubtful := ^b.Supports
	for f := range b.Approximates {
		doubtful |= f
	}
	noted := map[ir.Feature]bool{}
	for _, c := range conditions {
		if ir.FeaturesOf(c)&doubtful != 0 {
			b.needs(ir.NeedsOf(c), noted)
		}
	}
}

// needs looks at what a condition asks, place by place. noted are the losses that a note has told of.
func (b *binder) needs(needs []ir.Need, noted map[ir.Feature]bool) {
	for _, need := range needs {
		loss, approximate := b.Approximates[need.Feature]
		switch {
		case approximate && need.Feature == ir.FeatureKeyword && b.Log.Lines: // all of the event is the text
		case approximate:
			if !noted[need.Feature] {
				noted[need.Feature] = true
				b.approximated(need, loss)
			}
		case b.Supports&need.Feature == 0:
			b.unsupported(need)
		}
	}
}

// losses notes what the target loses of single conditions, each kind of loss once.
func (b *binder) losses() {
	if b.Loses == nil {
		return
	}
	noted := map[string]bool{}
	ir.Walk(b.Expr, func(e ir.Expr) bool {
		if loss := b.Loses(b.Located, e); loss != "" && !noted[loss] {
			noted[loss] = true
			b.approximated(ir.Need{At: e.Span()}, loss)
		}
		return true
	})
}

// columns looks at the fields in the order of the rule; those inside array blocks are there when their array is.
func (b *binder) columns() {
	if b.Missing == nil {
		return
	}
	var last *ir.Field // the values of a list share their field
	ir.Walk(b.Expr, func(e ir.Expr) bool {
		f, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{f, other} {
			if f == nil || f == last {
				continue
			}
			if why := b.Missing(b.Log, b.Ref(f)); why != "" {
				b.missingField(f, why)
			} else {
				last = f
			}
		}
		_, block := e.(*ir.Each)
		return !block
	})
}

// exact asks the target about each condition for itself.
func (b *binder) exact() {
	if b.Inexact == nil {
		return
	}
	ir.Walk(b.Expr, func(e ir.Expr) bool {
		if why := b.Inexact(b.Located, e); why != "" {
			b.inexact(e, why)
		}
		return true
	})
}
