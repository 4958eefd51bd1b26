package kusto

import (
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// within tests what the clocks of a time zone show (D: datetime_utc_to_local, dayofweek, hourofday). Without a time, every
// comparison with a part of it is null.
func (b *builder) within(v *value, s ir.Schedule) node {
	local, computed := b.local(v, s.Zone.String())
	t := &test{x: hours(local, s), nullable: true, computed: computed}
	if t.x == nil {
		t.x, t.nullable = call("isnotnull", local), false
	}
	return t
}

// local is the time in a zone: in the row, a column of its own, because it is needed more than once.
func (b *builder) local(v *value, zone string) (x kql.Expr, computed bool) {
	at := v.raw
	switch {
	case v.stored && v.typ == schema.Datetime:
	case v.isText():
		at = call("todatetime", at)
	default: // not v.text(): a column cannot be made of another one by the same operator
		at = call("todatetime", call("tostring", at))
	}
	x = call("datetime_utc_to_local", at, str(zone))
	switch {
	case v.made:
		return x, true
	case !v.stored && !v.inside:
		return x, false
	}
	return b.computeAs("LocalTime", v.key+" in "+zone, x), true
}

// hours is the test that a local time is within the hours of a schedule, nil when every time is.
func hours(local kql.Expr, s ir.Schedule) kql.Expr {
	if !s.Overnight() {
		return all(onDays(local, s.Days), since(local, s.From), until(local, s.To))
	}
	next := make([]time.Weekday, len(s.Days))
	for i, d := range s.Days {
		next[i] = ir.After(d)
	}
	evening, morning := all(onDays(local, s.Days), since(local, s.From)), all(onDays(local, next), until(local, s.To))
	if s.To == 0 {
		return evening
	}
	if evening == nil {
		return nil
	}
	return &kql.Or{X: []kql.Expr{evening, morning}}
}

// all is that every test holds that is there.
func all(tests ...kql.Expr) kql.Expr {
	var x []kql.Expr
	for _, t := range tests {
		if t != nil {
			x = append(x, t)
		}
	}
	switch len(x) {
	case 0:
		return nil
	case 1:
		return x[0]
	default:
		return &kql.And{X: x}
	}
}

// onDays tests the day of the week, which Kusto counts in whole days since Sunday.
func onDays(local kql.Expr, days []time.Weekday) kql.Expr {
	if len(days) == 7 {
		return nil
	}
	in := &kql.In{Op: "in", X: call("dayofweek", local)}
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, day := range days {
			if day == d {
				in.List = append(in.List, &kql.Timespan{Text: itoa(int(d)) + "d"})
			}
		}
	}
	if len(in.List) == 1 {
		return binary(in.X, "==", in.List[0])
	}
	return in
}

func since(local kql.Expr, minute int) kql.Expr {
	if minute == 0 {
		return nil
	}
	return timeOfDay(local, ">=", minute)
}

func until(local kql.Expr, minute int) kql.Expr {
	if minute == 24*60 {
		return nil
	}
	return timeOfDay(local, "<", minute)
}

// timeOfDay compares with a whole hour by the hour alone.
func timeOfDay(local kql.Expr, op string, minute int) kql.Expr {
	hour := call("hourofday", local)
	if minute%60 == 0 {
		return binary(hour, op, number(minute/60))
	}
	minutes := binary(binary(hour, "*", number(60)), "+", call("datetime_part", str("minute"), local))
	return binary(minutes, op, number(minute))
}
