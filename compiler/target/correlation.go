package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// LocatedCorrelation is a correlation whose members and fields have been found in their logs.
type LocatedCorrelation struct {
	Correlation *ir.Correlation
	Members     []LocatedMember
	// GroupBy and Values hold, for each field of the correlation, what it is for each member. The references of a
	// member that is a correlation itself are empty: its fields are columns of its own.
	GroupBy, Values [][]Ref
}

// LocatedMember is a member of a correlation: one of the two is set.
type LocatedMember struct {
	Rule        *Located
	Correlation *LocatedCorrelation
}

// LocateCorrelation finds the group-by and value fields of a correlation. members are those of the correlation, in the
// same order. It returns nil, and adds to diags, when a log has no such field or an object there.
func LocateCorrelation(c *ir.Correlation, members []LocatedMember, diags *diag.List) *LocatedCorrelation {
	out := &LocatedCorrelation{Correlation: c, Members: members}
	before := diags.Errors()
	out.GroupBy = out.locate(c.GroupBy, diags)
	out.Values = out.locate(c.Values, diags)
	if diags.Errors() > before {
		return nil
	}
	return out
}

func (lc *LocatedCorrelation) locate(keys []ir.GroupKey, diags *diag.List) [][]Ref {
	out := make([][]Ref, len(keys))
	for k, key := range keys {
		out[k] = make([]Ref, len(lc.Members))
		for i, m := range lc.Members {
			if m.Rule == nil || m.Rule.Log == nil {
				continue
			}
			l := &locator{Located: m.Rule, diags: diags}
			ref, ok := l.find(key.Fields[i], nil)
			switch {
			case !ok:
				l.unknownField(key.Fields[i], nil)
			case isObject(ref.Node):
				l.noText(key.Fields[i])
			}
			out[k][i] = ref
		}
	}
	return out
}

// BoundCorrelation is a correlation that a target has accepted, with all its members.
type BoundCorrelation struct {
	*LocatedCorrelation
	// Rules are the members that are rules, bound; nil for one that is a correlation.
	Rules []*Bound
	// Inner are the members that are correlations, bound; nil for one that is a rule.
	Inner []*BoundCorrelation
	// Bins says that the windows are fixed ones, which begin at the multiples of the timespan. Otherwise they slide.
	Bins bool
}

// Detections returns the rules that the correlation is about, those of inner correlations in their place.
func (b *BoundCorrelation) Detections() []*Bound {
	var out []*Bound
	for i, r := range b.Rules {
		if r != nil {
			out = append(out, r)
		} else {
			out = append(out, b.Inner[i].Detections()...)
		}
	}
	return out
}

// Logs returns the logs that the correlation reads, each once and each with a table.
func (b *BoundCorrelation) Logs() []*schema.Log {
	var out []*schema.Log
	for _, r := range b.Detections() {
		for _, log := range r.Log.Tables() {
			if !slices.Contains(out, log) {
				out = append(out, log)
			}
		}
	}
	return out
}

// asking returns a member together with the fields of it that the correlation groups by or calculates with: a table must
// have these, too.
func (lc *LocatedCorrelation) asking(i int, l *Located) *Located {
	out := *l
	out.shared, out.asked = &shared{room: &room{}}, nil // other workers may have the rule, too; what is bound stays
	collect := func(keys []ir.GroupKey, refs [][]Ref) {
		for k, key := range keys {
			if ref := refs[k][i]; ref.Column != nil {
				out.asked = append(out.asked, named(key.Fields[i], ref))
			}
		}
	}
	collect(lc.Correlation.GroupBy, lc.GroupBy)
	collect(lc.Correlation.Values, lc.Values)
	return &out
}

// BindCorrelation asks whether the target can keep the meaning of the correlation and of all its members. bins asks for
// fixed windows, and gets them where the correlation has such a form.
func BindCorrelation(t *Target, lc *LocatedCorrelation, bins bool, diags *diag.List) *BoundCorrelation {
	out := &BoundCorrelation{LocatedCorrelation: lc, Bins: bins && lc.binnable()}
	before := diags.Errors()
	for _, m := range lc.Members {
		var rule *Bound
		var inner *BoundCorrelation
		if m.Rule != nil {
			rule = Bind(t, lc.asking(len(out.Rules), t.member(m.Rule, diags)), diags)
		} else {
			inner = BindCorrelation(t, m.Correlation, false, diags)
		}
		out.Rules, out.Inner = append(out.Rules, rule), append(out.Inner, inner)
	}
	out.move(t, diags)
	if t.Correlation == nil {
		noCorrelations(t, lc.Correlation, diags)
	} else if diags.Errors() == before && t.Refuse != nil {
		t.Refuse(out, diags)
	}
	if diags.Errors() > before {
		return nil
	}
	if out.Bins {
		out.warnBins(diags)
	}
	return out
}
