package compiler

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// Judge prepares the program for being tried on events. It reports the rules that the reference semantics cannot judge,
// because their regular expressions need look-around or back-references, and the correlations about these. They are
// then not [Rule.Judged].
func (p *Program) Judge() {
	for _, r := range p.Rules {
		switch {
		case r.located != nil:
			r.judge(r.located.Rule, &p.diags)
		case r.correlated != nil:
			for _, rule := range r.correlated.Correlation.Rules() {
				r.judge(rule, &p.diags)
			}
		}
	}
}

func (r *Rule) judge(rule *ir.Rule, diags *diag.List) {
	for _, need := range ir.Needs(rule) {
		if need.Feature == ir.FeatureLookaround && !r.unjudged {
			r.unjudged = true
			d := diags.Errorf("eval/look-around", need.At, "events cannot be judged by a regular expression with look-around or back-references")
			d.Rule = r.Key()
			d.Hint = "a target that has them still takes the rule"
		}
	}
}

// Judged reports whether the rule can be tried on events.
func (r *Rule) Judged() bool { return r.OK() && !r.unjudged }
