package ir

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// timeline is events of a test: a line each, with the minute, the rules that match (AB for A and B) and the fields, as
// in "10.5 AB user=anna". A field without "=" is null.
func timeline(t *testing.T, lines string) func(*Rule) []Occurrence {
	t.Helper()
	byRule := map[string][]Occurrence{}
	n := 0
	for line := range strings.Lines(lines) {
		parts := strings.Fields(line)
		if len(parts) == 0 {
			continue
		}
		o := Occurrence{Time: minute(t, parts[0]), Event: n, Fields: Event{}}
		n++
		for _, f := range parts[2:] {
			name, value, ok := strings.Cut(f, "=")
			switch {
			case !ok:
				o.Fields[name] = nil
			case strings.HasPrefix(value, "["):
				var list []any
				if err := json.Unmarshal([]byte(value), &list); err != nil {
					t.Fatal(err)
				}
				o.Fields[name] = list
			default:
				o.Fields[name] = value
			}
		}
		for _, rule := range parts[1] {
			byRule[string(rule)] = append(byRule[string(rule)], o)
		}
	}
	return func(r *Rule) []Occurrence { return byRule[r.Title.Value] }
}

var midnight = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func minute(t *testing.T, s string) time.Time {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return midnight.Add(time.Duration(f * float64(time.Minute)))
}

// shown writes firings: the group, the minutes of the first and the last event, and the events.
func shown(firings []Firing) string {
	var b strings.Builder
	for _, f := range firings {
		for _, g := range f.Group {
			fmt.Fprintf(&b, "%s ", g.Value)
		}
		fmt.Fprintf(&b, "%v-%v %v\n", f.First.Sub(midnight).Minutes(), f.Last.Sub(midnight).Minutes(), f.Events)
	}
	return b.String()
}

// option changes the correlation of a test, which counts events of the rule A in ten minutes.
type option func(*Correlation)

func correlation(options ...option) *Correlation {
	c := &Correlation{Meta: &Meta{}, Window: 10 * time.Minute}
	rules("A")(c)
	for _, o := range options {
		o(c)
	}
	return c
}

func rules(names string) option {
	return func(c *Correlation) {
		c.Members = nil
		for _, n := range names {
			r := &Rule{Meta: &Meta{}}
			r.Title.Value = string(n)
			c.Members = append(c.Members, Member{Rule: r})
		}
	}
}

func of(k CorrelationKind, value ...string) option {
	return func(c *Correlation) {
		c.Kind = k
		for _, v := range value {
			c.Values = append(c.Values, key(c, v))
		}
	}
}

// by groups by fields; "user=id/name" is an alias, with a field for each member.
func by(fields ...string) option {
	return func(c *Correlation) {
		for _, f := range fields {
			c.GroupBy = append(c.GroupBy, key(c, f))
		}
	}
}

func key(c *Correlation, name string) GroupKey {
	name, aliases, isAlias := strings.Cut(name, "=")
	k := GroupKey{Name: name}
	for i := range c.Members {
		field := name
		if isAlias {
			field = strings.Split(aliases, "/")[i]
		}
		k.Fields = append(k.Fields, NewField(field, nowhere))
	}
	return k
}

func when(op CompareOp, number string) option {
	return func(c *Correlation) { c.Thresholds = append(c.Thresholds, Threshold{Op: op, Number: Number(number)}) }
}

func unequal(number string) option {
	return func(c *Correlation) {
		c.Thresholds = append(c.Thresholds, Threshold{Op: Eq, Not: true, Number: Number(number)})
	}
}

func provided(p Presence) option { return func(c *Correlation) { c.Presence = p } }

func percentileOf(p float64) option { return func(c *Correlation) { c.Percentile = p } }

func compared(periods int, every time.Duration, percent float64) option {
	return func(c *Correlation) { c.Baseline = &Baseline{Periods: periods, Every: every, Percent: percent} }
}

func within(d time.Duration) option { return func(c *Correlation) { c.Window = d } }

func with(inner *Correlation) option {
	return func(c *Correlation) { c.Members = append(c.Members, Member{Correlation: inner}) }
}

func TestFire(t *testing.T) {
	hit := func(m int) Presence { return &Hit{m} }
	for _, c := range []struct {
		name   string
		rule   *Correlation
		events string
		want   string
	}{
		// event_count
		{"enough", correlation(when(Gte, "3")), "0 A\n1 A\n2 A", "0-2 [0 1 2]\n"},
		{"too few", correlation(when(Gte, "3")), "0 A\n1 A", ""},
		{"nothing", correlation(when(Gte, "1")), "", ""},
		{"other rules do not count", correlation(when(Gte, "3")), "0 A\n1 B\n2 A", ""},
		{"gt", correlation(when(Gt, "2")), "0 A\n1 A\n2 A", "0-2 [0 1 2]\n"},
		{"all rules together", correlation(rules("AB"), when(Gte, "3")), "0 A\n1 B\n2 A", "0-2 [0 1 2]\n"},
		{"one event of two rules is one", correlation(rules("AB"), when(Gte, "3")), "0 AB\n1 AB", ""},
		{"one event of two rules is one, near", correlation(rules("AB"), when(Gte, "2")), "0 AB\n1 AB", "0-1 [0 1]\n"},
		{"over the edge of any bin", correlation(when(Gte, "3")), "8 A\n9.5 A\n10.5 A", "8-10.5 [0 1 2]\n"},
		{"just a timespan apart", correlation(when(Gte, "2")), "0 A\n10 A", "0-10 [0 1]\n"},
		{"a moment more than a timespan apart", correlation(when(Gte, "2")), "0 A\n10.001 A", ""},
		{"told once", correlation(when(Gte, "2")), "0 A\n1 A\n2 A\n9 A", "0-1 [0 1]\n"},
		{"told again after a pause", correlation(when(Gte, "2")), "0 A\n1 A\n30 A\n31 A", "0-1 [0 1]\n30-31 [2 3]\n"},
		{"any order of the input", correlation(when(Gte, "3")), "2 A\n0 A\n1 A", "0-2 [1 2 0]\n"},
		{"at one time", correlation(when(Gte, "3")), "0 A\n0 A\n0 A", "0-0 [0 1 2]\n"},
		{"one event is enough", correlation(when(Gte, "1")), "0 A\n5 A\n15 A\n26 A", "0-0 [0]\n26-26 [3]\n"},

		// Relations that few events satisfy: a group fires with its first ones.
		{"lt", correlation(when(Lt, "3")), "0 A\n1 A\n2 A\n3 A", "0-0 [0]\n"},
		{"lt after a pause", correlation(when(Lt, "2")), "0 A\n1 A\n20 A", "0-0 [0]\n20-20 [2]\n"},
		{"lte", correlation(when(Lte, "1")), "0 A\n0 A", ""},
		{"eq", correlation(when(Eq, "2")), "0 A\n1 A\n2 A\n11.5 A", "0-1 [0 1]\n2-11.5 [2 3]\n"},
		{"eq is passed over", correlation(when(Eq, "2")), "0 A\n1 A\n1 A", ""},
		{"neq", correlation(unequal("1")), "0 A\n1 A", "0-1 [0 1]\n"},
		{"range", correlation(when(Gt, "1"), when(Lte, "3")), "0 A\n1 A\n2 A\n3 A", "0-1 [0 1]\n"},
		{"range is passed over", correlation(when(Gt, "1"), when(Lte, "3")), "0 A\n1 A\n1 A\n1 A", ""},

		// Groups
		{"groups", correlation(by("user"), when(Gte, "2")),
			"0 A user=anna\n1 A user=bert\n2 A user=anna\n3 A user=bert", "anna 0-2 [0 2]\nbert 1-3 [1 3]\n"},
		{"case matters in groups", correlation(by("user"), when(Gte, "2")), "0 A user=anna\n1 A user=Anna", ""},
		{"null, empty and missing are no group", correlation(by("user"), when(Gte, "2")),
			"0 A user\n1 A user\n2 A user=\n3 A user=\n4 A\n5 A", ""},
		{"all fields are needed", correlation(by("user", "ip"), when(Gte, "2")),
			"0 A user=anna ip=1\n1 A user=anna\n2 A user=anna ip=2\n3 A ip=1 user=anna", "anna 1 0-3 [0 3]\n"},
		{"values that run together", correlation(by("a", "b"), when(Gte, "2")), "0 A a=xy b=z\n1 A a=x b=yz", ""},
		{"several values", correlation(by("user"), when(Gte, "2")), `0 A user=["anna","bert"]
			1 A user=bert`, "bert 0-1 [0 1]\n"},
		{"aliases", correlation(rules("AB"), by("who=user/actor"), when(Gte, "2")),
			"0 A user=anna actor=bert\n1 B actor=anna", "anna 0-1 [0 1]\n"},
		{"one event, two rules, other fields", correlation(rules("AB"), by("who=user/actor"), when(Gte, "2")),
			"0 AB user=anna actor=anna\n1 AB user=anna actor=bert\n2 B actor=bert", "anna 0-1 [0 1]\nbert 1-2 [1 2]\n"},

		// value_count
		{"distinct", correlation(of(ValueCount, "ip"), when(Gte, "2")), "0 A ip=1\n1 A ip=1\n2 A ip=2", "0-2 [0 1 2]\n"},
		{"not distinct", correlation(of(ValueCount, "ip"), when(Gte, "2")), "0 A ip=1\n1 A ip=1", ""},
		{"no value is no event", correlation(of(ValueCount, "ip"), when(Gte, "2")), "0 A\n1 A ip=1\n2 A ip=\n3 A ip=2", "1-3 [1 3]\n"},
		{"few distinct, but some", correlation(of(ValueCount, "ip"), when(Lt, "2")), "0 A\n1 A ip=1", "1-1 [1]\n"},
		{"combinations", correlation(of(ValueCount, "a", "b"), when(Gte, "2")), "0 A a=x b=yz\n1 A a=xy b=z", "0-1 [0 1]\n"},
		{"incomplete combination", correlation(of(ValueCount, "a", "b"), when(Gte, "2")), "0 A a=x b=y\n1 A a=z", ""},
		{"a value leaves the window", correlation(of(ValueCount, "ip"), when(Gte, "2")), "0 A ip=1\n5 A ip=2\n11 A ip=2\n12 A ip=3",
			"0-5 [0 1]\n5-12 [1 2 3]\n"},

		// value_sum and its like
		{"sum", correlation(of(ValueSum, "n"), when(Gte, "10")), "0 A n=4\n1 A n=5\n2 A n=1", "0-2 [0 1 2]\n"},
		{"sum of decimals", correlation(of(ValueSum, "n"), when(Gte, "1")), strings.Repeat("0 A n=0.1\n", 10), "0-0 [0 1 2 3 4 5 6 7 8 9]\n"},
		{"sum of decimals, too small", correlation(of(ValueSum, "n"), when(Gt, "1")), strings.Repeat("0 A n=0.1\n", 10), ""},
		{"sum of what has left", correlation(of(ValueSum, "n"), when(Eq, "0.3")), "0 A n=0.1\n1 A n=5\n12 A n=0.2\n21 A n=0.1", "12-21 [2 3]\n"},
		{"sum of no numbers", correlation(of(ValueSum, "n"), when(Gte, "0")), "0 A n=x\n1 A n=\n2 A n\n3 A n=0x10\n4 A n=Inf\n5 A n=NaN", ""},
		{"sum below zero", correlation(of(ValueSum, "n"), when(Lt, "0")), "0 A n=1\n1 A n=-2.5e0", "0-1 [0 1]\n"},
		{"sum, huge exponent", correlation(of(ValueSum, "n"), when(Gt, "0")), "0 A n=1e999999999\n1 A n=1", "1-1 [1]\n"},
		{"average", correlation(of(ValueAvg, "n"), when(Gte, "2")), "0 A n=1\n1 A n=2\n2 A n=3", "0-2 [0 1 2]\n"},
		{"average of thirds", correlation(of(ValueAvg, "n"), when(Eq, "0.3")), "0 A n=0.2\n1 A n=0.4", "0-1 [0 1]\n"},
		{"percentile by rank", correlation(of(ValuePercentile, "n"), percentileOf(7), when(Gte, "7")),
			numbers(1, 100), "0-0 " + events(100) + "\n"},
		{"percentile by rank, near", correlation(of(ValuePercentile, "n"), percentileOf(7), when(Gte, "8")), numbers(1, 100), ""},
		{"percentile with a fraction", correlation(of(ValuePercentile, "n"), percentileOf(99.9), when(Gte, "100")), numbers(1, 100), "0-0 " + events(100) + "\n"},
		{"percentile 0", correlation(of(ValuePercentile, "n"), percentileOf(0), when(Eq, "1")), numbers(1, 5), "0-0 [0 1 2 3 4]\n"},
		{"percentile 100", correlation(of(ValuePercentile, "n"), percentileOf(100), when(Eq, "5")), numbers(1, 5), "0-0 [0 1 2 3 4]\n"},
		{"median", correlation(of(ValueMedian, "n"), when(Eq, "2")), numbers(1, 4), "0-0 [0 1 2 3]\n"},

		// temporal
		{"both", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 B\n5 A", "0-5 [0 1]\n"},
		{"one twice", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 A\n5 A", ""},
		{"both, too far apart", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 A\n10.5 B", ""},
		{"one event of both", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 AB", "0-0 [0]\n"},
		{"two of three", correlation(rules("ABC"), of(Temporal), when(Gte, "2")), "0 A\n1 C\n2 B", "0-1 [0 1]\n"},
		{"a burst goes on", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 A\n1 B\n2 A\n3 B", "0-1 [0 1]\n"},
		{"all that is in the window", correlation(rules("AB"), of(Temporal), when(Gte, "2")), "0 A\n4 A\n8 B", "0-8 [0 1 2]\n"},
		{"not", correlation(rules("AB"), of(Temporal), provided(&AllOf{[]Presence{hit(0), &Absent{hit(1)}}})), "0 A\n20 B\n21 A\n40 A",
			"0-0 [0]\n40-40 [3]\n"},
		{"not, at one time", correlation(rules("AB"), of(Temporal), provided(&AllOf{[]Presence{hit(0), &Absent{hit(1)}}})), "0 A\n0 B", ""},
		{"or", correlation(rules("ABC"), of(Temporal), provided(&OneOf{[]Presence{hit(0), &AllOf{[]Presence{hit(1), hit(2)}}}})),
			"0 B\n1 C\n20 A", "0-1 [0 1]\n20-20 [2]\n"},
		{"neither fires without events", correlation(rules("AB"), of(Temporal), provided(&Absent{hit(1)})), "0 A\n1 A\n2 B\n20 A",
			"0-0 [0]\n20-20 [3]\n"},

		// temporal_ordered
		{"in order", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 A\n1 B\n2 C", "0-2 [0 1 2]\n"},
		{"out of order", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 B\n1 A\n2 C", ""},
		{"in order after all", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 C\n1 B\n2 A\n3 C\n4 B\n5 A\n6 C", "0-6 [0 1 2 3 4 5 6]\n"},
		{"the last beginning counts", correlation(rules("AB"), of(TemporalOrdered), when(Gte, "2")), "0 A\n8 A\n12 B", "8-12 [1 2]\n"},
		{"interleaved", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 A\n1 B\n2 A\n9 B\n11 C", "1-11 [1 2 3 4]\n"},
		{"interleaved, too old", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 A\n1 B\n2 A\n11 C", ""},
		{"in order at one time", correlation(rules("AB"), of(TemporalOrdered), when(Gte, "2")), "0 B\n0 A", "0-0 [0 1]\n"},
		{"one event of several steps", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 A\n1 BC", "0-1 [0 1]\n"},
		{"one event of the wrong steps", correlation(rules("ABC"), of(TemporalOrdered), when(Gte, "3")), "0 AC\n1 B", ""},
		{"just a timespan long", correlation(rules("AB"), of(TemporalOrdered), when(Gte, "2")), "0 A\n10 B", "0-10 [0 1]\n"},

		// Baseline: two past windows, an hour apart
		{"more than usual", correlation(when(Gte, "3"), compared(2, time.Hour, 10)), "0 A\n60 A\n119 A\n120 A\n121 A", "119-121 [2 3 4]\n"},
		{"not more than usual", correlation(when(Gte, "3"), compared(2, time.Hour, 10)),
			"0 A\n0 A\n1 A\n60 A\n60 A\n61 A\n119 A\n120 A\n121 A", "0-1 [0 1 2]\n60-61 [3 4 5]\n"},
		{"without history", correlation(when(Gte, "1"), compared(2, time.Hour, 10)), "0 A", "0-0 [0]\n"},
		{"below the least volume", correlation(when(Gte, "4"), compared(2, time.Hour, 10)), "119 A\n120 A\n121 A", ""},
		{"just 15 percent more", correlation(when(Gte, "21"), compared(1, time.Hour, 15)), strings.Repeat("0 A\n", 20) + strings.Repeat("60 A\n", 23), ""},
		{"just over 15 percent more", correlation(when(Gte, "21"), compared(1, time.Hour, 15)), strings.Repeat("0 A\n", 20) + strings.Repeat("60 A\n", 24),
			"60-60 " + eventsFrom(20, 44) + "\n"},
		{"empty periods count", correlation(when(Gte, "2"), compared(2, time.Hour, 0)), "0 A\n0 A\n120 A\n120 A", "0-0 [0 1]\n120-120 [2 3]\n"},
		{"between the windows", correlation(when(Gte, "2"), compared(1, time.Hour, 0)), "0 A\n1 A\n2 A\n75 A\n76 A", "0-1 [0 1]\n75-76 [3 4]\n"},
		{"the ends of a past window", correlation(when(Gte, "1"), compared(1, 10*time.Minute, 0)), "0 A\n10 A", "0-0 [0]\n0-10 [0 1]\n"},
		{"the beginning of a past window is not in it", correlation(when(Gte, "1"), compared(1, time.Hour, 0)), "0 A\n70 A", "0-0 [0]\n70-70 [1]\n"},
		{"just behind the beginning of a past window", correlation(when(Gte, "1"), compared(1, time.Hour, 0)), "0.1 A\n70 A", "0.1-0.1 [0]\n"},
		{"distinct values per period", correlation(of(ValueCount, "ip"), when(Gte, "1"), compared(1, time.Hour, 0)),
			"0 A ip=1\n1 A ip=1\n60 A ip=1\n61 A ip=2", "0-0 [0]\n60-61 [2 3]\n"},

		// Correlations of correlations
		{"chain", correlation(of(Temporal), with(correlation(rules("B"), when(Gte, "2"))), when(Gte, "2")), "0 B\n1 B\n5 A", "1-5 [0 1 2]\n"},
		{"chain, inner too small", correlation(of(Temporal), with(correlation(rules("B"), when(Gte, "2"))), when(Gte, "2")), "0 B\n5 A", ""},
		{"chain by group", correlation(of(Temporal), with(correlation(rules("B"), by("user"), when(Gte, "2"))), by("user"), when(Gte, "2")),
			"0 B user=anna\n1 B user=bert\n2 B user=anna\n3 A user=bert\n4 A user=anna", "anna 2-4 [0 2 4]\n"},
		{"a firing is an event of its own", correlation(with(correlation(when(Gte, "1"))), when(Gte, "2")), "0 A", "0-0 [0]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shown(c.rule.Fire(timeline(t, c.events)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// numbers are events of one time with the numbers from one to another.
func numbers(from, to int) string {
	var b strings.Builder
	for n := from; n <= to; n++ {
		fmt.Fprintf(&b, "0 A n=%d\n", n)
	}
	return b.String()
}

func events(n int) string { return eventsFrom(0, n) }

func eventsFrom(from, to int) string {
	var all []int
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return fmt.Sprint(all)
}

// A rule is asked once about its events, however many correlations refer to it.
func TestFireAsksOnce(t *testing.T) {
	inner := correlation(when(Gte, "1"))
	for range 20 { // each is a member of the next, twice
		inner = &Correlation{Window: time.Minute, Members: []Member{{Correlation: inner}, {Correlation: inner}}, Thresholds: inner.Thresholds}
	}
	asked := 0
	fired := inner.Fire(func(*Rule) []Occurrence {
		asked++
		return []Occurrence{{Time: midnight, Fields: Event{}}}
	})
	if asked != 1 || shown(fired) != "0-0 [0]\n" {
		t.Errorf("asked %d times, fired %v", asked, fired)
	}
}

// Many events in one group take time in proportion to their number, also where the correlation fires at every event and
// where every window holds half of them.
func TestFireHostile(t *testing.T) {
	const n = 100_000
	var all []Occurrence
	for i := range n {
		all = append(all, Occurrence{Time: midnight.Add(time.Duration(i) * time.Second), Event: i, Fields: Event{"user": "x", "ip": "1", "n": "1"}})
	}
	both := func(*Rule) []Occurrence { return all }
	half := time.Duration(n/2) * time.Second
	for name, c := range map[string]*Correlation{
		"at every event": correlation(within(half), when(Gte, strconv.Itoa(n/2+1))),
		"values":         correlation(of(ValueCount, "ip"), by("user"), within(half), when(Gte, "2")),
		"sum":            correlation(of(ValueSum, "n"), by("user"), within(half), when(Gte, strconv.Itoa(n/2+1))),
		"temporal":       correlation(rules("AB"), of(Temporal), by("user"), within(half), when(Gte, "2")),
		"ordered":        correlation(rules("ABC"), of(TemporalOrdered), by("user"), within(half), when(Gte, "3")),
		"baseline":       correlation(within(time.Hour), when(Gte, "1"), compared(30, time.Hour, 1)),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			c.Fire(both)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
