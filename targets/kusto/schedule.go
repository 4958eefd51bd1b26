package kusto

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// Schedule is how often a rule runs and how far back it looks, both in whole minutes.
//
// Records reach a workspace late: sign-ins by minutes, now and then by more than an hour. A rule that looks back just
// as far as it runs apart never sees those. Ours look back further, by Allowance, and take only what has been ingested
// since the last run, so that a late record is found, and found once.
type Schedule struct {
	Frequency, Allowance int
}

// Hourly is the schedule of a rule about single events.
var Hourly = Schedule{Frequency: 60, Allowance: 60}

// Period is how far back the rule looks.
func (s Schedule) Period() int { return s.Frequency + s.Allowance }

// Guard returns the query with the test that takes only records of the current run.
func (s Schedule) Guard(q *Query) string {
	guarded := *q.Query
	where := &kql.Where{X: binary(call("ingestion_time"), ">", call("ago", &kql.Timespan{Text: Short(s.Frequency)}))}
	guarded.Ops = append([]kql.Operator{where}, q.Ops...)
	return guarded.String()
}

// Short writes minutes as KQL and Sentinel's YAML do: 5m, 1h, 2d.
func Short(minutes int) string {
	switch {
	case minutes%(24*60) == 0:
		return fmt.Sprintf("%dd", minutes/(24*60))
	case minutes%60 == 0:
		return fmt.Sprintf("%dh", minutes/60)
	default:
		return fmt.Sprintf("%dm", minutes)
	}
}

// ISO writes minutes as an ISO 8601 duration: PT5M, PT1H, P2D.
func ISO(minutes int) string {
	switch {
	case minutes%(24*60) == 0:
		return fmt.Sprintf("P%dD", minutes/(24*60))
	case minutes%60 == 0:
		return fmt.Sprintf("PT%dH", minutes/60)
	default:
		return fmt.Sprintf("PT%dM", minutes)
	}
}
