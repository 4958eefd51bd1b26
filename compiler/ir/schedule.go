package ir

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Within holds when the field is a point in time, or a text that reads as one, inside the hours of a schedule. A text
// that names no offset is in UTC, as records write it.
type Within struct {
	Field    *Field
	Schedule Schedule
	At       source.Span
}

func (*Within) expr() {}

// Span is the place of the placeholder's value.
func (e *Within) Span() source.Span { return e.At }

func (e *Within) holds(s string) bool {
	t, ok := readTime(s)
	return ok && e.Schedule.Contains(t)
}

// Schedule is hours that come back every week, on the clocks of a time zone.
type Schedule struct {
	Name string // without percent signs
	Zone *time.Location
	Days []time.Weekday // on which the hours begin
	// From and To are minutes of the day; To itself is outside, and 24:00 is 1440. Where To is not after From, the hours
	// end on the day after the one they began on.
	From, To int
}

// Overnight reports whether the hours go on into the next day.
func (s Schedule) Overnight() bool { return s.To <= s.From }

// On reports whether the hours begin on the day.
func (s Schedule) On(day time.Weekday) bool {
	for _, d := range s.Days {
		if d == day {
			return true
		}
	}
	return false
}

// Contains reports whether the clocks of the zone show a time within the hours.
func (s Schedule) Contains(t time.Time) bool {
	t = t.In(s.Zone)
	minute, today := t.Hour()*60+t.Minute(), t.Weekday()
	if !s.Overnight() {
		return s.On(today) && s.From <= minute && minute < s.To
	}
	return s.On(today) && s.From <= minute || s.On(Before(today)) && minute < s.To
}

// Before is the day before.
func Before(day time.Weekday) time.Weekday { return (day + 6) % 7 }

// After is the day after.
func After(day time.Weekday) time.Weekday { return (day + 1) % 7 }

// String writes the hours as people do: "mon, tue 08:00 to 18:00 in Europe/Rome".
func (s Schedule) String() string {
	days := make([]string, len(s.Days))
	for i, d := range s.Days {
		days[i] = strings.ToLower(d.String()[:3])
	}
	return fmt.Sprintf("%s %s to %s in %s", strings.Join(days, ", "), clock(s.From), clock(s.To), s.Zone)
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// operands are the schedule in the notation of [String].
func (s Schedule) operands() []string {
	return []string{strconv.Quote(s.Name), strconv.Quote(s.String())}
}
