package ir

import "github.com/sigc-rules/sigc/compiler/source"

// Meta is what a rule says about itself.
type Meta = source.Header

// Setting is an option of a target that a rule sets for itself.
type Setting = source.Setting

// Rule is a detection rule: what it matches, and what it says about itself.
type Rule struct {
	*Meta

	// Fields are the ones an analyst wants to see beside a match.
	Fields []*Field

	Logsource Logsource

	// Conditions are alternatives: an event matches the rule when it satisfies one of them.
	Conditions []Expr

	// Searches are what the conditions were made from. They say nothing that the conditions do not; who wants to tell
	// an author which part of a rule is at fault looks here.
	Searches []Search
}

// Search is the meaning of a search of a rule.
type Search struct {
	Name string
	Expr Expr // as it was lowered, not simplified
	At   source.Span
}

// Logsource names the log that a rule reads.
type Logsource struct {
	Category, Product, Service string
	At                         source.Span
}

func (l Logsource) String() string {
	s := ""
	for _, p := range []struct{ key, value string }{{"product", l.Product}, {"category", l.Category}, {"service", l.Service}} {
		if p.value != "" {
			if s != "" {
				s += ", "
			}
			s += p.key + ": " + p.value
		}
	}
	return s
}

// Expr returns the one condition that stands for all of them.
func (r *Rule) Expr() Expr {
	if len(r.Conditions) == 1 {
		return r.Conditions[0]
	}
	return Simplify(&Or{X: r.Conditions, At: r.At})
}
