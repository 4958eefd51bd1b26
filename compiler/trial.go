package compiler

import (
	"errors"
	"fmt"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/target"
)

// CaseResult is what one judge says of one case.
type CaseResult struct {
	Rule *Rule
	Case string
	// Target is the one whose query was run; empty for the meaning of the rule.
	Target string
	// Form is the form of the events for the meaning: as given, or the Log Analytics rows that are made of them.
	Form string
	Want bool
	Got  bool
	// Fired is how often a correlation fired, and Fires how often it should have; -1 where nothing is known of it.
	Fires, Fired int
	// Matches is how many events of a file matched, of which Least should; both are 0 of other cases.
	Matches, Least int
	// Skipped says why there is no answer.
	Skipped string
	Err     error // the case could not be tried
}

// OK reports whether the answer is the one that the case wants, if there is one.
func (r CaseResult) OK() bool {
	return r.Skipped != "" || r.Err == nil && r.Want == r.Got && (r.Fires < 0 || r.Fires == r.Fired)
}

// Wrong says what is wrong with the answer; "" when nothing is.
func (r CaseResult) Wrong() string {
	switch {
	case r.OK():
		return ""
	case r.Err != nil:
		return r.Err.Error()
	case r.Want && !r.Got && r.Least > 1:
		return fmt.Sprintf("matches %d events, but should match %d", r.Matches, r.Least)
	case r.Want && !r.Got:
		return "does not match, but should"
	case !r.Want && r.Got:
		return "matches, but should not"
	default:
		return fmt.Sprintf("fires %d times, but should %d times", r.Fired, r.Fires)
	}
}

// trial is a case of a rule on its way through the judges.
type trial struct {
	program *Program
	rule    *Rule
	c       cases.Case
	fired   int // how often a correlation fires by its meaning; -1 when that is not known
}

func (t *trial) result() CaseResult {
	return CaseResult{Rule: t.rule, Case: t.c.Name, Want: t.c.Match, Fires: -1, Fired: -1}
}

// meaning asks the reference semantics about the events as they are given and, where they are Event Hub records, about
// the Log Analytics rows that they become: the meaning of a rule does not depend on the form.
func (t *trial) meaning() []CaseResult {
	if t.c.Skip != "" {
		result := t.result()
		result.Form, result.Skipped = string(form.Auto), t.c.Skip
		return []CaseResult{result}
	}
	given := t.ask(form.Auto, t.c.Events)
	t.fired = given.Fired
	results := []CaseResult{given}
	rows := make([]map[string]any, len(t.c.Events))
	for i, record := range t.c.Events {
		read, err := form.Read(form.Auto, record)
		if err != nil || read.Log == nil || read.Form != form.EventHub {
			return results
		}
		rows[i] = form.LogAnalyticsRow(read.Log, record)
	}
	return append(results, t.ask(form.LogAnalytics, rows))
}

func (t *trial) ask(f form.Form, records []map[string]any) CaseResult {
	result := t.result()
	result.Form, result.Fires = string(f), t.c.Fires
	correlation := t.rule.IsCorrelation()
	if t.c.Sequence && !correlation {
		result.Err = errors.New("the rule reads one event, so that a case has \"event\" or \"from\", not \"events\"")
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
	switch {
	case t.c.Counted && !correlation:
		matches := 0
		for _, e := range events {
			if t.rule.Match(e) {
				matches++
			}
		}
		t.count(&result, matches)
		return result
	case !correlation:
		result.Got = t.rule.Match(events[0])
		return result
	}
	fired, err := t.program.Fire(t.rule, events)
	if t.c.Counted {
		t.count(&result, len(fired))
		result.Err = err
		return result
	}
	result.Fired, result.Got, result.Err = len(fired), len(fired) > 0, err
	return result
}

// count compares how often a rule matches with how often it should at least.
func (t *trial) count(result *CaseResult, matches int) {
	result.Got = matches > 0 && matches >= t.c.Least
	result.Matches, result.Least = matches, t.c.Least
}

// onTargets runs the queries of the rule. Those of two targets that are the same are run once.
func (t *trial) onTargets(outputs []*Output) []CaseResult {
	if t.rule.Part || t.c.Skip != "" {
		return nil // it has no query of its own, or no events
	}
	var results []CaseResult
	run := map[string]CaseResult{} // by the text of the query
	for _, out := range outputs {
		became := out.of(t.rule)
		result, known := run[became.text()]
		switch {
		case became.compiled == nil:
			result = t.result()
			result.Skipped = became.refused
		case !known:
			result = t.judge(became.compiled)
			run[became.text()] = result
		}
		result.Target = out.Target.Name
		results = append(results, result)
	}
	return results
}

// judge runs the queries that a target has for the rule. An event is found by one of them at most.
func (t *trial) judge(queries []*target.Compiled) CaseResult {
	result := t.result()
	found, known := 0, false
	for _, c := range queries {
		if c.Target.Judge == nil {
			result.Skipped = "nothing runs the queries of this target"
			return result
		}
		n, ok, err := c.Target.Judge(c, t.c.Events)
		if err != nil {
			result.Err = err
			return result
		}
		found, known = found+n, known || ok
	}
	switch {
	case !known:
		result.Skipped = "the events are of another log, or in a form that the target does not keep"
	case t.c.Counted:
		t.count(&result, found)
	case t.rule.IsCorrelation():
		result.Got, result.Fired, result.Fires = found > 0, found, t.fired
	default:
		result.Got = found > 0
		if found > 1 {
			result.Err = fmt.Errorf("finds the event %d times", found)
		}
	}
	return result
}
