package eval

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

// layouts are the forms of a datetime that are read: docs: scalar-data-types/datetime.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02", "2006-01", "2006",
	"1/2/2006 15:04:05", "1/2/2006 3:04:05 PM", "1/2/2006",
}

func parseDatetime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func toDatetime(x value) value {
	switch v := x.v.(type) {
	case time.Time:
		return moment(v)
	case string:
		if t, ok := parseDatetime(v); ok {
			return moment(t)
		}
	}
	return null("datetime")
}

// tick is what datetime and timespan are counted in (docs: scalar-data-types/timespan).
const tick = 100 * time.Nanosecond

var unitLengths = map[string]time.Duration{
	"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second,
	"ms": time.Millisecond, "micro": time.Microsecond, "nano": time.Nanosecond, "tick": tick,
}

// unitNames gives the spellings of each unit.
var unitNames = map[string][]string{
	"d": {"day", "days"}, "h": {"hr", "hrs", "hour", "hours"}, "m": {"min", "minute", "minutes"},
	"s": {"sec", "second", "seconds"}, "ms": {"milli", "millis", "millisecond", "milliseconds"},
	"micro": {"micros", "microsecond", "microseconds"}, "nano": {"nanos", "nanosecond", "nanoseconds"}, "tick": {"ticks"},
}

// parseTimespan reads 5m, and d.hh:mm:ss.fffffff as tostring prints it.
func parseTimespan(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, ":") {
		return parseClock(s)
	}
	n := strings.LastIndexAny(s, "0123456789.") + 1
	unit := s[n:]
	for short, names := range unitNames {
		if slices.Contains(names, unit) {
			unit = short
		}
	}
	length, ok := unitLengths[unit]
	if unit == "" {
		// A bare number is days (docs: scalar-data-types/timespan).
		length, ok = 24*time.Hour, true
	}
	f, err := strconv.ParseFloat(s[:n], 64)
	if !ok || err != nil || math.Abs(f*float64(length)) >= math.MaxInt64 {
		return 0, false
	}
	return time.Duration(math.Round(f * float64(length))), true
}

func parseClock(s string) (time.Duration, bool) {
	rest, negative := strings.CutPrefix(s, "-")
	days := "0"
	if d, r, ok := strings.Cut(rest, "."); ok && !strings.Contains(d, ":") {
		days, rest = d, r
	}
	parts := strings.Split(rest, ":")
	if len(parts) == 2 {
		parts = append(parts, "0")
	}
	if len(parts) != 3 {
		return 0, false
	}
	total := 0.0
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		f, err := strconv.ParseFloat(append([]string{days}, parts...)[i], 64)
		if err != nil || f < 0 {
			return 0, false
		}
		total += f * float64(unit)
	}
	if total >= math.MaxInt64 {
		return 0, false
	}
	d := time.Duration(math.Round(total))
	if negative {
		d = -d
	}
	return d, true
}

func toTimespan(x value) value {
	switch v := x.v.(type) {
	case time.Duration:
		return span(v)
	case string:
		if d, ok := parseTimespan(v); ok {
			return span(d)
		}
	}
	return null("timespan")
}

// formatTimespan prints [-][d.]hh:mm:ss[.fffffff] (docs: scalar-data-types/timespan).
func formatTimespan(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	days, rest := d/(24*time.Hour), d%(24*time.Hour)
	s := fmt.Sprintf("%02d:%02d:%02d", rest/time.Hour, rest/time.Minute%60, rest/time.Second%60)
	if f := rest % time.Second; f > 0 {
		s += fmt.Sprintf(".%07d", f/tick)
	}
	if days > 0 {
		s = fmt.Sprintf("%d.%s", days, s)
	}
	return sign + s
}

// epoch is where bin starts to count: the first moment that a datetime can have (docs: bin-function).
var epoch = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// bin rounds down to a multiple: docs: bin-function.
func bin(x, size value) (value, error) {
	if x.null() || size.null() {
		return null(x.typ), nil
	}
	switch n := size.v.(type) {
	case time.Duration:
		if n <= 0 {
			return null(x.typ), nil
		}
		switch v := x.v.(type) {
		case time.Time:
			// Nanoseconds since the year 1 do not fit into 64 bits.
			since := new(big.Int).Mul(big.NewInt(v.Unix()-epoch.Unix()), big.NewInt(int64(time.Second)))
			since.Add(since, big.NewInt(int64(v.Nanosecond())))
			over := new(big.Int).Mod(since, big.NewInt(int64(n)))
			return moment(v.Add(-time.Duration(over.Int64()))), nil
		case time.Duration:
			over := v % n
			if over < 0 {
				over += n
			}
			return span(v - over), nil
		}
	case int64:
		if v, ok := x.v.(int64); ok {
			if n <= 0 {
				return null(x.typ), nil
			}
			over := v % n
			if over < 0 {
				over += n
			}
			return value{x.typ, v - over}, nil
		}
	}
	a, b := toReal(x), toReal(size)
	if a.null() || b.null() || !numeric(x) || !numeric(size) {
		return value{}, fmt.Errorf("bin(%s, %s) is not known", x.typ, size.typ)
	}
	return number(math.Floor(a.v.(float64)/b.v.(float64)) * b.v.(float64)), nil
}

// datetimePart: docs: datetime-part-function.
func datetimePart(part string, t time.Time) (value, bool) {
	_, week := t.ISOWeek()
	n, ok := map[string]int{
		"year": t.Year(), "quarter": (int(t.Month()) + 2) / 3, "month": int(t.Month()), "week_of_year": week,
		"weekofyear": week, "day": t.Day(), "dayofyear": t.YearDay(), "hour": t.Hour(), "minute": t.Minute(),
		"second": t.Second(), "millisecond": t.Nanosecond() / 1e6, "microsecond": t.Nanosecond() / 1e3, "nanosecond": t.Nanosecond(),
	}[strings.ToLower(part)]
	return integer(int64(n)), ok
}
