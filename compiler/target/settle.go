package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// Settle gives up the condition of the rule and what its fields mean, once its query is written and checked. Formats ask for
// neither, and a pack may have thousands of rules.
func (c *Compiled) Settle(bare *Bare) {
	c.listUses, c.schedules = c.ListUses(), c.Schedules()
	c.settled = true
	if c.Bound == nil {
		return
	}
	if bare.last == nil || bare.last.Log != c.Log {
		own := &struct { // of one allocation
			Bound
			Located
		}{Located: Located{Rule: &bare.rule, Log: c.Log, Lists: c.Lists}}
		own.Bound.Located = &own.Located
		bare.last = &own.Bound
	}
	c.Bound = bare.last
}

// Bare is a detection rule without its conditions, as it is kept once its queries are written.
type Bare struct {
	rule ir.Rule
	last *Bound // over the log that the last query reads; the next one may read the same
}

// Bare returns the rule without its conditions.
func (l *Located) Bare() *Bare {
	return &Bare{rule: ir.Rule{Meta: l.Rule.Meta, Logsource: l.Rule.Logsource}}
}

// Schedules returns the schedules that the query of the rule asks for, each once: within a program a name has one schedule.
func (c *Compiled) Schedules() []ir.Schedule {
	if c.settled {
		return c.schedules
	}
	var out []ir.Schedule
	for _, r := range c.rules() {
		if r.uses.features&ir.FeatureSchedule == 0 {
			continue
		}
		ir.Walk(r.Expr, func(e ir.Expr) bool {
			if e, ok := e.(*ir.Within); ok && !slices.ContainsFunc(out, func(s ir.Schedule) bool { return s.Name == e.Schedule.Name }) {
				out = append(out, e.Schedule)
			}
			return true
		})
	}
	return out
}
