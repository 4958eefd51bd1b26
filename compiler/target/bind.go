package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// Bound is a rule that a target has accepted: the target keeps the log, has every field and supports every feature. An
// [ir.Listed] in its condition is a comparison with a list that the target keeps; all others have become their meaning.
type Bound struct {
	*Located
}

// Bind asks whether the target can keep the meaning of the rule exactly. It returns nil, and adds to diags, when not. What is
// bound is given up together with the rule, see [Located.Forget].
func Bind(t *Target, l *Located, diags *diag.List) *Bound {
	b := binder{Target: t, Located: l, diags: diags}
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
	b.columns()
	b.conditions()
	if diags.Errors() > before {
		return nil
	}
	return l.shared.take().bound.New(Bound{b.deliver()})
}

type binder struct {
	*Target
	*Located
	diags *diag.List
}

func (b *binder) features() {
	var noted ir.Feature // the losses that a note has told of
	for _, c := range b.asking() {
		if b.doubts(b.asks(c)) {
			noted = b.needs(ir.NeedsOf(c), noted)
		}
	}
}

// doubts reports whether the target does not express each of the features exactly.
func (b *binder) doubts(asked ir.Feature) bool {
	switch {
	case asked == 0:
		return false
	case asked&^b.Supports != 0:
		return true
	}
	for f := range b.Approximates {
		if asked&f != 0 {
			return true
		}
	}
	return false
}

// asking are the conditions as the rule has them. In a table of other columns the condition is another.
func (b *binder) asking() []ir.Expr {
	if b.moved != nil {
		return []ir.Expr{b.Expr}
	}
	return b.Rule.Conditions
}

// asks is what a condition asks of a target.
func (b *binder) asks(c ir.Expr) ir.Feature {
	if c == b.Expr {
		return b.uses.features
	}
	return ir.FeaturesOf(c)
}

// needs looks at what a condition asks, place by place, and returns the losses that notes have told of by then.
func (b *binder) needs(needs []ir.Need, noted ir.Feature) ir.Feature {
	for _, need := range needs {
		loss, approximate := b.Approximates[need.Feature]
		switch {
		case approximate && need.Feature == ir.FeatureKeyword && b.Log.Lines: // all of the event is the text
		case approximate:
			if noted&need.Feature == 0 {
				noted |= need.Feature
				b.approximated(need, loss)
			}
		case b.Supports&need.Feature == 0:
			b.unsupported(need)
		}
	}
	return noted
}

// columns looks at the fields; those inside array blocks are there when their array is.
func (b *binder) columns() {
	if b.Missing == nil {
		return
	}
	for _, n := range b.Named() {
		ref := n.Ref()
		if ref.Column == nil {
			continue
		}
		if why := b.Missing(b.Log, ref); why != "" {
			b.missingField(n.Field, why)
		}
	}
}

// conditions asks the target about each condition for itself: what it loses of it, each kind of loss noted once, and whether
// it can keep the meaning at all.
func (b *binder) conditions() {
	if b.Loses == nil && b.Inexact == nil {
		return
	}
	var noted []string
	ir.Walk(b.Expr, func(e ir.Expr) bool {
		if b.Loses != nil {
			if loss := b.Loses(b.Located, e); loss != "" && !slices.Contains(noted, loss) {
				noted = append(noted, loss)
				b.approximated(ir.Need{At: e.Span()}, loss)
			}
		}
		if b.Inexact != nil {
			if why := b.Inexact(b.Located, e); why != "" {
				b.inexact(e, why)
			}
		}
		return true
	})
}
