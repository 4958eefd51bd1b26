package lower

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Correlation returns the meaning of a correlation, or nil when it has none. members are what its rules refer to, in
// the same order.
func Correlation(c *sigma.Correlation, members []ir.Member, diags *diag.List) *ir.Correlation {
	if c.Broken {
		return nil
	}
	l := &correlator{from: c, diags: diags, out: &ir.Correlation{
		Meta: c.Header, Kind: kinds[c.Type.Value], Members: members, Window: c.Window, Generate: c.Generate, WindowAt: c.Timespan.At,
	}}
	before := diags.Errors()
	l.out.GroupBy = l.keys(c.GroupBy)
	l.out.Values = l.keys(c.Condition.Field)
	l.out.Percentile = ir.Number(c.Condition.Percentile.Value).Float()
	l.condition()
	if b := c.Baseline; b != nil {
		l.out.Baseline = &ir.Baseline{Periods: b.N, Every: b.Interval, Percent: b.Percent, At: b.At}
	}
	if diags.Errors() > before {
		return nil
	}
	return l.out
}

var kinds = map[string]ir.CorrelationKind{
	"event_count": ir.EventCount, "value_count": ir.ValueCount, "temporal": ir.Temporal, "temporal_ordered": ir.TemporalOrdered,
	"value_sum": ir.ValueSum, "value_avg": ir.ValueAvg, "value_percentile": ir.ValuePercentile, "value_median": ir.ValueMedian,
}

type correlator struct {
	from  *sigma.Correlation
	out   *ir.Correlation
	diags *diag.List
}

// keys returns fields, or aliases, as each member calls them (spec 9.7).
func (l *correlator) keys(names []sigma.Text) []ir.GroupKey {
	var out []ir.GroupKey
	for _, name := range names {
		key := ir.GroupKey{Name: name.Value, At: name.At}
		for _, m := range l.out.Members {
			key.Fields = append(key.Fields, l.field(name, m))
		}
		out = append(out, key)
	}
	return out
}

func (l *correlator) field(name sigma.Text, m ir.Member) *ir.Field {
	field := source.Text{Value: name.Value, At: name.At}
	for _, alias := range l.from.Aliases {
		if alias.Name.Value != name.Value {
			continue
		}
		found := false
		for _, f := range alias.Fields {
			if names(m, f.Rule.Value) {
				field, found = f.Field, true
			}
		}
		if !found {
			l.missingAlias(alias, m)
		}
	}
	if m.Correlation == nil {
		return (&lowerer{diags: l.diags, version: l.from.Version}).plainField(field)
	}
	if !offers(m.Correlation, field.Value) {
		l.notOffered(field, m)
	}
	return ir.NewField(field.Value, field.At) // what it passes on has just this name
}

// names reports whether a rule is called so.
func names(m ir.Member, name string) bool {
	meta := m.Meta()
	return m.Name == name || meta.Name.Value == name || meta.ID.Value == name
}

// offers reports whether the groups of a correlation have the field (spec 9.10).
func offers(c *ir.Correlation, field string) bool {
	for _, k := range c.GroupBy {
		if k.Name == field {
			return true
		}
	}
	return false
}

var operators = map[string]ir.Threshold{
	"gt": {Op: ir.Gt}, "gte": {Op: ir.Gte}, "lt": {Op: ir.Lt}, "lte": {Op: ir.Lte}, "eq": {Op: ir.Eq}, "neq": {Op: ir.Eq, Not: true},
}

func (l *correlator) condition() {
	c := l.from.Condition
	for _, t := range c.Thresholds {
		th := operators[t.Op.Value]
		th.Number, th.At = ir.Number(t.Number.Value), t.Number.At
		l.out.Thresholds = append(l.out.Thresholds, th)
	}
	members := float64(len(l.out.Members))
	if c.Expr != nil {
		l.out.Presence = l.presence(c.Expr)
	}
	if l.out.Kind == ir.TemporalOrdered && namesAll(l.out.Presence, len(l.out.Members)) {
		l.out.Presence = nil // "a and b" says no more than the type does
	}
	if l.from.Temporal() && len(c.Thresholds) == 0 && l.out.Presence == nil { // every rule has hit (spec 9.8)
		l.out.Thresholds = []ir.Threshold{{Op: ir.Gte, Number: ir.Number(fmt.Sprint(len(l.out.Members))), At: l.from.Type.At}}
	}
	if l.out.Kind == ir.TemporalOrdered && (l.out.Presence != nil || !l.demandsAll(members)) {
		l.orderedWantsAll()
	}
}

// namesAll reports whether the condition is that each of the members has hit.
func namesAll(p ir.Presence, members int) bool {
	all, ok := p.(*ir.AllOf)
	if !ok {
		return false
	}
	named := map[int]bool{}
	for _, x := range all.X {
		hit, ok := x.(*ir.Hit)
		if !ok {
			return false
		}
		named[hit.Member] = true
	}
	return len(named) == members
}

// demandsAll reports whether the thresholds hold only when all members have hit.
func (l *correlator) demandsAll(members float64) bool {
	for n := 0.0; n < members; n++ {
		if holds(l.out.Thresholds, n) {
			return false
		}
	}
	return holds(l.out.Thresholds, members)
}

func holds(t []ir.Threshold, n float64) bool {
	for _, th := range t {
		if !th.Holds(n) {
			return false
		}
	}
	return true
}

func (l *correlator) presence(c sigma.Cond) ir.Presence {
	switch c := c.(type) {
	case *sigma.CondAnd:
		return &ir.AllOf{X: l.presences(c.X)}
	case *sigma.CondOr:
		return &ir.OneOf{X: l.presences(c.X)}
	case *sigma.CondNot:
		return &ir.Absent{X: l.presence(c.X)}
	case *sigma.CondRef:
		for i, m := range l.out.Members {
			if names(m, c.Name) {
				return &ir.Hit{Member: i}
			}
		}
		l.diags.Errorf("correlation/unknown-rule-in-condition", c.At, "the condition names %q, which is not among the rules", c.Name)
		return &ir.OneOf{}
	case *sigma.CondQuant:
		l.diags.Errorf("correlation/quantifier", c.At, `"of" has no meaning among the rules of a correlation; name them`)
		return &ir.OneOf{}
	default:
		panic(fmt.Sprintf("lower: no case for %T", c))
	}
}

func (l *correlator) presences(x []sigma.Cond) []ir.Presence {
	var out []ir.Presence
	for _, c := range x {
		out = append(out, l.presence(c))
	}
	return out
}

func (l *correlator) missingAlias(alias sigma.Alias, m ir.Member) {
	l.diags.Errorf("correlation/alias-incomplete", alias.Name.At, "the alias %q has no field for the rule %q", alias.Name.Value, m.Name)
}

func (l *correlator) notOffered(field source.Text, m ir.Member) {
	d := l.diags.Errorf("correlation/field-not-offered", field.At, "the correlation %q has no group-by field %q", m.Name, field.Value)
	d.Hint = "a correlation passes on the fields it groups by, and no others"
}

func (l *correlator) orderedWantsAll() {
	l.diags.Errorf("correlation/ordered-condition", l.from.Condition.At, "temporal_ordered fires when all rules have hit in their order; its condition can say nothing else").Hint =
		"leave the condition out, or use temporal"
}
