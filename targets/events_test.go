package targets_test

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"

	"github.com/sigc-rules/sigc/compiler/list"
)

// event is a line of events.ndjson.
type event struct {
	Name  string         `json:"name"`
	Match *bool          `json:"match"`
	Event map[string]any `json:"event"`
	// Row is what is true of the Log Analytics row where that differs, because a table tells less than a record: a
	// string column is empty for a null, for an empty text and for nothing at all.
	Row *bool `json:"row"`
	// KQL and SPL are what a query says where the language can only approximate the rule, which a note then tells.
	KQL *bool `json:"kql"`
	SPL *bool `json:"spl"`
}

func (e event) match() bool { return first(e.Match) }
func (e event) inRow() bool { return first(e.Row, e.Match) }
func (e event) ofKQL() bool { return first(e.KQL, e.Row, e.Match) }
func (e event) ofSPL() bool { return first(e.SPL, e.Match) }

// first returns the first verdict that an event gives.
func first(verdicts ...*bool) bool {
	for _, v := range verdicts {
		if v != nil {
			return *v
		}
	}
	return false
}

func readEvents(t *testing.T, text []byte) []event {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	d.DisallowUnknownFields()
	var events []event
	names := map[string]bool{}
	for {
		var e event
		if err := d.Decode(&e); err == io.EOF {
			return events
		} else if err != nil {
			t.Fatalf("event %d: %v", len(events), err)
		}
		switch {
		case e.Match == nil || e.Event == nil || e.Name == "":
			t.Fatalf("event %d needs \"match\", \"name\" and \"event\"", len(events))
		case names[e.Name]:
			t.Fatalf("two events are named %q", e.Name)
		case e.Row != nil && *e.Row == *e.Match, e.KQL != nil && *e.KQL == e.inRow(), e.SPL != nil && *e.SPL == *e.Match:
			t.Fatalf("%q: an exception says what is true without it", e.Name)
		}
		names[e.Name] = true
		events = append(events, e)
	}
}

func readLists(t *testing.T, text []byte) map[string][]string {
	t.Helper()
	var lists map[string][]string
	if err := json.Unmarshal(text, &lists); err != nil {
		t.Fatal(err)
	}
	return lists
}

// addSchedules adds schedules to lists.
func addSchedules(lists map[string]*list.List, hours map[string]*list.Hours) {
	for name, h := range hours {
		lists[name] = &list.List{Name: name, Type: list.Schedule, Hours: h}
	}
}

func readSchedules(t *testing.T, text []byte) map[string]*list.Hours {
	t.Helper()
	var written map[string]struct {
		Zone     string `json:"time_zone"`
		Days     []string
		From, To string
	}
	if err := json.Unmarshal(text, &written); err != nil {
		t.Fatalf("schedules.json: %v", err)
	}
	out := map[string]*list.Hours{}
	for name, w := range written {
		h := &list.Hours{}
		var ok [3]bool
		h.Zone, ok[0] = list.ReadZone(w.Zone)
		h.From, ok[1] = list.ReadClock(w.From)
		h.To, ok[2] = list.ReadClock(w.To)
		for _, d := range w.Days {
			day, known := list.ReadDay(d)
			ok[0] = ok[0] && known
			h.Days = append(h.Days, day)
		}
		if ok != [3]bool{true, true, true} {
			t.Fatalf("schedules.json: %s is no schedule", name)
		}
		out[name] = h
	}
	return out
}
