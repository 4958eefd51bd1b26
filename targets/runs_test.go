package targets_test

import (
	"testing"
)

// runs returns the judge that runs the queries of a target over the event.
func runs(name string) func(*testing.T, *testCase, event) (match, ok bool) {
	return func(t *testing.T, k *testCase, e event) (match, ok bool) {
		t.Helper()
		for _, c := range k.compiled[name] {
			found, known, err := c.Target.Judge(c, []map[string]any{e.Event})
			if err != nil {
				t.Errorf("event %q: %s: %v\n%s", e.Name, name, err, c.Text)
			}
			if found > 1 {
				t.Errorf("event %q: %s finds it %d times", e.Name, name, found)
			}
			match, ok = match || found > 0, ok || known // what one query does not read, another may
		}
		return match, ok
	}
}
