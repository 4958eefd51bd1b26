package kusto

import (
	"slices"
	"time"

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
	from := c.windowStart()
	if b := c.rule.Baseline; b != nil {
		from = binary(binary(name(timeColumn), "-", timespan(time.Duration(b.Periods)*b.Every)), "-", timespan(c.rule.Window))
	}
	c.joinWindow(q, events, from, c.values)
	if b := c.rule.Baseline; b != nil {
		q.Ops = append(q.Ops,
			&kql.Extend{Columns: []kql.Assign{{Name: ageColumn, X: binary(name(timeColumn), "-", name(eventColumn))}}},
			&kql.Extend{Columns: []kql.Assign{{Name: periodColumn, X: call("bin", name(ageColumn), timespan(b.Every))}}})
	}
	q.Ops = append(q.Ops, c.measure(), &kql.Where{X: single(&kql.And{X: c.fires()})})
	if b := c.rule.Baseline; b != nil {
		average := binary(name(pastColumn), "/", &kql.Number{Text: itoa(b.Periods) + ".0"})
		q.Ops = append(q.Ops, &kql.Extend{Columns: []kql.Assign{{Name: averageColumn, X: average}}})
	}
	return q
}

// measure reduces each window to its number, with and without the events of its last time.
func (c *correlator) measure() kql.Operator {
	var now kql.Expr // nil: all rows are in the window
	if c.rule.Baseline != nil {
		now = binary(name(ageColumn), "<=", timespan(c.rule.Window))
	}
	before := both(now, binary(name(eventColumn), "<", name(timeColumn)))
	column := c.numberColumn()
	sum := &kql.Summarize{By: c.keys(), Aggs: []kql.Assign{
		{Name: startColumn, X: aggregate("min", now, name(eventColumn))},
		{Name: column, X: c.number(now)},
		{Name: column + beforeSuffix, X: c.number(before)},
	}}
	if c.countBefore() == eventsBefore {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: eventsBefore, X: aggregate("count", before)})
	}
	if b := c.rule.Baseline; b != nil {
		past := &kql.And{X: []kql.Expr{
			&kql.Between{X: name(periodColumn), Lo: timespan(b.Every), Hi: timespan(time.Duration(b.Periods) * b.Every)},
			binary(binary(name(ageColumn), "-", name(periodColumn)), "<", timespan(c.rule.Window)),
		}}
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: pastColumn, X: c.pastNumber(past)})
	}
	if c.arrival {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: arrivedColumn, X: aggregate("max", now, name(arrivedColumn))})
	}
	return sum
}

// both is a and b; a may be nil.
func both(a, b kql.Expr) kql.Expr {
	if a == nil {
		return b
	}
	return &kql.And{X: []kql.Expr{a, b}}
}

// fires is the condition that the window satisfies the correlation and would not without the events of its last time.
func (c *correlator) fires() []kql.Expr {
	now, before := c.satisfied(c.numberColumn()), c.satisfied(c.numberColumn()+beforeSuffix)
	switch count := c.countBefore(); {
	case count != "":
		before = append([]kql.Expr{binary(name(count), ">", number(0))}, before...)
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

// satisfied asks the thresholds, and the baseline, of a column. The percentage is asked in whole numbers, which are
// exact.
func (c *correlator) satisfied(column string) []kql.Expr {
	out := c.thresholds(name(column))
	if b := c.rule.Baseline; b != nil {
		percent, by := scaled(b.Percent)
		out = append(out, binary(
			binary(name(column), "*", number(100*by*b.Periods)), ">", binary(name(pastColumn), "*", number(100*by+percent))))
	}
	return out
}

// countBefore is the column that says whether there are events before those of the last time. It is asked where the
// condition could hold for a window without events, or be null for it, and "" elsewhere.
func (c *correlator) countBefore() string {
	holds := c.rule.Baseline == nil && !slices.ContainsFunc(c.rule.Thresholds, func(t ir.Threshold) bool { return !t.Holds(0) })
	switch c.rule.Kind {
	case ir.ValueAvg, ir.ValuePercentile, ir.ValueMedian:
		return eventsBefore
	case ir.ValueSum:
		if holds {
			return eventsBefore
		}
	default:
		if holds {
			return c.numberColumn() + beforeSuffix
		}
	}
	return ""
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

// pastNumber is the number in all past windows together: values are distinct within each.
func (c *correlator) pastNumber(past kql.Expr) kql.Expr {
	if c.rule.Kind == ir.EventCount {
		return aggregate("count", past)
	}
	pair := call("strcat", call("tostring", name(periodColumn)), str(" "), c.value())
	return aggregate("count_distinct", past, pair)
}
