package list

import (
	"fmt"
	"strings"
	"time"
)

// Hours are the same every week, on the clocks of a time zone.
type Hours struct {
	Zone *time.Location
	Days []time.Weekday // on which the hours begin
	// From and To are minutes of the day; To itself is outside. Where To is before From, the hours end on the next day.
	From, To int
}

// DayNames are the days of the week as a schedule writes them.
var DayNames = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// ReadDay returns the day of a name.
func ReadDay(name string) (time.Weekday, bool) {
	for i, n := range DayNames {
		if n == name {
			return time.Weekday((i + 1) % 7), true
		}
	}
	return 0, false
}

// ReadZone returns the time zone of a name in the IANA database. The zone of this machine has none.
func ReadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// ReadClock returns the minute of the day that a text like 08:30 shows; the day ends at 24:00.
func ReadClock(s string) (int, bool) {
	if s == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil && len(s) == len("15:04")
}

// String writes the hours as the list command shows them.
func (h *Hours) String() string {
	var days []string
	for _, d := range h.Days {
		days = append(days, strings.ToLower(d.String()[:3]))
	}
	return fmt.Sprintf("%s %02d:%02d to %02d:%02d in %s", strings.Join(days, ", "), h.From/60, h.From%60, h.To/60, h.To%60, h.Zone)
}
