package form

import (
	"strings"
	"time"
)

// Layouts of times, besides RFC 3339: risk events write US times, in UTC, and sometimes hours without a leading zero
// (entra-dialects 2 and 6); exports of the Azure portal write US times with a comma; the Microsoft 365 form and Sysmon
// leave out the zone, which is UTC. Go reads fractions of a second behind any "05", given or not.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"1/2/2006 3:04:05 PM",
	"1/2/2006, 3:04:05 PM",
}

// parseTime reads a time, UTC unless it says otherwise; the zero time when it is none.
func parseTime(s string) time.Time {
	if day, clock, ok := strings.Cut(s, "T"); ok && strings.IndexByte(clock, ':') == 1 {
		s = day + "T0" + clock
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

func timeOf(v any) time.Time {
	s, _ := v.(string)
	return parseTime(s)
}

// anyTime looks for the time of an event of no known log.
func anyTime(obj map[string]any) time.Time {
	for _, name := range []string{"TimeGenerated", "time", "_time", "@timestamp", "timestamp", "Timestamp", "UtcTime", "CreationTime", "TimeCreated"} {
		if at := timeOf(obj[name]); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}
