package targets_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/targets"
)

// judge can say whether a rule matches an event, in a way of its own. The verdict is not ok where it does not understand
// the rule or the event.
type judge struct {
	name    string
	want    func(event) bool
	verdict func(*testing.T, *testCase, event) (match, ok bool)
}

// judges are the readings of a rule itself and, for every target, what runs its queries.
func judges(t *testing.T) []judge {
	t.Helper()
	out := []judge{
		{"meaning", event.match, meaning},
		{"meaning of the row", event.inRow, meaningOfRow},
		{"sigma-go", event.match, secondOpinion},
	}
	for _, target := range targets.All() {
		if target.Judge == nil {
			t.Fatalf("nothing runs the queries of %s", target.Name)
		}
		want := event.ofKQL
		if target.Name == "splunk" {
			want = event.ofSPL
		}
		out = append(out, judge{target.Name, want, runs(target.Name)})
	}
	return out
}

// judge asks everyone who can tell whether the rule matches the event.
func (k *testCase) judge(t *testing.T, e event, asked tally) {
	t.Helper()
	for _, j := range judges(t) {
		got, ok := j.verdict(t, k, e)
		if !ok {
			continue
		}
		asked[j.name]++
		if want := j.want(e); got != want {
			t.Errorf("event %q: %s says %v, want %v", e.Name, j.name, got, want)
		}
	}
}

// tally counts how often each judge gave a verdict: a proof in which nobody takes part proves nothing.
type tally map[string]int

func (n tally) report(t *testing.T) {
	t.Helper()
	for _, judge := range slices.Sorted(maps.Keys(n)) {
		t.Logf("%s: %d verdicts", judge, n[judge])
	}
	for _, j := range judges(t) {
		if n[j.name] == 0 {
			t.Errorf("%s has judged no event", j.name)
		}
	}
}

// meaning is the reference: what the rule says of the event as it was given.
func meaning(t *testing.T, k *testCase, e event) (match, ok bool) {
	return k.matches(t, e.Event, form.Auto)
}

// meaningOfRow is the reference on the row that the event becomes: the meaning does not depend on the form.
func meaningOfRow(t *testing.T, k *testCase, e event) (match, ok bool) {
	read, err := form.Read(form.Auto, e.Event)
	if err != nil || read.Log == nil || read.Form != form.EventHub {
		return false, false
	}
	for _, list := range k.compiled { // the log that the rule reads may share its records with another
		for _, c := range list {
			if row, ok := form.Row(c.Log, e.Event); ok {
				return k.matches(t, row, form.LogAnalytics)
			}
		}
	}
	return k.matches(t, form.LogAnalyticsRow(read.Log, e.Event), form.LogAnalytics)
}

func (k *testCase) matches(t *testing.T, record map[string]any, f form.Form) (match, ok bool) {
	t.Helper()
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	events, err := compiler.ReadEvents(text, string(f))
	if err != nil || len(events) != 1 {
		t.Fatalf("%d events, %v: %s", len(events), err, text)
	}
	for _, r := range k.rules {
		if !r.OK() {
			return false, false
		}
		match = match || r.Match(events[0])
	}
	return match, true
}
