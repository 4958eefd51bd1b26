package targets_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/form"
)

// judges are those who can say whether a rule matches an event, each in another way. A verdict is not ok where a judge
// does not understand the rule or the event.
var judges = []struct {
	name    string
	want    func(event) bool
	verdict func(*testing.T, *kase, event) (match, ok bool)
}{
	{"meaning", event.match, meaning},
	{"meaning of the row", event.inRow, meaningOfRow},
	{"sigma-go", event.match, secondOpinion},
	{"sentinel", event.ofKQL, runKQL("sentinel")},
	{"azuremonitor", event.ofKQL, runKQL("azuremonitor")},
}

// judge asks everyone who can tell whether the rule matches the event.
func (k *kase) judge(t *testing.T, e event, asked tally) {
	t.Helper()
	for _, j := range judges {
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
	for _, j := range judges {
		if n[j.name] == 0 {
			t.Errorf("%s has judged no event", j.name)
		}
	}
}

// meaning is the reference: what the rule says of the event as it was given.
func meaning(t *testing.T, k *kase, e event) (match, ok bool) {
	return k.matches(t, e.Event, form.Auto)
}

// meaningOfRow is the reference on the row that the event becomes: the meaning does not depend on the form.
func meaningOfRow(t *testing.T, k *kase, e event) (match, ok bool) {
	read, err := form.Read(form.Auto, e.Event)
	if err != nil || read.Log == nil || read.Form != form.EventHub {
		return false, false
	}
	for _, list := range k.compiled { // the log that the rule reads may share its records with another
		for _, c := range list {
			if row, ok := rowOf(c.Log, e.Event); ok {
				return k.matches(t, row, form.LogAnalytics)
			}
		}
	}
	return k.matches(t, form.LogAnalyticsRow(read.Log, e.Event), form.LogAnalytics)
}

func (k *kase) matches(t *testing.T, record map[string]any, f form.Form) (match, ok bool) {
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
