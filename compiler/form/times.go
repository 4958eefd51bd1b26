package form

import (
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Layouts of times, besides RFC 3339: risk events write US times, in UTC, and sometimes hours without a leading zero
// (entra-dialects 2 and 6); exports of the Azure portal write US times with a comma; the Microsoft 365 form and Sysmon
// leave out the zone, which is UTC. Go reads fractions of a second behind any "05", given or not.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z07:00",
	"2006-01-02 15:04:05 UTC",
	"1/2/2006 3:04:05 PM",
	"1/2/2006, 3:04:05 PM",
}

// parseTime reads a time, UTC unless it says otherwise; the zero time when it is none.
func parseTime(s string) time.Time {
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// RFC3339 is a time of an export in the one way that all read; "" when it is none.
func RFC3339(s string) string {
	at := parseTime(s)
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339Nano)
}

func timeOf(v any) time.Time {
	s, _ := v.(string)
	return parseTime(s)
}

// eventTime returns the time of an event. Exports can lack the time of the log and still say when it happened.
func eventTime(log *schema.Log, fields ir.Event) time.Time {
	for _, name := range []string{log.Time, "CreatedDateTime", "ActivityDateTime"} {
		if at := timeOf(fields[name]); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
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
