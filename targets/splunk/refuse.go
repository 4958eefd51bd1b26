package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// refuse reports what of a correlation cannot be kept: fields that the records do not have or that a search cannot name.
func refuse(bound *target.BoundCorrelation, diags *diag.List) {
	c := bound.Correlation
	for k, key := range c.GroupBy {
		refuseFields(bound, key, bound.GroupBy[k], diags)
	}
	for k, key := range c.Values {
		refuseFields(bound, key, bound.Values[k], diags)
	}
}

func refuseFields(bound *target.BoundCorrelation, key ir.GroupKey, refs []target.Ref, diags *diag.List) {
	for i, r := range bound.Rules {
		if r == nil {
			continue
		}
		var d *diag.Diagnostic
		if why := missing(r.Log, refs[i]); why != "" {
			d = diags.Errorf("target/no-field", key.At, "splunk has no field for %q: %s", key.Fields[i].Name, why)
		} else if why := inexactField(r.Located, &ir.Regex{Field: key.Fields[i]}, refs[i]); why != "" {
			d = diags.Errorf("target/inexact", key.At, "splunk cannot express this exactly: %s", why)
		}
		if d != nil {
			d.Target = "splunk"
			return
		}
	}
}

// sameRecords reports whether an event can be one of both rules.
func sameRecords(a, b *target.Bound) bool {
	return slices.ContainsFunc(categories(a.Log), func(c string) bool { return slices.Contains(categories(b.Log), c) })
}
