package splunk

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// Splunk knows the time zone of whoever searches and no other, so that the clocks of a schedule are worked out: the seconds
// since 1970 of a point in time, and from a table of the zone when its clocks were set, the minute of the week that they
// show. Macros of the pack do so, so that a search says no more than that a time is within the hours.

// The years for which the table of a zone says when its clocks are set. What comes before or after has the clocks of the
// first or last day.
const firstYear, lastYear = 2020, 2037

const (
	weekMinutes = 7 * dayMinutes
	dayMinutes  = 24 * 60
	noMinute    = "-1" // of what is no point in time
)

// secondsMacro reads a point in time, whatever the time zone of the search: strptime is told the offset (D: %z).
const secondsMacro = "time_in_seconds"

// clock is the minute of the week of a value, a field of its own.
type clock struct {
	text, seconds, minute string // the fields
	value                 expr
	zone                  *time.Location
	done                  bool
}

// inHours tests that a value is a point in time within a schedule.
func (b *builder) inHours(v *value, s ir.Schedule) *test {
	x := v.text("")
	key := s.Zone.String() + " " + writeExpr(x)
	c := b.clocks[key]
	if c == nil {
		if b.clocks == nil {
			b.clocks = map[string]*clock{}
		}
		name := snake(s.Name)
		c = &clock{text: b.unique(name + "_time"), seconds: b.unique(name + "_seconds"), minute: b.unique(name + "_minute"), value: x, zone: s.Zone}
		b.clocks[key] = c
	}
	return &test{x: &macroCall{hoursMacro(s), c.minute}, clock: c}
}

// lookAt adds the clocks that conditions ask, each once.
func (b *builder) lookAt(conditions []node) {
	for _, n := range conditions {
		tests(n, func(t *test) {
			c := t.clock
			if c == nil || c.done {
				return
			}
			c.done = true
			b.add(&eval{[]assign{
				{c.text, c.value},
				{c.seconds, &macroCall{secondsMacro, c.text}},
				{c.minute, &macroCall{zoneMacro(c.zone), c.seconds}},
			}})
		})
	}
}

func zoneMacro(zone *time.Location) string {
	return "week_minute_" + macroName(strings.ToLower(strings.ReplaceAll(zone.String(), "/", "_")))
}

func hoursMacro(s ir.Schedule) string { return "within_" + macroName(s.Name) }

// macroName makes a name of a text; texts that would have the same one are told apart by a number of theirs.
func macroName(s string) string {
	name := snake(s)
	if name != s {
		h := fnv.New32a()
		h.Write([]byte(s))
		name += "_" + strconv.FormatUint(uint64(h.Sum32()), 16)
	}
	return name
}

// scheduleMacros are the macros for the schedules of the rules.
func scheduleMacros(rules []*target.Compiled) []app.Stanza {
	found := map[string]app.Stanza{}
	for _, c := range rules {
		for _, s := range c.Schedules() {
			found[secondsMacro] = macroWith(secondsMacro, "text", "the seconds since 1970 of a point in time as records write it", timeInSeconds("$text$"))
			found[zoneMacro(s.Zone)] = macroWith(zoneMacro(s.Zone), "seconds", zoneDoc(s.Zone), minuteOfWeek(s.Zone, "$seconds$"))
			found[hoursMacro(s)] = macroWith(hoursMacro(s), "minute", s.String(), hours(s, "$minute$"))
		}
	}
	var out []app.Stanza
	for _, name := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[name])
	}
	return out
}

// macroWith is the stanza of a macro with one argument (D: macros.conf).
func macroWith(name, arg, doc, definition string) app.Stanza {
	return app.Stanza{Comment: doc, Name: name + "(1)", Settings: []app.Setting{
		app.Exact("args", arg), app.Exact("definition", definition), app.Exact("iseval", "0"),
	}}
}

func zoneDoc(zone *time.Location) string {
	doc := "the minute of the week, from Monday 00:00, on the clocks of " + zone.String()
	if len(clockChanges(zone)) > 1 {
		doc += fmt.Sprintf(", whose changes are known from %d to %d; before and after, they stay as they are then", firstYear, lastYear)
	}
	return doc
}

// Parts of the texts that ir reads as a point in time.
const (
	dayText  = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	timeText = `([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?`
)

// timeInSeconds reads a text: with an offset, in UTC where it names none, or a day alone.
func timeInSeconds(text string) string {
	at := func(parts ...string) string {
		return "strptime(" + strings.Join(parts, ".") + `, "%Y-%m-%dT%H:%M:%S%z")`
	}
	is := func(pattern string) string { return "match(" + text + `, "^` + pattern + `\z")` }
	date, hour := "substr("+text+", 1, 10)", "substr("+text+", 12, 8)"
	return "case(" + strings.Join([]string{
		is(dayText + "T" + timeText + "[+-][0-9]{2}:[0-9]{2}"), at(date, `"T"`, hour, "substr("+text+", -6, 3)", "substr("+text+", -2)"),
		is(dayText + "(T" + timeText + "Z?| " + timeText + ")"), at(date, `"T"`, hour, `"+0000"`),
		is(dayText), at(date, `"T00:00:00+0000"`),
	}, ", ") + ")"
}

// change is a time from which the clocks of a zone differ from UTC by an offset, in seconds.
type change struct {
	at     int64
	offset int
}

// clockChanges are those of a zone in the years of the table, of which the first begins it.
func clockChanges(zone *time.Location) []change {
	var out []change
	end := time.Date(lastYear+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(firstYear, time.January, 1, 0, 0, 0, 0, time.UTC); t.Before(end); {
		_, offset := t.In(zone).Zone()
		if n := len(out); n == 0 || out[n-1].offset != offset {
			out = append(out, change{t.Unix(), offset})
		}
		if _, t = t.In(zone).ZoneBounds(); t.IsZero() {
			break
		}
	}
	return out
}

// minuteOfWeek says what the clocks of a zone show. The first day of 1970 was a Thursday.
func minuteOfWeek(zone *time.Location, seconds string) string {
	all := clockChanges(zone)
	local := seconds + "+" + strconv.Itoa(all[0].offset)
	if len(all) > 1 {
		var cases []string
		for i, c := range all[:len(all)-1] {
			cases = append(cases, fmt.Sprintf("%s<%d, %d", seconds, all[i+1].at, c.offset))
		}
		local = fmt.Sprintf("%s+case(%s, true(), %d)", seconds, strings.Join(cases, ", "), all[len(all)-1].offset)
	}
	return fmt.Sprintf("coalesce((floor((%s)/60)+%d)%%%d, %s)", local, 3*dayMinutes, weekMinutes, noMinute)
}

// hours tests a minute of the week.
func hours(s ir.Schedule, minute string) string {
	var within []string
	add := func(days []time.Weekday, from, to int) {
		var x []string
		if d := onDays(days, minute); d != "" {
			x = append(x, d)
		}
		if from > 0 {
			x = append(x, fmt.Sprintf("%s%%%d>=%d", minute, dayMinutes, from))
		}
		if to < dayMinutes {
			x = append(x, fmt.Sprintf("%s%%%d<%d", minute, dayMinutes, to))
		}
		within = append(within, "("+strings.Join(x, " AND ")+")")
	}
	if !s.Overnight() {
		add(s.Days, s.From, s.To)
		return within[0]
	}
	add(s.Days, s.From, dayMinutes)
	if s.To > 0 {
		next := make([]time.Weekday, len(s.Days))
		for i, d := range s.Days {
			next[i] = ir.After(d)
		}
		add(next, 0, s.To)
	}
	return "(" + strings.Join(within, " OR ") + ")"
}

// onDays tests the day of a minute of the week, Monday being 0; runs of days are tested by their ends.
func onDays(days []time.Weekday, minute string) string {
	var on [7]bool
	for _, d := range days {
		on[ir.Before(d)] = true
	}
	day := fmt.Sprintf("floor(%s/%d)", minute, dayMinutes)
	var runs []string
	for d := 0; d < 7; d++ {
		if !on[d] {
			continue
		}
		first := d
		for d < 6 && on[d+1] {
			d++
		}
		if first == d {
			runs = append(runs, fmt.Sprintf("%s=%d", day, d))
		} else {
			runs = append(runs, fmt.Sprintf("%s>=%d AND %s<=%d", day, first, day, d))
		}
	}
	if len(runs) == 1 {
		return runs[0]
	}
	return "(" + strings.Join(runs, " OR ") + ")"
}
