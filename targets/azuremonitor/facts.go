package azuremonitor

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// facts are what Azure Monitor is told about a rule besides its query.
func facts(c *target.Compiled) []target.Fact {
	schedule, level := kusto.ScheduleOf(c), kusto.Level(c)
	return []target.Fact{
		{Name: "runs", Value: fmt.Sprintf("every %s, looks back %s", kusto.Short(schedule.Frequency), kusto.Short(windowOf(schedule.Period())))},
		{Name: "alerts on", Value: "more than 0 results"},
		{Name: "severity", Value: fmt.Sprintf("%d, of the level %s", kusto.Levels[level].Monitor, level)},
	}
}
