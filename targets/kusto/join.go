package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// byJoin pairs each time of a group with the events of its window, and asks these.
func (c *correlator) byJoin(stream *kql.Query) *kql.Query {
	events := c.let(c.prefix+eventsName, stream, true)
	q := &kql.Query{Source: events}
	if recent := c.recent(); recent != nil {
		q.Ops = append(q.Ops, &kql.Where{X: single(&kql.And{X: recent})})
	}
	times := &kql.Distinct{}
	for _, k := range c.keys() {
		times.Columns = append(times.Columns, k.X)
	}
	q.Ops = append(q.Ops, times)
	c.joinWindow(q, events, c.windowStart(), c.values)
	column := c.numberColumn()
	fires := c.fires(name(column), name(column+beforeSuffix))
	q.Ops = append(q.Ops, c.measure(), &kql.Where{X: single(&kql.And{X: fires})})
	return q
}

// measure reduces each window to its number, with and without the events of its last time.
func (c *correlator) measure() kql.Operator {
	before := binary(name(eventColumn), "<", name(timeColumn))
	column := c.numberColumn()
	sum := &kql.Summarize{By: c.keys(), Aggs: []kql.Assign{
		{Name: startColumn, X: call("min", name(eventColumn))},
		{Name: column, X: c.number(nil)},
		{Name: column + beforeSuffix, X: c.number(before)},
	}}
	if c.countsBefore() {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: eventsBefore, X: aggregate("count", before)})
	}
	if c.since != nil {
		sum.Aggs = append(sum.Aggs, someNew())
	}
	return sum
}

// fires is the condition that the window satisfies the correlation and would not without the events of its last time:
// of its number, and of the number without these.
func (c *correlator) fires(all, earlier kql.Expr) []kql.Expr {
	now, before := c.satisfied(all), c.satisfied(earlier)
	switch {
	case c.countsBefore():
		before = append([]kql.Expr{binary(c.eventsBefore(earlier), ">", number(0))}, before...)
		return append(now, &kql.Not{X: single(&kql.And{X: before})})
	case len(before) == 1:
		x := before[0].(*kql.Binary)
		return append(now, binary(x.X, opposite[x.Op], x.Y))
	default:
		return append(now, &kql.Not{X: &kql.And{X: before}})
	}
}

// opposite pairs the relations of numbers that are not null.
var opposite = map[string]string{">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}

// satisfied asks the thresholds, and the baseline, of a number. The percentage is asked in whole numbers, which are
// exact.
func (c *correlator) satisfied(n kql.Expr) []kql.Expr {
	out := c.thresholds(n)
	if b := c.rule.Baseline; b != nil {
		percent, by := scaled(b.Percent)
		out = append(out, binary(
			binary(n, "*", number(100*by*b.Periods)), ">", binary(name(pastColumn), "*", number(100*by+percent))))
	}
	return out
}

// countsBefore reports whether it must be asked if there are events before those of the last time: where the condition
// could hold for a window without events, or be null for it.
func (c *correlator) countsBefore() bool {
	switch c.rule.Kind {
	case ir.ValueAvg, ir.ValuePercentile, ir.ValueMedian:
		return true
	default:
		return c.rule.Baseline == nil && !slices.ContainsFunc(c.rule.Thresholds, func(t ir.Threshold) bool { return !t.Holds(0) })
	}
}

// eventsBefore is how many these are, or a number that is zero when there are none.
func (c *correlator) eventsBefore(earlier kql.Expr) kql.Expr {
	if c.bySweep() {
		return earlier
	}
	return name(eventsBefore)
}

// conversion is the function that makes a value the number it is calculated with: "" where it is only counted. Decimals
// are exact.
func (c *correlator) conversion() string {
	switch c.rule.Kind {
	case ir.ValueSum, ir.ValueAvg:
		for _, refs := range c.bound.Values {
			if slices.ContainsFunc(refs, func(r target.Ref) bool { return !wholeNumber(r) }) {
				return "todecimal"
			}
		}
		return "tolong"
	case ir.ValuePercentile, ir.ValueMedian:
		return "todouble"
	default:
		return ""
	}
}

// number is what the thresholds are about, of the rows for which cond holds; a nil cond means all.
func (c *correlator) number(cond kql.Expr) kql.Expr {
	switch c.rule.Kind {
	case ir.EventCount:
		return aggregate("count", cond)
	case ir.ValueCount:
		return aggregate("count_distinct", cond, c.value())
	case ir.ValueSum:
		return aggregate("sum", cond, c.value())
	case ir.ValueAvg:
		return aggregate("avg", cond, c.value())
	case ir.ValueMedian:
		return percentile(c.value(), cond, 50)
	default:
		return percentile(c.value(), cond, c.rule.Percentile)
	}
}

// aggregate calls an aggregate over all rows or, by its other name, over those for which cond holds.
func aggregate(f string, cond kql.Expr, args ...kql.Expr) kql.Expr {
	if cond == nil {
		return call(f, args...)
	}
	if f == "make_list" {
		f += "_"
	}
	return call(f+"if", append(args, cond)...)
}

// value is the value of an event; of several fields, their combination.
func (c *correlator) value() kql.Expr {
	if len(c.values) == 1 {
		return name(c.values[0])
	}
	var all []kql.Expr
	for _, v := range c.values {
		all = append(all, name(v))
	}
	return call("tostring", call("pack_array", all...))
}

// percentile is exact, by nearest rank, where Kusto's own function estimates.
func percentile(value, cond kql.Expr, p float64) kql.Expr {
	sorted := call("array_sort_asc", aggregate("make_list", cond, value))
	part, of := scaled(p)
	if part == 0 {
		return call("todouble", &kql.Index{X: sorted, I: number(0)})
	}
	rank := binary(binary(binary(number(part), "*", aggregate("count", cond)), "-", number(1)), "/", number(100*of))
	return call("todouble", &kql.Index{X: sorted, I: call("toint", rank)})
}
