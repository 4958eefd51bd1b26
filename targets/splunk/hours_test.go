package splunk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	spleval "github.com/sigc-rules/sigc/targets/splunk/eval"
)

// The macros of a schedule judge as the schedule does, around every change of the clocks and every bound of the hours.
func TestHours(t *testing.T) {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	for _, s := range []ir.Schedule{
		{Name: "business_hours", Days: week, From: 8 * 60, To: 18 * 60},
		{Name: "Night shift", Days: []time.Weekday{time.Sunday, time.Saturday}, From: 22 * 60, To: 6*60 + 30},
		{Name: "late", Days: []time.Weekday{time.Sunday, time.Tuesday, time.Wednesday}, From: 90, To: 0},
		{Name: "always", Days: append([]time.Weekday{time.Sunday, time.Saturday}, week...), From: 0, To: dayMinutes},
	} {
		for _, name := range []string{"UTC", "Europe/Rome", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Amman", "Africa/Casablanca"} {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			s.Zone = zone
			var at []time.Time
			for _, c := range clockChanges(zone) {
				for _, d := range []time.Duration{-3 * time.Hour, -time.Second, 0, time.Second, 2 * time.Hour} {
					at = append(at, time.Unix(c.at, 0).Add(d))
				}
			}
			monday := time.Date(2026, time.March, 23, 0, 0, 0, 0, zone)
			for day := range 14 {
				for _, minute := range []int{0, s.From, s.To, 12 * 60} {
					bound := monday.AddDate(0, 0, day).Add(time.Duration(minute) * time.Minute)
					at = append(at, bound, bound.Add(-time.Second))
				}
			}
			judgeHours(t, s, at)
		}
	}
}

func judgeHours(t *testing.T, s ir.Schedule, at []time.Time) {
	t.Helper()
	app := spleval.App{Macros: map[string]string{"all": "index=main"}, Functions: map[string]spleval.Function{
		secondsMacro:      {Arg: "x", Definition: timeInSeconds("$x$")},
		zoneMacro(s.Zone): {Arg: "x", Definition: minuteOfWeek(s.Zone, "$x$")},
		hoursMacro(s):     {Arg: "x", Definition: hours(s, "$x$")},
	}}
	search := fmt.Sprintf("`all` | eval a=coalesce(at, \"\"), b=`%s(a)`, c=`%s(b)` | where `%s(c)`", secondsMacro, zoneMacro(s.Zone), hoursMacro(s))
	var events []map[string]any
	for _, p := range at {
		events = append(events, map[string]any{"at": p.UTC().Format(time.RFC3339)})
	}
	found, err := spleval.Reading{}.RunIn(app, search, append(events, map[string]any{"at": "never"}, map[string]any{}))
	if err != nil {
		t.Fatalf("%s: %v\n%s", s, err, search)
	}
	in := map[int]bool{}
	for _, i := range found {
		in[i] = true
	}
	for i, p := range at {
		year := p.UTC().Year()
		if want := s.Contains(p); in[i] != want && year >= firstYear && year <= lastYear {
			t.Errorf("%s: %s: got %v", s, p.In(s.Zone), in[i])
		}
	}
	if in[len(at)] || in[len(at)+1] {
		t.Errorf("%s: what has no time is within it", s)
	}
}

func TestMacroNames(t *testing.T) {
	names := map[string]string{}
	for _, s := range []string{"business_hours", "Business_Hours", "business hours", "etc_gmt+5", "etc_gmt-5", "ä", "ö", ""} {
		name := macroName(s)
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
			t.Errorf("%q: %q", s, name)
		}
		if other, taken := names[name]; taken {
			t.Errorf("%q and %q are both %q", other, s, name)
		}
		names[name] = s
	}
}
