package compiler

import (
	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// servesKey is the key under which a rule names the rows of Microsoft's monitoring tables that it serves.
const servesKey = "monitoring-tables"

func serves(m *sigma.Meta) []string { return m.CustomTexts(servesKey) }

// Coverage says what the rules of the program, compiled for the targets of the outputs, do for the rows of Microsoft's
// monitoring tables. cases are those of each file. Rules that are only parts of correlations are left out.
func (p *Program) Coverage(outputs []*Output, cases map[*source.File]*Cases) *coverage.Report {
	var targets []string
	for _, out := range outputs {
		targets = append(targets, out.Target.Name)
	}
	var rules []*coverage.Rule
	for _, r := range p.Rules {
		if r.Part || r.Title == "" {
			continue
		}
		c := &coverage.Rule{
			Key: r.Key(), Title: r.Title, Level: r.Level, File: r.File, Tags: r.Tags, Rows: r.Serves,
			Refused: map[string]string{}, Tested: cases[r.file].try(r),
		}
		for _, out := range outputs {
			if became := out.of(r); became.compiled == nil {
				c.Refused[out.Target.Name] = became.refused
				if became.refused == "" {
					c.Refused[out.Target.Name] = "the rule is not compiled"
				}
			}
		}
		rules = append(rules, c)
	}
	return coverage.Of(rules, targets)
}

// try reports whether there are cases of the rule that match and cases that do not.
func (c *Cases) try(r *Rule) bool {
	if c == nil {
		return false
	}
	var match, miss bool
	for _, k := range c.Cases {
		if r.concerns(k) {
			match, miss = match || k.Match, miss || !k.Match
		}
	}
	return match && miss
}
