package compiler

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Keys that Sigma leaves to the author and that mean something to us.
const (
	servesKey = "monitoring-tables" // the rows of Microsoft's monitoring tables that the rule serves
	triageKey = "triage"            // what to do about an alert, step by step
)

func serves(m *sigma.Meta) []string { return m.CustomTexts(servesKey) }

// Coverage says what the rules of the program, compiled for the targets of the outputs, do for the rows of Microsoft's
// monitoring tables. files are the cases of each file. Rules that are only parts of correlations are left out.
func (p *Program) Coverage(outputs []*Output, files map[*source.File]*Cases) *coverage.Report {
	var targets []string
	for _, out := range outputs {
		targets = append(targets, out.Target.Name)
	}
	var rules []*coverage.Rule
	for _, r := range p.Rules {
		if r.Part || r.header == nil {
			continue
		}
		c := p.describe(r)
		for _, out := range outputs {
			t := out.Target.Name
			switch became := out.of(r); {
			case became.compiled != nil:
				q := coverage.Query{Target: t, Text: became.text()}
				for _, f := range became.facts() {
					q.Told = append(q.Told, coverage.Fact(f))
				}
				c.Queries = append(c.Queries, q)
			case became.refused != "":
				c.Refused[t] = became.refused
			default:
				c.Refused[t] = "The rule is not compiled."
			}
		}
		c.Cases = files[r.file].about(r)
		c.Samples, c.Tested = files[r.file].samples(r)
		rules = append(rules, c)
	}
	return coverage.Of(rules, targets)
}

// describe returns what the rule says about itself.
func (p *Program) describe(r *Rule) *coverage.Rule {
	c := &coverage.Rule{
		Key: r.Key(), Title: r.Title, Path: r.Path, Level: r.Level, Status: r.header.Status.Value, File: r.File, Tags: r.Tags, Rows: r.Serves,
		FalsePositives: values(r.header.FalsePositives), References: values(r.header.References), Refused: map[string]string{},
	}
	c.Text.Title, c.Text.Description, c.Text.Triage = r.text("title"), r.text("description"), r.texts("triage")
	for _, m := range p.members(r) {
		if m.located == nil {
			continue
		}
		for _, name := range m.listNames() {
			if !slices.ContainsFunc(c.Lists, func(known coverage.List) bool { return known.Name == name }) {
				c.Lists = append(c.Lists, describeList(name, m.located.Lists[name]))
			}
		}
		if m.located.Log != nil {
			for _, log := range m.located.Log.Tables() {
				if !slices.Contains(c.Logs, log) {
					c.Logs = append(c.Logs, log)
				}
			}
		}
		for _, f := range m.located.Rule.Fields {
			if name := f.String(); !slices.Contains(c.Fields, name) {
				c.Fields = append(c.Fields, name)
			}
		}
		for _, t := range m.Explain(nil).Tests {
			if a := (coverage.Ask{Field: t.Field, Meaning: t.Meaning, Negated: t.Negated}); !slices.Contains(c.Asks, a) {
				c.Asks = append(c.Asks, a)
			}
		}
	}
	return c
}

// listNames are the lists of values that the rule asks for, and its schedules, which are lists of hours.
func (r *Rule) listNames() []string {
	var out []string
	for _, l := range r.lists {
		out = append(out, l.Name)
	}
	for _, e := range r.located.Rule.Conditions {
		ir.Walk(e, func(e ir.Expr) bool {
			if within, ok := e.(*ir.Within); ok && !slices.Contains(out, within.Schedule.Name) {
				out = append(out, within.Schedule.Name)
			}
			return true
		})
	}
	return out
}

// describeList says what a list is; nothing but its name where nobody describes it.
func describeList(name string, l *list.List) coverage.List {
	out := coverage.List{Name: name}
	if l == nil {
		return out
	}
	out.Doc, out.Type, out.Values, out.From = l.Doc, string(l.Type), len(l.Values), l.From
	if l.Hours != nil {
		out.Hours = l.Hours.String()
	}
	for _, t := range slices.Sorted(maps.Keys(l.As)) {
		if as := l.As[t]; as != list.Inline {
			out.In = append(out.In, coverage.Kept{Target: t, As: string(as)})
		}
	}
	return out
}

// members returns the detection rules that a correlation is about, or the rule itself.
func (p *Program) members(r *Rule) []*Rule {
	if r.correlated == nil {
		return []*Rule{r}
	}
	var out []*Rule
	about := r.correlated.Correlation.Rules()
	for _, m := range p.Rules {
		if m.located != nil && slices.ContainsFunc(about, func(meaning *ir.Rule) bool { return meaning == m.located.Rule }) {
			out = append(out, m)
		}
	}
	return out
}

// about returns all cases of the rule.
func (c *Cases) about(r *Rule) (out []coverage.Case) {
	if c == nil {
		return nil
	}
	for _, k := range c.Cases {
		if r.concerns(k) {
			out = append(out, coverage.Case{Name: k.Name, Match: k.Match})
		}
	}
	return out
}

// samples returns the first case of the rule that matches and the first that does not. It is tested when there are both.
func (c *Cases) samples(r *Rule) (out []coverage.Sample, tested bool) {
	if c == nil {
		return nil, false
	}
	for _, match := range []bool{true, false} {
		i := slices.IndexFunc(c.Cases, func(k cases.Case) bool { return k.Match == match && r.concerns(k) })
		if i < 0 {
			continue
		}
		k := c.Cases[i]
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(k.Events[0]); err != nil {
			continue // only what no JSON text decodes to
		}
		out = append(out, coverage.Sample{Case: coverage.Case{Name: k.Name, Match: match}, Count: len(k.Events), Event: b.String()})
	}
	return out, len(out) == 2
}
