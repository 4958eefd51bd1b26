package coverage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Status is what rules do for a row.
type Status string

const (
	Covered  Status = "covered"    // every target has a rule for it, and the rules have cases
	Partial  Status = "partial"    // the rules, or the logs, leave something open
	NotInLog Status = "not-in-log" // no log tells
	Missing  Status = "missing"    // no rule serves it
)

// Statuses are all of them, the best first.
var Statuses = []Status{Covered, Partial, NotInLog, Missing}

// State is what the rules do for one row.
type State struct {
	*Row
	Status  Status
	Rules   []*Rule
	Targets map[string]bool // whether a rule for the row compiles
	Tested  bool            // every rule for the row has cases
	Reason  string          // why the row is not covered
}

// Report is what a set of rules does for all rows.
type Report struct {
	Targets []string
	States  []State
	Rules   []*Rule
}

// Of returns the report on a set of rules that are compiled for the targets.
func Of(rules []*Rule, targets []string) *Report {
	r := &Report{Targets: targets, Rules: rules}
	for _, row := range Rows() {
		s := State{Row: row, Rules: r.Serving(row.ID), Targets: map[string]bool{}}
		s.judge(targets)
		r.States = append(r.States, s)
	}
	return r
}

func (s *State) judge(targets []string) {
	s.Tested = len(s.Rules) > 0
	var without, untested []string
	for _, rule := range s.Rules {
		if !rule.Tested {
			s.Tested, untested = false, append(untested, rule.Title)
		}
	}
	for _, t := range targets {
		s.Targets[t] = slices.ContainsFunc(s.Rules, func(r *Rule) bool { return r.Refused[t] == "" })
		if !s.Targets[t] {
			without = append(without, t)
		}
	}
	switch {
	case s.Gap != nil && s.Gap.Status == NotInLog:
		s.Status, s.Reason = NotInLog, s.Gap.Reason
	case len(s.Rules) == 0:
		s.Status, s.Reason = Missing, "No rule serves the row."
	case len(without) > 0:
		s.Status, s.Reason = Partial, fmt.Sprintf("No rule for the row compiles for %s.", strings.Join(without, ", "))
	case !s.Tested:
		s.Status, s.Reason = Partial, fmt.Sprintf("No cases stand beside %q.", untested)
	case s.Gap != nil:
		s.Status, s.Reason = s.Gap.Status, s.Gap.Reason
	default:
		s.Status = Covered
	}
}

// Count is how many rows have a status.
func (r *Report) Count(status Status) int {
	n := 0
	for _, s := range r.States {
		if s.Status == status {
			n++
		}
	}
	return n
}

// Counts writes how many rows have which status.
func (r *Report) Counts() string {
	var parts []string
	for _, status := range Statuses {
		if n := r.Count(status); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, status))
		}
	}
	return fmt.Sprintf("%d rows: %s", len(r.States), strings.Join(parts, ", "))
}

// Need is a log, and the rules that read it.
type Need struct {
	*schema.Log
	Rules []*Rule
}

// Needs returns the logs that the rules read, those of most rules first.
func (r *Report) Needs() []Need {
	var out []Need
	for _, rule := range r.Rules {
		for _, l := range rule.Logs {
			i := slices.IndexFunc(out, func(n Need) bool { return n.Log == l })
			if i < 0 {
				out, i = append(out, Need{Log: l}), len(out)
			}
			out[i].Rules = append(out[i].Rules, rule)
		}
	}
	slices.SortStableFunc(out, func(a, b Need) int { return len(b.Rules) - len(a.Rules) })
	return out
}

// Unknown is a row that a rule names and that there is not.
type Unknown struct {
	Rule *Rule
	Row  string
}

// Unknown returns the rows that rules name and that there are not.
func (r *Report) Unknown() []Unknown {
	var out []Unknown
	for _, rule := range r.Rules {
		for _, id := range rule.Rows {
			if !slices.ContainsFunc(Rows(), func(row *Row) bool { return row.ID == id }) {
				out = append(out, Unknown{rule, id})
			}
		}
	}
	return out
}

// Levels writes the risk of a row.
func (r *Row) Levels() string {
	var parts []string
	for _, risk := range r.Risk {
		if risk.When != "" {
			parts = append(parts, risk.Level+" ("+risk.When+")")
		} else {
			parts = append(parts, risk.Level)
		}
	}
	return strings.Join(parts, ", ")
}

// Sections returns the sections of the articles, in their order and each once.
func Sections() []string {
	var out []string
	for _, r := range Rows() {
		if !slices.Contains(out, r.Section) {
			out = append(out, r.Section)
		}
	}
	return out
}
