package judge

import (
	"fmt"
	"maps"
	"sync"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// Scopes returns the macros that say where the logs are: here every event is in scope.
var Scopes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range forms.All() {
		for _, m := range f.Macros {
			out[m.Name] = "index=main"
		}
	}
	return out
})

// scopes are these, and the macros of channels that a rule reads.
func scopes(c *target.Compiled) map[string]string {
	out := maps.Clone(Scopes())
	for _, m := range forms.Choose(c.Target.Settings).Scopes(c.Logs()) {
		out[m.Name] = "index=main"
	}
	return out
}

// Judge counts the results of the search of a rule over events, in the data form that its target is set to and in every
// reading of what Splunk's documentation leaves open.
func Judge(c *target.Compiled, events []map[string]any) (found int, ok bool, err error) {
	variants, ok := index(c, events)
	if !ok {
		return 0, false, nil
	}
	app, err := App(c)
	if err != nil {
		return 0, false, err
	}
	found = -1
	for _, indexed := range variants {
		for _, reading := range eval.Readings() {
			results, err := reading.Results(c.Text, eval.Search{Events: indexed, App: app})
			if err != nil {
				return 0, false, fmt.Errorf("the search cannot be run: %w", err)
			}
			if found < 0 {
				found = len(results)
			} else if found != len(results) {
				return 0, false, fmt.Errorf("the search finds %d results, and %d in the reading %+v", found, len(results), reading)
			}
		}
	}
	return found, true, nil
}
