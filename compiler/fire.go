package compiler

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Firing is a time when a group of events satisfies a correlation.
type Firing = ir.Firing

// Fire returns every time that a correlation fires over the events, by the reference semantics. The error says that an
// event that counts has no time.
func (p *Program) Fire(r *Rule, events []*Event) ([]Firing, error) {
	if r.correlated == nil {
		return nil, nil
	}
	rules := map[*ir.Rule]*Rule{}
	for _, r := range p.Rules {
		if r.located != nil {
			rules[r.located.Rule] = r
		}
	}
	var missing error
	fired := r.correlated.Correlation.Fire(func(meaning *ir.Rule) []ir.Occurrence {
		var out []ir.Occurrence
		member := rules[meaning]
		for i, e := range events {
			if !member.Match(e) {
				continue
			}
			if e.Time.IsZero() && missing == nil {
				missing = fmt.Errorf("event %d has no time, which the correlation %q needs", i, r.Title)
			}
			out = append(out, member.occurrence(i, e))
		}
		return out
	})
	return fired, missing
}

// occurrence is an event that the rule matches.
func (r *Rule) occurrence(i int, e *Event) ir.Occurrence {
	o := ir.Occurrence{Time: e.Time, Event: i, Fields: e.read.Fields}
	log := r.located.Log
	if log == nil {
		return o
	}
	if read, err := e.as(log); err == nil {
		o.Fields = read.Fields
		if read.Log != nil {
			o.Spell = spelling(log)
		}
	}
	return o
}

func spelling(log *schema.Log) func(*ir.Field) *ir.Field {
	return func(f *ir.Field) *ir.Field { return form.Field(f, log) }
}
