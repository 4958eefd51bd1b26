package ir

import "github.com/sigc-rules/sigc/compiler/source"

// Filter narrows rules: of the events that they match, those remain for which Cond holds.
type Filter struct {
	Title     source.Text
	Logsource Logsource
	Rules     []source.Text // ids or names of the rules it is for
	Any       bool          // it is for every rule whose log source it covers
	Cond      Expr
	At        source.Span
}

// Covers reports whether the filter is for the log source: each part that the filter gives must be the same.
func (f *Filter) Covers(l Logsource) bool {
	same := func(want, have string) bool { return want == "" || want == have }
	return same(f.Logsource.Category, l.Category) && same(f.Logsource.Product, l.Product) && same(f.Logsource.Service, l.Service)
}

// Filtered returns the rule with its conditions narrowed by the filters.
func (r *Rule) Filtered(filters []*Filter) *Rule {
	if len(filters) == 0 {
		return r
	}
	out := *r
	out.Conditions = make([]Expr, len(r.Conditions))
	for i, c := range r.Conditions {
		and := &And{X: []Expr{c}, At: c.Span()}
		for _, f := range filters {
			and.X = append(and.X, f.Cond)
		}
		out.Conditions[i] = Simplify(and)
	}
	return &out
}
