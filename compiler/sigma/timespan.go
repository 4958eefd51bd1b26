package sigma

import (
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// maxTimespan is longer than any log is searched in one go, and short enough that thirty of them are a [time.Duration].
const maxTimespan = 1000 * day

const day = 24 * time.Hour

var (
	timespanUnits = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": day, "w": 7 * day}
	timespanForm  = lazy(`^([0-9]+)([a-zA-Z])$`)
	compoundForm  = lazy(`^([0-9]+[a-zA-Z]){2,}$`)
	isoForm       = lazy(`^P[0-9T]`)
)

// timespan reads a length of time such as 15m (spec section 9.5). What is wrong is reported by the given id.
func (d *document) timespan(id string, key, v *yaml.Node) (Text, time.Duration) {
	if v.Kind != yaml.ScalarNode {
		d.badType(key, v, "a timespan such as 15m")
		return Text{}, 0
	}
	t := d.text(v)
	m := timespanForm().FindStringSubmatch(t.Value)
	if m == nil || timespanUnits[m[2]] == 0 {
		found := d.diags.Errorf(id, t.At, `%q is no timespan: write a whole number and one of the units s, m, h, d and w, such as "15m"`, t.Value)
		found.Hint = timespanHint(t.Value)
		return t, 0
	}
	n, err := strconv.Atoi(m[1])
	unit := timespanUnits[m[2]]
	switch {
	case err != nil || n > int(maxTimespan/unit):
		d.diags.Errorf(id, t.At, "the timespan %q is too long: at most %d days are allowed", t.Value, maxTimespan/day)
		return t, 0
	case n == 0:
		d.diags.Errorf(id, t.At, "the timespan %q has no length", t.Value)
		return t, 0
	}
	return t, time.Duration(n) * unit
}

// timespanHint says how to write what is probably meant.
func timespanHint(text string) string {
	compact := strings.Join(strings.Fields(text), "")
	if compact != text && timespanForm().MatchString(compact) {
		return `write it without blanks: "` + compact + `"`
	}
	m := timespanForm().FindStringSubmatch(text)
	switch {
	case m != nil && (m[2] == "M" || m[2] == "y" || m[2] == "Y"):
		return `months and years have no fixed length: write days, such as "30d"`
	case m != nil && timespanUnits[strings.ToLower(m[2])] != 0:
		return "units are lower case"
	case compoundForm().MatchString(text):
		return `only one unit can be used: "1h30m" is "90m"`
	case isoForm().MatchString(text):
		return `durations of ISO 8601 are not understood: "PT15M" is "15m"`
	}
	return ""
}
