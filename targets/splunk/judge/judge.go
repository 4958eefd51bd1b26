package judge

import (
	"fmt"
	"time"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

// Scopes are the macros that say where the logs are: here every event is in scope.
var Scopes = map[string]string{
	"azure_monitor_aad": "index=main", "azure_monitor_activity": "index=main", "azure_monitor_resource": "index=main",
}

// Judge counts the results of the search of a rule over Event Hub records, in every reading of what Splunk's
// documentation leaves open.
func Judge(c *target.Compiled, events []map[string]any) (found int, ok bool, err error) {
	indexed, ok := index(c, events)
	if !ok {
		return 0, false, nil
	}
	app, err := App(c)
	if err != nil {
		return 0, false, err
	}
	for i, reading := range eval.Readings() {
		results, err := reading.Results(c.Text, eval.Search{Events: indexed, App: app})
		if err != nil {
			return 0, false, fmt.Errorf("the search cannot be run: %w", err)
		}
		if i == 0 {
			found = len(results)
		} else if found != len(results) {
			return 0, false, fmt.Errorf("the search finds %d results, and %d in the reading %+v", found, len(results), reading)
		}
	}
	return found, true, nil
}

// index puts the events into an index. It is not ok when none of them is a record of a log that the rule reads, or one
// is no record at all.
func index(c *target.Compiled, events []map[string]any) (indexed []eval.Event, ok bool) {
	for _, record := range events {
		var at time.Time
		for _, log := range c.Logs() {
			read, err := form.ReadAs(form.Auto, log, record)
			if log == nil || err != nil || read.Form != form.EventHub {
				return nil, false
			}
			at, ok = read.Time, ok || read.Log == log
		}
		indexed = append(indexed, eval.Event{Record: record, Time: at, Indexed: at})
	}
	return indexed, ok
}
