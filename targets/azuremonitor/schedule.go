package azuremonitor

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

const (
	hour = 60 // minutes
	day  = 24 * hour
)

// The lengths of time that a rule may have, in minutes. A rule that runs every minute may not ask for ingestion_time(),
// as all of ours do, so that the one minute is missing here.
var (
	frequencies = []int{5, 10, 15, 30, 45, hour, 2 * hour, 3 * hour, 4 * hour, 5 * hour, 6 * hour, day}
	windows     = append(slices.Clone(frequencies), 2*day)
	mutes       = windows
	ranges      = []int{5, 10, 15, 20, 30, 45, hour, 2 * hour, 3 * hour, 4 * hour, 5 * hour, 6 * hour, day, 2 * day}
)

// maxStateful is the longest time between two runs of a rule whose alerts are resolved.
const maxStateful = 12 * hour

// schedule is when a rule runs and what it reads, in minutes.
type schedule struct {
	frequency, window int
	read              int // how far back the query reads, where that is not the window; otherwise 0
}

func scheduleOf(c *target.Compiled) schedule {
	var s schedule
	if dynamic(c) {
		s.window = timespan(c)
		s.frequency = runsWithin(c, s.window)
	} else {
		k := kusto.ScheduleOf(c)
		s.frequency, s.window = k.Frequency, windowOf(k.Period())
	}
	s.read, _ = kusto.Minutes(c.Setting("queryTimeRange"))
	return s
}

// windowOf is the shortest window that holds the period. What it reads more is what is not new, and left out for that.
func windowOf(period int) int {
	for _, w := range windows {
		if w >= period {
			return w
		}
	}
	return windows[len(windows)-1] // check has refused what is longer
}

// oneOf checks an option that must be one of some lengths of time.
func oneOf(allowed []int) func(string) string {
	return func(v string) string {
		if n, ok := kusto.Minutes(v); ok && slices.Contains(allowed, n) {
			return ""
		}
		return "one of " + inWords(allowed)
	}
}

func inWords(lengths []int) string {
	var words []string
	for _, n := range lengths {
		words = append(words, kusto.Short(n))
	}
	return strings.Join(words, ", ")
}
