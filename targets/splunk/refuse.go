package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// refuse reports what of a correlation cannot be kept: fields that the records do not have or that a search cannot name.
func (p *platform) refuse(bound *target.BoundCorrelation, diags *diag.List) {
	if p.refuseModel(bound, diags) {
		return
	}
	c := bound.Correlation
	for k, key := range c.GroupBy {
		p.refuseFields(bound, key, bound.GroupBy[k], diags)
	}
	for k, key := range c.Values {
		p.refuseFields(bound, key, bound.Values[k], diags)
	}
}

func (p *platform) refuseFields(bound *target.BoundCorrelation, key ir.GroupKey, refs []target.Ref, diags *diag.List) {
	for i, r := range bound.Rules {
		if r == nil {
			continue
		}
		var d *diag.Diagnostic
		if why := p.missing(r.Log, refs[i]); why != "" {
			d = diags.Errorf("target/no-field", key.At, "splunk has no field for %q: %s", key.Fields[i].Name, why)
		} else if why := p.inexactField(r.Located, &ir.Regex{Field: key.Fields[i]}, refs[i]); why != "" {
			d = diags.Errorf("target/inexact", key.At, "splunk cannot express this exactly: %s", why)
		}
		if d == nil && p.severalInText(origin{r, refs[i]}) {
			d = diags.Errorf("target/inexact", key.At, "splunk cannot express this exactly: the values of a list that a text holds as JSON are no field of their own")
		}
		if d != nil {
			d.Target = "splunk"
			return
		}
	}
}

// severalInText reports whether a field can have several values in a text that holds JSON, or in XML.
func (p *platform) severalInText(o origin) bool {
	data := p.choice.Data(o.rule.Log)
	decoded := slices.ContainsFunc(hops(data, o.ref, nil), func(h hop) bool { return h.kind == decode })
	return p.severalAt(o) && (decoded || data.XML)
}

// sameRecords reports whether an event can be one of both rules.
func (p *platform) sameRecords(a, b *target.Bound) bool {
	return p.choice.Data(a.Log).Overlaps(p.choice.Data(b.Log))
}
