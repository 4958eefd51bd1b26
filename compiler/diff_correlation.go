package compiler

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// firing says how two correlations stand to each other, as far as that follows from their rules, windows and
// thresholds: where more events, a longer time and a lower threshold can only make a correlation fire more often, each
// that differs pulls in one direction. Directions that disagree decide nothing.
func firing(old, new *Rule, before, after *Program) Relation {
	a, b := old.correlated.Correlation, new.correlated.Correlation
	if frame(a) != frame(b) {
		return Unknown
	}
	grows := monotone(a) && monotone(b)
	out := thresholds(a.Thresholds, b.Thresholds)
	pull := func(r Relation) {
		switch {
		case r == Same || r == out:
		case out == Same && grows && r != Neither:
			out = r
		default:
			out = Unknown
		}
	}
	switch {
	case a.Window < b.Window:
		pull(Wider)
	case a.Window > b.Window:
		pull(Narrower)
	}
	for i := range a.Members {
		x, y := before.called(a.Members[i].Name), after.called(b.Members[i].Name)
		if x == nil || y == nil {
			return Unknown
		}
		r, _, _ := relation(x, y, before, after)
		pull(r)
	}
	return out
}

func (p *Program) called(name string) *Rule {
	if i := slices.IndexFunc(p.Rules, func(r *Rule) bool { return r.called(name) }); i >= 0 {
		return p.Rules[i]
	}
	return nil
}

// frame is what a correlation asks of the events of its rules, but for its window and thresholds.
func frame(c *ir.Correlation) string {
	text := fmt.Sprintf("%s %v %s", c.Kind, c.Percentile, presence(c.Presence))
	for _, key := range slices.Concat(c.GroupBy, c.Values) {
		text += fmt.Sprintf(" %q", key.Name)
		for _, f := range key.Fields {
			text += fmt.Sprintf(" %q", f.Name)
		}
	}
	for _, m := range c.Members {
		text += fmt.Sprintf(" %q", m.Name)
	}
	if b := c.Baseline; b != nil {
		text += fmt.Sprintf(" %d %s %v", b.Periods, b.Every, b.Percent)
	}
	return text
}

// monotone reports whether further events can only make a correlation fire more often.
func monotone(c *ir.Correlation) bool {
	switch c.Kind {
	case ir.EventCount, ir.ValueCount, ir.Temporal, ir.TemporalOrdered:
	default: // a sum can fall, an average and a percentile can go either way
		return false
	}
	upwards := !slices.ContainsFunc(c.Thresholds, func(t ir.Threshold) bool { return direction(t) != Narrower })
	return c.Baseline == nil && upwards && !denies(c.Presence)
}

func denies(p ir.Presence) bool {
	switch p := p.(type) {
	case *ir.Absent:
		return true
	case *ir.AllOf:
		return slices.ContainsFunc(p.X, denies)
	case *ir.OneOf:
		return slices.ContainsFunc(p.X, denies)
	}
	return false
}

// direction is what a higher number of a threshold makes of a correlation; [Unknown] where that cannot be said.
func direction(t ir.Threshold) Relation {
	switch {
	case t.Not:
		return Unknown
	case t.Op == ir.Gt || t.Op == ir.Gte:
		return Narrower
	case t.Op == ir.Lt || t.Op == ir.Lte:
		return Wider
	}
	return Unknown
}

// thresholds compares thresholds that are of the same kinds.
func thresholds(before, after []ir.Threshold) Relation {
	if len(before) != len(after) {
		return Unknown
	}
	out := Same
	for i, t := range before {
		u := after[i]
		if t.Op != u.Op || t.Not != u.Not {
			return Unknown
		}
		r := direction(t)
		switch {
		case t.Number.Float() == u.Number.Float():
			continue
		case t.Number.Float() > u.Number.Float():
			r = opposite(r)
		}
		if out != Same && out != r {
			return Unknown
		}
		out = r
	}
	return out
}

func opposite(r Relation) Relation {
	switch r {
	case Narrower:
		return Wider
	case Wider:
		return Narrower
	}
	return r
}
