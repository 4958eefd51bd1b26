package compiler

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// filled adds values of placeholders to those that are configured, which go before them.
func filled(opts lower.Options, values map[string][]string) lower.Options {
	if len(values) == 0 {
		return opts
	}
	configured := opts.Placeholder
	opts.Placeholder = func(name string) ([]string, bool) {
		if list, ok := configured(name); ok {
			return list, true
		}
		list, ok := values[name]
		return list, ok
	}
	return opts
}

// logsource is that of the rule as it is written, whatever pipelines make of it.
func (r *Rule) logsource() ir.Logsource {
	l := r.parsed.Logsource
	return ir.Logsource{Category: l.Category.Value, Product: l.Product.Value, Service: l.Service.Value, At: l.At}
}

// through returns the meaning of a filter for a rule: pipelines change it as they change the rule. It returns nil when they
// cannot.
func (f *filter) through(pipelines []*pipeline.Pipeline, r *Rule, opts lower.Options) *ir.Filter {
	if len(pipelines) == 0 {
		return f.meaning
	}
	as := *r.parsed
	as.Detection, as.Fields, as.At = f.written.Detection, nil, f.written.At
	piped := pipeline.Apply(pipelines, &as, &r.diags)
	if piped.Rule.Broken {
		return nil
	}
	own := *f.written
	own.Detection = piped.Rule.Detection
	return lower.Filter(&own, filled(opts, piped.Placeholders), &r.diags)
}

// piped returns a correlation in which fields are called as pipelines call them in the rules that it refers to, and how
// its own fields are renamed.
func piped(c *sigma.Correlation, members map[string]*Rule, diags *diag.List) (*sigma.Correlation, pipeline.Names) {
	all := func(field string) []string {
		var out []string
		for _, ref := range c.Rules {
			m := members[ref.Value]
			names := []string{field}
			if m != nil && m.renamed != nil {
				names = m.renamed(field)
			}
			for _, name := range names {
				if !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
		return out
	}
	if !slices.ContainsFunc(c.Rules, func(ref sigma.Text) bool { return members[ref.Value] != nil && members[ref.Value].renamed != nil }) {
		return c, nil
	}
	one := func(t sigma.Text, names []string) sigma.Text {
		if len(names) != 1 {
			diags.Errorf("pipeline/inexact", t.At, "pipelines make several fields of %q in the rules of the correlation", t.Value).Hint =
				"an alias says what a field is called in each rule"
			return t
		}
		return sigma.Text{Value: names[0], At: t.At}
	}
	own := *c
	own.GroupBy, own.Aliases, own.Condition.Field = nil, nil, nil
	isAlias := func(name string) bool {
		return slices.ContainsFunc(c.Aliases, func(a sigma.Alias) bool { return a.Name.Value == name })
	}
	for _, t := range c.GroupBy {
		if !isAlias(t.Value) {
			t = one(t, all(t.Value))
		}
		own.GroupBy = append(own.GroupBy, t)
	}
	for _, a := range c.Aliases {
		fields := a.Fields
		a.Fields = nil
		for _, f := range fields {
			if m := members[f.Rule.Value]; m != nil && m.renamed != nil {
				f.Field = one(f.Field, m.renamed(f.Field.Value))
			}
			a.Fields = append(a.Fields, f)
		}
		own.Aliases = append(own.Aliases, a)
	}
	for _, t := range c.Condition.Field {
		if !isAlias(t.Value) {
			t = one(t, all(t.Value))
		}
		own.Condition.Field = append(own.Condition.Field, t)
	}
	return &own, all
}

// renamedFields says of errors about fields that pipelines have called so what to do about them: the rule has other names.
func renamedFields(found []diag.Diagnostic) {
	for i, d := range found {
		written, _, _ := strings.Cut(strings.Trim(d.Span.Text(), `'"`), "|")
		if d.ID == "field/unknown" && !strings.Contains(d.Message, strconv.Quote(written)) {
			found[i].Label = "a pipeline calls it so"
			found[i].Hint = `where events have such names, declare their log and its fields below "mappings" in sigc.yml; for the logs that sigc knows no such pipeline is needed`
		}
	}
}
