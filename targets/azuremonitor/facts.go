package azuremonitor

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// facts are what Azure Monitor is told about a rule besides its query.
func facts(c *target.Compiled) []target.Fact {
	r, s := newRule(c), scheduleOf(c)
	var out []target.Fact
	add := func(name, format string, args ...any) {
		out = append(out, target.Fact{Name: name, Value: fmt.Sprintf(format, args...)})
	}
	add("runs", "every %s, looks back %s", kusto.Short(s.frequency), kusto.Short(s.window))
	if s.read > 0 {
		add("reads", "%s", kusto.Short(s.read))
	}
	cr := r.properties.Criteria.AllOf[0]
	if cr.Threshold != nil {
		add("alerts on", "more than %d results", *cr.Threshold)
	} else {
		add("alerts on", "more events than usual, %s sensitivity, in %d of %d windows", c.Setting("dynamic"), cr.FailingPeriods.Failing, cr.FailingPeriods.Periods)
	}
	add("severity", "%d, of the level %s", r.properties.Severity, kusto.Level(c))
	if !yes(c, "enabled") {
		add("enabled", "no")
	}
	if columns := split(c); len(columns) > 0 {
		add("an alert for each", "%s", strings.Join(columns, ", "))
	} else {
		add("an alert for", "all results of a run")
	}
	if yes(c, "autoMitigate") {
		add("resolved", "when nothing is found")
	} else {
		add("resolved", "by hand")
	}
	if mute := c.Setting("mute"); mute != "" {
		add("actions muted", "%s after an alert", mute)
	}
	add("version", "%s of scheduledQueryRules", r.version)
	return out
}
