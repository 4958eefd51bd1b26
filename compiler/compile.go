package compiler

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Output is what the rules of a program became on one target.
type Output struct {
	Target   *target.Target
	Compiled []*target.Compiled // in the order of the rules
	Refused  []Refusal
}

// Refusal says why a rule is not in an output.
type Refusal struct {
	Rule   *Rule
	Reason diag.Diagnostic // the first of the reasons
}

// CompileOptions changes how a target's refusal counts, and what the windows of correlations are.
type CompileOptions struct {
	// SkipUnsupported makes a note of what a target cannot express, instead of an error.
	SkipUnsupported bool
	// Bins makes the windows of correlations fixed ones, where there is such a form. Otherwise all slide.
	Bins bool
	// Last says that nobody will ask for the meaning of the rules: it is given up rule by rule, so that a large pack needs
	// little memory.
	Last bool
	// Lang is the language of titles and descriptions, where there are translations into it.
	Lang string
}

// Compile writes every rule for every target, in the order given. Rules that are only parts of correlations are written
// with these.
func (p *Program) Compile(targets []*target.Target, opts CompileOptions) []*Output {
	var rules []*Rule
	for _, r := range p.Rules {
		if opts.Last {
			r.parsed, r.own = nil, nil
			if opts.Lang == "" || opts.Lang == lang.Source { // translations are found by what they are of
				r.header = nil
			}
		}
		if !r.Part {
			rules = append(rules, r)
		}
	}
	type slot struct {
		compiled []*target.Compiled
		diags    diag.List
	}
	slots := make([]slot, len(rules)*len(targets))
	parallel(len(rules), func(i int) {
		r := rules[i]
		var bare *target.Bare
		if r.located != nil {
			bare = r.located.Bare()
		}
		for j, t := range targets { // one after another: they may share their work on a rule
			s := &slots[i*len(targets)+j]
			s.compiled = compile(r, t, opts, &s.diags)
			for _, c := range s.compiled {
				c.Settle(bare)
			}
		}
		if r.located != nil {
			r.located.Forget()
		}
		if opts.Last {
			r.meaning, r.located = nil, nil
		}
	})
	outputs := make([]*Output, len(targets))
	for i, t := range targets {
		outputs[i] = &Output{Target: t}
	}
	for i := range slots {
		r, out := rules[i/len(targets)], outputs[i%len(targets)]
		found := slots[i].diags.From(0)
		for j := range found {
			found[j].Rule = r.Key()
			if opts.SkipUnsupported && found[j].Target != "" && found[j].Severity == diag.Error {
				found[j].Severity = diag.Note
			}
		}
		p.diags.AddAll(&slots[i].diags)
		if slots[i].compiled != nil {
			out.Compiled = append(out.Compiled, slots[i].compiled...)
		} else {
			out.Refused = append(out.Refused, Refusal{Rule: r, Reason: reason(r, found)})
		}
	}
	packs := make([]diag.List, len(outputs))
	parallel(len(outputs), func(i int) {
		if t := outputs[i].Target; t.CheckPack != nil {
			t.CheckPack(outputs[i].Compiled, &packs[i])
		}
	})
	for i := range packs {
		p.diags.AddAll(&packs[i])
	}
	return outputs
}

// compile writes one rule for one target, in several queries where the target reads its logs apart; nil when the rule or
// the target does not allow it.
func compile(r *Rule, t *target.Target, opts CompileOptions, diags *diag.List) []*target.Compiled {
	before := diags.Errors()
	out := bind(r, t, opts, diags)
	for i, c := range out {
		c.Target, c.Path, c.Namesake = t, r.Path, r.namesake
		if len(out) > 1 {
			c.Table, c.Nth = c.Log.Name, i
		}
		c.Text = oneLineBreak(c.Query.String())
		c.Meta = r.translated(c.Meta, opts.Lang)
		if c.CheckSettings(diags); diags.Errors() > before {
			return nil
		}
		said := diags.Len()
		t.Check(c, diags)
		c.Noted = diags.From(said)
	}
	if diags.Errors() > before {
		return nil
	}
	return out
}

// oneLineBreak ends a text with one line break.
func oneLineBreak(text string) string {
	if bare := strings.TrimRight(text, "\n"); len(text) != len(bare)+1 {
		return bare + "\n"
	}
	return text
}

func bind(r *Rule, t *target.Target, opts CompileOptions, diags *diag.List) []*target.Compiled {
	var out []*target.Compiled
	switch {
	case r.located != nil:
		for _, part := range t.Parts(r.located, diags) {
			if bound := target.Bind(t, part, diags); bound != nil {
				out = append(out, &target.Compiled{Meta: bound.Rule.Meta, Bound: bound, Query: t.Query(bound)})
			}
		}
	case r.correlated != nil:
		if bound := target.BindCorrelation(t, r.correlated, opts.Bins, diags); bound != nil {
			out = append(out, &target.Compiled{Meta: bound.Correlation.Meta, Correlation: bound, Query: t.Correlation(bound)})
		}
	}
	return out
}

// reason is the first thing that stands against a rule. A target's refusal says so even when it has become a note.
func reason(r *Rule, found []diag.Diagnostic) diag.Diagnostic {
	if faults := r.faults(); len(faults) > 0 {
		return faults[0]
	}
	for _, d := range found {
		if d.Severity == diag.Error {
			return d
		}
	}
	for _, d := range found {
		if d.Target != "" && d.ID != "target/approximated" && d.ID != "target/never-found" {
			return d
		}
	}
	return diag.Diagnostic{Severity: diag.Error, Message: "the rule has errors"}
}
