package kusto

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// Schedule is how often a rule runs and how far back it looks, in whole minutes.
//
// Records reach a workspace late: sign-ins by minutes, now and then by more than an hour. A rule that looks back just
// as far as it runs apart never sees those. Ours look back further, by Allowance, and take only what has been ingested
// since the last run, so that a late record is found, and found once.
//
// A correlation looks back further still, by the time that its windows span: of a burst that two runs see parts of,
// the second sees all. It is told by the run by which the last of its events has arrived, whichever that is: the logs of
// a correlation need not be equally fast. Windows that begin before the data of the run are left to the runs before.
type Schedule struct {
	Frequency, Allowance int
	Lookback             int // of a correlation
}

// ScheduleOf returns the schedule of a rule. A target may have options for it: "frequency" and "period".
func ScheduleOf(c *target.Compiled) Schedule {
	s := Schedule{Frequency: 60, Allowance: 60}
	if c.Correlation != nil {
		s.Lookback = int((c.Correlation.Correlation.Lookback() + time.Minute - 1) / time.Minute)
	}
	if n, ok := minutesOf(c, "frequency"); ok {
		s.Frequency = n
	}
	if n, ok := minutesOf(c, "period"); ok {
		s.Allowance = n - s.Frequency - s.Lookback
	}
	return s
}

func minutesOf(c *target.Compiled, option string) (int, bool) {
	if _, ok := c.Target.Option(option); !ok {
		return 0, false
	}
	return Minutes(c.Setting(option))
}

// Minutes reads a length of time in minutes, hours or days: 5m, 1h, 2d.
func Minutes(text string) (int, bool) {
	if text == "" {
		return 0, false
	}
	factor := 1
	switch text[len(text)-1] {
	case 'm':
	case 'h':
		factor = 60
	case 'd':
		factor = 24 * 60
	default:
		return 0, false
	}
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	return int(n) * factor, err == nil && n > 0
}

// Period is how far back the rule looks.
func (s Schedule) Period() int { return s.Frequency + s.Allowance + s.Lookback }

// since is the time of the last run: what has been ingested after it is new.
func (s Schedule) since() kql.Expr { return call("ago", &kql.Timespan{Text: Short(s.Frequency)}) }

// from is the time of the oldest event that the run looks for.
func (s Schedule) from() kql.Expr {
	return call("ago", &kql.Timespan{Text: Short(s.Frequency + s.Allowance)})
}

// Guard returns the query with the test that takes only records of the current run, without a line break at its end.
func (s Schedule) Guard(q *Query) string {
	if q.guarded == nil {
		return strings.TrimRight(q.reading.guarded(q.text, s.guard(q.reading.log)), "\n")
	}
	return strings.TrimRight(q.guarded(s), "\n")
}

// guard is the test of what has been ingested since the last run. The rows of a function do not tell when that was, for
// operators that make new rows lose it: of these a run takes what is as old as records may come late, so that it is there.
func (s Schedule) guard(log *schema.Log) kql.Operator {
	if !homes.IsFunction(log) {
		return &kql.Where{X: binary(call("ingestion_time"), ">", s.since())}
	}
	x := &kql.And{X: []kql.Expr{binary(name(timeColumn), ">", s.from())}}
	if s.Allowance > 0 {
		x.X = append(x.X, binary(name(timeColumn), "<=", s.settled()))
	}
	return &kql.Where{X: single(x)}
}

// arrived are the operators that flag the rows of a log that are new to the current run.
func (s Schedule) arrived(log *schema.Log) []kql.Operator {
	x := binary(call("ingestion_time"), ">", s.since())
	var out []kql.Operator
	if homes.IsFunction(log) {
		x = binary(name(timeColumn), ">", s.from())
		if s.Allowance > 0 {
			out = append(out, &kql.Where{X: binary(name(timeColumn), "<=", s.settled())})
		}
	}
	return append(out, &kql.Extend{Columns: []kql.Assign{{Name: newColumn, X: x}}})
}

// settled is the time before which all records are there.
func (s Schedule) settled() kql.Expr { return call("ago", &kql.Timespan{Text: Short(s.Allowance)}) }

// CheckPeriod reports a rule that looks back further than a platform lets it, in minutes.
func CheckPeriod(c *target.Compiled, limit int, diags *diag.List) {
	s := ScheduleOf(c)
	if s.Period() <= limit {
		return
	}
	at := SettingAt(c, "period", "frequency")
	if c.Correlation != nil {
		at = c.Correlation.Correlation.WindowAt
	}
	d := diags.Errorf(c.Target.Name+"/lookback-too-long", at, "the rule must look back %s; %s allows %s", Short(s.Period()), c.Target.Name, Short(limit))
	d.Target = c.Target.Name
	d.Hint = fmt.Sprintf("runs are %s apart, and records may come %s late", Short(s.Frequency), Short(s.Allowance))
	if s.Lookback > 0 {
		d.Hint = fmt.Sprintf("its windows span %s; %s", Short(s.Lookback), d.Hint)
	}
}

// CheckReach reports a rule that is told to look back less far than it must. It returns false then.
func CheckReach(c *target.Compiled, diags *diag.List) bool {
	s := ScheduleOf(c)
	if s.Allowance >= 0 {
		return true
	}
	at, hint := SettingAt(c, "period", "frequency"), fmt.Sprintf("runs are %s apart", Short(s.Frequency))
	if c.Correlation != nil {
		hint = fmt.Sprintf("its windows span %s, and %s", Short(s.Lookback), hint)
		if at == c.Title.At {
			at = c.Correlation.Correlation.WindowAt
		}
	}
	d := diags.Errorf(c.Target.Name+"/period-too-short", at, "with a period of %s the rule misses events: it must look back at least %s",
		c.Setting("period"), Short(s.Frequency+s.Lookback))
	d.Target, d.Hint = c.Target.Name, hint
	return false
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
