package cases

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// clocks are the keys under which events say when they happened. The first one that an event has is its time; the others
// keep their distance from it: a sign-in is logged some minutes after it was made.
var clocks = []string{
	"TimeGenerated", "time", "_time", "@timestamp", "timestamp", "Timestamp", "UtcTime", "CreationTime", "TimeCreated",
	"activityDateTime", "createdDateTime", "ActivityDateTime", "CreatedDateTime",
	"properties.activityDateTime", "properties.createdDateTime",
}

// timeOf returns the time of an event; an error when it has none that can be moved.
func timeOf(event map[string]any) (time.Time, error) {
	for _, at := range clocksOf(event) {
		text, _ := at.get().(string)
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return t, fmt.Errorf("the time %q of the event is not of the form 2026-03-02T10:00:01Z and cannot be moved", text)
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("the event has no time that could be moved; it needs a key such as \"TimeGenerated\" or \"time\"")
}

// move lets an event happen at another time.
func move(event map[string]any, to time.Time) error {
	from, err := timeOf(event)
	if err != nil {
		return err
	}
	for _, at := range clocksOf(event) {
		text, _ := at.get().(string)
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			at.put(likewise(t.Add(to.Sub(from)), text))
		}
	}
	return nil
}

func clocksOf(event map[string]any) []place {
	var out []place
	for _, name := range clocks {
		steps, err := parsePath(name)
		if err != nil {
			panic(fmt.Sprintf("cases: %v", err))
		}
		if at, err := find(event, steps); err == nil {
			out = append(out, at)
		}
	}
	return out
}

// likewise writes a time in the way of another text: as many digits behind the second, and UTC as Z or +00:00.
func likewise(t time.Time, text string) string {
	layout := "2006-01-02T15:04:05"
	if _, rest, ok := strings.Cut(text, "."); ok {
		digits := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		layout += "." + strings.Repeat("0", digits)
	}
	if strings.HasSuffix(text, "Z") {
		return t.UTC().Format(layout + "Z")
	}
	return t.Format(layout + "-07:00")
}

// readTime reads the moment of "time".
func readTime(n *node) (time.Time, error) {
	text, _ := n.token.(string)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, n.errorf("a time is of the form \"2026-03-02T10:00:01Z\"")
	}
	return t, nil
}

// readSpan reads a timespan: "90s", "1h30m", "7d".
func readSpan(n *node) (time.Duration, error) {
	text, _ := n.token.(string)
	rest := text
	var days time.Duration
	if count, after, ok := strings.Cut(text, "d"); ok {
		whole, err := strconv.ParseUint(count, 10, 16)
		if err != nil {
			return 0, n.errorf("a timespan is of the form \"90s\", \"1h30m\" or \"7d\"")
		}
		if days, rest = time.Duration(whole)*24*time.Hour, after; rest == "" {
			return days, nil
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 || text == "" || text[0] == '-' || text[0] == '+' {
		return 0, n.errorf("a timespan is of the form \"90s\", \"1h30m\" or \"7d\"")
	}
	return days + d, nil
}
