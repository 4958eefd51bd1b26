package targets_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

// scopes are the macros that say where the logs are: here every event is in scope.
var scopes = map[string]string{
	"azure_monitor_aad": "index=main", "azure_monitor_activity": "index=main", "azure_monitor_resource": "index=main",
}

// runSPL reads the printed search back and runs it over the Event Hub record, in every reading of what Splunk's
// documentation leaves open.
func runSPL(t *testing.T, k *testCase, e event) (match, ok bool) {
	t.Helper()
	for _, c := range k.compiled["splunk"] {
		read, err := form.ReadAs(form.Auto, c.Log, e.Event)
		if err != nil || read.Log != c.Log || read.Form != form.EventHub {
			return false, false
		}
		app := app(t, c)
		for i, reading := range eval.Readings() {
			found, err := reading.RunIn(app, c.Text, []map[string]any{e.Event})
			if err != nil {
				t.Errorf("event %q: splunk: %v in:\n%s", e.Name, err, c.Text)
				return false, false
			}
			if len(found) > 1 {
				t.Errorf("event %q: splunk finds one event %d times", e.Name, len(found))
			}
			if i == 0 {
				match = match || len(found) > 0
			} else if match != (len(found) > 0) {
				t.Errorf("event %q: splunk's answer depends on its reading %+v", e.Name, reading)
			}
		}
		ok = true
	}
	return match, ok
}
