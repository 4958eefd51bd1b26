package eval

import (
	"testing"
	"time"
)

// TestTstats: events of the data set alone, positive terms, a row for each second and set of values, and "unknown" where
// an event has no value.
func TestTstats(t *testing.T) {
	app := App{Macros: map[string]string{"m": "summariesonly=false"}}
	at := time.Unix(100, 0)
	event := func(at time.Time, model, a, b string) Event {
		e := Event{Time: at, Fields: map[string]string{ModelField: model, "A.a": a}}
		if b != "" {
			e.Fields["A.b"] = b
		}
		return e
	}
	events := []Event{
		event(at, "M.A", "x1", "y"), event(at.Add(time.Millisecond), "M.A", "x1", "y"), event(at.Add(time.Second), "M.A", "x1", "y"),
		event(at, "M.A", "x2", ""), event(at, "M.B", "x1", "y"), event(at, "M.A", "z", "y"),
	}
	got, err := Reading{}.Results("| tstats `m` fillnull_value=unknown count FROM datamodel=M.A WHERE A.a=\"x*\" BY _time, A.a, A.b span=1s | where 'A.b'!=\"z\"", Search{App: app, Events: events})
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	if got[2]["A.b"] != "unknown" {
		t.Errorf("%v", got)
	}
	for _, wrong := range []string{
		"| tstats `x` fillnull_value=u count FROM datamodel=M.A BY _time span=1s", "| tstats `m` fillnull_value=u count FROM datamodel=M.A BY _time",
		"| tstats `m` count FROM datamodel=M.A BY _time span=1s", "| stats count AS n BY a", "index=main | tstats `m` fillnull_value=u count FROM datamodel=M.A BY _time span=1s",
		"| tstats `m` fillnull_value=u count FROM datamodel=M.A WHERE A.a=\"x\" BY", "| tstats `m` fillnull_value=u count FROM datamodel=M.A WHERE BY _time span=1s",
	} {
		if _, err := (Reading{}).Results(wrong, Search{App: app}); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}
