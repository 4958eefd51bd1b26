package target

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// In returns the rule in the terms of a table that keeps the events of its log: with the condition that it has there,
// the columns to show, and what the name of a field of the log becomes. Every name in the condition is one of the table. It
// is given up together with the rule.
func (l *Located) In(table *schema.Log, e ir.Expr, show []Ref, column func(field string) (string, bool)) *Located {
	out := l.shared.take().located.New(*l)
	out.Log, out.Expr, out.triage, out.moved = table, e, show, column
	(&locator{Located: out}).all()
	return out
}

// move looks up the fields of the correlation in the tables that members are in, where these are others than their logs.
func (b *BoundCorrelation) move(t *Target, diags *diag.List) {
	lc := *b.LocatedCorrelation
	lc.Members = append([]LocatedMember(nil), lc.Members...)
	moved := false
	for i, r := range b.Rules {
		if r != nil && r.moved != nil {
			lc.Members[i].Rule, moved = r.Located, true
		}
	}
	if !moved {
		return
	}
	at := func(keys []ir.GroupKey, refs [][]Ref) [][]Ref {
		out := make([][]Ref, len(refs))
		for k := range refs {
			out[k] = append([]Ref(nil), refs[k]...)
			for i, r := range b.Rules {
				if r == nil || r.moved == nil {
					continue
				}
				name, ok := r.moved(refs[k][i].Canonical)
				found, known := r.Log.Resolve(nil, name)
				if !ok || !known {
					d := diags.Errorf("target/no-field", keys[k].Fields[i].At, "%s has no column for %q in the table %s", t.Name, keys[k].Fields[i].Name, r.Log.Name)
					d.Target = t.Name
					continue
				}
				out[k][i] = Ref{found.Column, found.Steps, found.Node, found.Canonical}
			}
		}
		return out
	}
	lc.GroupBy, lc.Values = at(lc.Correlation.GroupBy, lc.GroupBy), at(lc.Correlation.Values, lc.Values)
	b.LocatedCorrelation = &lc
}
