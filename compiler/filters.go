package compiler

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

type filter struct {
	meaning *ir.Filter // nil when it is at fault
	written *sigma.Filter
	path    string
	lists   []UsedList // that its meaning asks for
}

// applyFilters narrows the rules that filters name (spec 10.3, 10.4).
func (p *Program) applyFilters(pipelines []*pipeline.Pipeline, opts lower.Options) {
	if len(p.filters) == 0 {
		return
	}
	index := indexFilters(p.filters)
	for _, r := range p.Rules {
		if r.meaning == nil {
			continue
		}
		var apply []*ir.Filter
		for _, i := range index.of(r) {
			f := p.filters[i]
			if !f.names(r) {
				continue // the case of a name matters
			}
			if of := r.logsource(); !f.meaning.Covers(of) {
				p.diags.Warnf("filter/not-covered", f.meaning.Logsource.At,
					"the filter names the rule %q but does not cover its logsource %s", r.Title, of)
				continue
			}
			meaning := f.through(pipelines, r, opts)
			if meaning == nil { // reported as an error of the rule
				r.meaning = nil
				break
			}
			apply = append(apply, meaning)
			for _, l := range f.lists {
				r.asksFor(l)
			}
		}
		if r.meaning != nil {
			r.meaning = r.meaning.Filtered(apply)
		}
	}
}

// names reports whether the filter is meant for the rule.
func (f *filter) names(r *Rule) bool {
	return f.meaning.Any || slices.ContainsFunc(f.meaning.Rules, func(t sigma.Text) bool { return r.called(t.Value) })
}

// called reports whether a reference means the rule: its id, in any case, or its name.
func (r *Rule) called(ref string) bool {
	return ref != "" && (strings.EqualFold(r.ID, ref) || r.Name == ref)
}

// filterIndex finds the filters of a rule without looking at all of them: filters by what they call their rules, and
// those for any rule by their logsource. The numbers are places in the list of filters.
type filterIndex struct {
	byRef map[string][]int // ids in lower case
	any   map[ir.Logsource][]int
}

func indexFilters(filters []*filter) filterIndex {
	x := filterIndex{byRef: map[string][]int{}, any: map[ir.Logsource][]int{}}
	for i, f := range filters {
		switch {
		case f.meaning == nil:
		case f.meaning.Any:
			l := logsourceKey(f.meaning.Logsource)
			x.any[l] = append(x.any[l], i)
		default:
			for _, ref := range f.meaning.Rules {
				x.byRef[ref.Value] = append(x.byRef[ref.Value], i)
				if id := strings.ToLower(ref.Value); id != ref.Value {
					x.byRef[id] = append(x.byRef[id], i)
				}
			}
		}
	}
	return x
}

// of returns the filters that name the rule, and those for any rule of its logsource, in their order.
func (x filterIndex) of(r *Rule) []int {
	var out []int
	for _, ref := range []string{strings.ToLower(r.ID), r.Name} {
		if ref != "" {
			out = append(out, x.byRef[ref]...)
		}
	}
	// A filter covers a rule when each part that it gives is the same: so each part may be left out.
	for parts := range 8 {
		l := logsourceKey(r.logsource())
		for bit, part := range []*string{&l.Category, &l.Product, &l.Service} {
			if parts&(1<<bit) != 0 {
				*part = ""
			}
		}
		out = append(out, x.any[l]...)
	}
	slices.Sort(out)
	return slices.Compact(out) // a part that the rule does not give is left out either way
}

func logsourceKey(l ir.Logsource) ir.Logsource {
	return ir.Logsource{Category: l.Category, Product: l.Product, Service: l.Service}
}
