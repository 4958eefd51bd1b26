package kusto

import (
	"fmt"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// CheckLength reports a query that is too long, at the part of the rule that makes most of it.
func CheckLength(c *target.Compiled, length, limit int, unit string, diags *diag.List) {
	if length <= limit {
		return
	}
	long := longest(c)
	d := diags.Errorf(c.Target.Name+"/query-too-long", long.at, "the query has %d %s; %s allows %d", length, unit, c.Target.Name, limit)
	d.Target = c.Target.Name
	switch {
	case long.list != "" && c.Target.Keeping != "":
		d.Hint = fmt.Sprintf("have %s keep the list outside of the query: lists: {%s: {as: {%s: %s}}} in sigc.yml",
			c.Target.Name, long.list, c.Target.Name, c.Target.Keeping)
	case c.Target.Keeping != "" && long.values > 1:
		d.Hint = fmt.Sprintf("make them a list in sigc.yml that %s keeps as a %s, or split the rule", c.Target.Name, c.Target.Keeping)
	default:
		d.Hint = "shorten the list of values, or split the rule"
	}
	if long.values < 2 {
		return
	}
	d.Label = fmt.Sprintf("%d alternatives, %d characters", long.values, long.size)
	if long.list != "" {
		d.Label = fmt.Sprintf("the list %q: %d values, %d characters", long.list, long.values, long.size)
	}
}

// bulk is a part of a rule and how long its texts are.
type bulk struct {
	at           source.Span
	list         string // whose values it is; "" when they stand in the rule
	values, size int
}

// longest finds the alternatives, or the list, with the most text in a rule.
func longest(c *target.Compiled) bulk {
	most := bulk{at: c.At}
	var rules []*target.Located
	if c.Bound != nil {
		rules = append(rules, c.Located)
	} else {
		for _, b := range c.Correlation.Detections() {
			rules = append(rules, b.Located)
		}
	}
	for _, r := range rules {
		for _, condition := range r.Rule.Conditions { // in which lists are not yet their values
			ir.Walk(condition, func(e ir.Expr) bool {
				p := bulk{at: e.Span()}
				switch e := e.(type) {
				case *ir.Or:
					p.values, p.size = len(e.X), size(e)
				case *ir.Listed:
					p.list, p.size, p.values = e.List, size(e.X), 1
					if or, ok := e.X.(*ir.Or); ok {
						p.values = len(or.X)
					}
				}
				if p.size > most.size {
					most = p
				}
				return p.list == ""
			})
		}
	}
	return most
}

// size is how many characters the texts in a condition have, with their quotes and a comma.
func size(e ir.Expr) int {
	n := 0
	ir.Walk(e, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.Like:
			n += len(`"", `)
			for p := range e.Pattern.Parts() {
				n += utf8.RuneCountInString(p.Text)
			}
		case *ir.Regex:
			n += len(`"", `) + utf8.RuneCountInString(e.Pattern)
		case *ir.CIDR:
			n += len(`"", `) + len(e.Prefix.String())
		}
		return true
	})
	return n
}
