package compiler

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Cases are the events that stand beside the rules of a file, and what the rules say of them.
type Cases cases.File

// ReadCases reads a file of cases. Files of shared bases that it asks for are read with open, by slash-separated names
// that start where that of the file does.
func ReadCases(file *source.File, open func(name string) ([]byte, error)) (*Cases, error) {
	c, err := cases.Read(file, open)
	return (*Cases)(c), err
}

// CaseResult is how one case went for one rule.
type CaseResult struct {
	Rule *Rule
	Case string
	Form string // the form of the events: as given, or the Log Analytics rows that are made of them
	Want bool
	Got  bool
	// Fires and Fired are how often a correlation was to fire and did; Fires is -1 where the case does not say.
	Fires, Fired int
	Err          error // the case could not be tried
}

// OK reports whether the rule did as the case says.
func (r CaseResult) OK() bool {
	return r.Err == nil && r.Want == r.Got && (r.Fires < 0 || r.Fires == r.Fired)
}

// Run tests the rules of one file against its cases. Events are tried as they are given and, where they are Event Hub
// records, as the Log Analytics rows that they become: the meaning of a rule does not depend on the form. Rules that are
// only parts of correlations are tried by cases that name them.
func (c *Cases) Run(in Input, opts Options) (*Program, []CaseResult) {
	lists := Values(c.Lists)
	for name, l := range opts.Lists {
		if _, assumed := lists[name]; !assumed {
			lists[name] = l
		}
	}
	p := Load([]Input{in}, Options{Lists: lists})
	var results []CaseResult
	p.Judge()
	for _, r := range p.Rules {
		if !r.Judged() {
			continue
		}
		for _, k := range c.Cases {
			if r.concerns(k) {
				results = append(results, p.try(r, k)...)
			}
		}
	}
	return p, results
}

// concerns reports whether a case is about the rule.
func (r *Rule) concerns(k cases.Case) bool {
	if k.Rule != "" {
		return k.Rule == r.Name || k.Rule == r.ID || k.Rule == r.Title
	}
	return !r.Part
}

func (p *Program) try(r *Rule, k cases.Case) []CaseResult {
	results := []CaseResult{p.tryAs(form.Auto, r, k, k.Events)}
	rows := make([]map[string]any, len(k.Events))
	for i, record := range k.Events {
		read, err := form.Read(form.Auto, record)
		if err != nil || read.Log == nil || read.Form != form.EventHub {
			return results
		}
		rows[i] = form.LogAnalyticsRow(read.Log, record)
	}
	return append(results, p.tryAs(form.LogAnalytics, r, k, rows))
}

func (p *Program) tryAs(f form.Form, r *Rule, k cases.Case, records []map[string]any) CaseResult {
	result := CaseResult{Rule: r, Case: k.Name, Form: string(f), Want: k.Match, Fires: k.Fires}
	if k.Sequence && !r.IsCorrelation() {
		result.Err = fmt.Errorf("the rule reads one event, so that a case has \"event\" or \"from\", not \"events\"")
		return result
	}
	var events []*Event
	for i, record := range records {
		e, err := readEvent(f, record)
		if err != nil {
			result.Err = fmt.Errorf("event %d: %w", i, err)
			return result
		}
		events = append(events, e)
	}
	if !r.IsCorrelation() {
		result.Got = r.Match(events[0])
		return result
	}
	fired, err := p.Fire(r, events)
	result.Fired, result.Got, result.Err = len(fired), len(fired) > 0, err
	return result
}
