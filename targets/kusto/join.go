package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// Names of the columns of a join of events with the events before them.
const (
	eventsName     = "Events"
	numberColumn   = "EventNumber"
	earlierNumber  = "EarlierNumber"
	earlierTime    = "EarlierTime"
	earlierValue   = "EarlierValue"
	withoutSuffix  = "Without" // the number without the last event
	othersColumn   = "EarlierEvents"
	historyColumn  = "History"
	allEventsGroup = "AllEvents" // the key of the join when there is no group-by field
)

// byJoin pairs each event with those of its window, itself included, and asks the window.
func (c *correlator) byJoin(stream *kql.Query) *kql.Query {
	rule := c.bound.Correlation
	keys := c.groups
	stream.Ops = append(stream.Ops, c.sorted(), &kql.Extend{Columns: []kql.Assign{{Name: numberColumn, X: call("row_number")}}})
	if len(keys) == 0 {
		keys = []string{allEventsGroup}
		stream.Ops = append(stream.Ops, &kql.Extend{Columns: []kql.Assign{{Name: allEventsGroup, X: &kql.Bool{Value: true}}}})
	}
	// materialize gives both sides the same numbers.
	lets := []kql.Let{{Name: eventsName, Query: &kql.Query{Source: &kql.CallSource{
		Call: &kql.Call{Func: "materialize", Args: []kql.Expr{&kql.Subquery{Query: stream}}},
	}}}}
	right := &kql.Project{}
	join := &kql.Join{Kind: "inner"}
	by := []kql.Assign{{X: name(timeColumn)}, {X: name(numberColumn)}}
	for _, k := range keys {
		right.Columns = append(right.Columns, kql.Assign{X: name(k)})
		join.On = append(join.On, name(k))
		by = append(by, kql.Assign{X: name(k)})
	}
	right.Columns = append(right.Columns, kql.Assign{Name: earlierTime, X: name(timeColumn)}, kql.Assign{Name: earlierNumber, X: name(numberColumn)})
	if x := c.valueOf(); x != nil {
		right.Columns = append(right.Columns, kql.Assign{Name: earlierValue, X: x})
	}
	if c.arrival {
		by = append(by, kql.Assign{X: name(arrivedColumn)})
	}
	join.Right = &kql.Query{Source: &kql.Table{Name: eventsName}, Ops: []kql.Operator{right}}
	q := &kql.Query{Lets: lets, Source: &kql.Table{Name: eventsName}, Ops: []kql.Operator{
		join,
		&kql.Where{X: &kql.And{X: []kql.Expr{
			binary(name(earlierNumber), "<=", name(numberColumn)),
			binary(name(earlierTime), ">=", binary(name(timeColumn), "-", timespan(lookback(rule)))),
		}}},
	}}
	q.Ops = append(q.Ops, c.measure(by)...)
	return q
}

// valueOf is the value that is counted or calculated with, as text or number; nil for a count of events.
func (c *correlator) valueOf() kql.Expr {
	switch {
	case len(c.values) == 0:
		return nil
	case c.bound.Correlation.Kind != ir.ValueCount:
		return call("todouble", name(c.values[0]))
	case len(c.values) == 1:
		return name(c.values[0])
	}
	var all []kql.Expr
	filled := &kql.And{}
	for _, v := range c.values {
		all = append(all, name(v))
		filled.X = append(filled.X, call("isnotempty", name(v)))
	}
	return call("iff", filled, call("tostring", call("pack_array", all...)), str(""))
}

// measure reduces each window to its number, with and without the last event, and keeps those that fire.
func (c *correlator) measure(by []kql.Assign) []kql.Operator {
	rule := c.bound.Correlation
	var inWindow kql.Expr // nil: all rows are
	var ops []kql.Operator
	if b := rule.Baseline; b != nil {
		age := binary(name(timeColumn), "-", name(earlierTime))
		ops = append(ops,
			&kql.Extend{Columns: []kql.Assign{
				{Name: "Age", X: age},
				{Name: "PeriodsAgo", X: call("tolong", binary(age, "/", timespan(b.Every)))},
			}},
			&kql.Extend{Columns: []kql.Assign{
				{Name: "AgeInPeriod", X: binary(name("Age"), "-", binary(name("PeriodsAgo"), "*", timespan(b.Every)))},
			}})
		inWindow = binary(name("Age"), "<=", timespan(rule.Window))
	}
	earlier := binary(name(earlierNumber), "<", name(numberColumn))
	column := numberName(rule.Kind)
	sum := &kql.Summarize{By: by}
	sum.Aggs = append(sum.Aggs,
		kql.Assign{Name: column, X: c.aggregate(inWindow)},
		kql.Assign{Name: column + withoutSuffix, X: c.aggregate(both(inWindow, earlier))},
		kql.Assign{Name: othersColumn, X: call("countif", both(inWindow, earlier))},
		kql.Assign{Name: startColumn, X: c.minTime(inWindow)},
	)
	if b := rule.Baseline; b != nil {
		past := &kql.And{X: []kql.Expr{
			&kql.Between{X: name("PeriodsAgo"), Lo: number(1), Hi: number(b.Periods)},
			binary(name("AgeInPeriod"), "<", timespan(rule.Window)),
		}}
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: historyColumn, X: binary(c.pastCount(past), "/", float(float64(b.Periods)))})
	}
	ops = append(ops, sum)
	now := c.condition(column)
	before := append([]kql.Expr{binary(name(othersColumn), ">", number(0))}, c.condition(column+withoutSuffix)...)
	return append(ops, &kql.Where{X: &kql.And{X: append(now, &kql.Not{X: &kql.And{X: before}})}})
}

// both is a and b; a may be nil.
func both(a, b kql.Expr) kql.Expr {
	if a == nil {
		return b
	}
	return &kql.And{X: []kql.Expr{a, b}}
}

// condition asks the thresholds, and the baseline, of a column. A number that there is none of is null.
func (c *correlator) condition(column string) []kql.Expr {
	rule := c.bound.Correlation
	var out []kql.Expr
	for _, x := range thresholds(rule.Thresholds, name(column)) {
		if nullable(rule.Kind) {
			x = call("coalesce", &kql.And{X: []kql.Expr{call("isnotnull", name(column)), x}}, &kql.Bool{Value: false})
		}
		out = append(out, x)
	}
	if b := rule.Baseline; b != nil {
		out = append(out, binary(name(column), ">", binary(name(historyColumn), "*", float(1+b.Percent/100))))
	}
	return out
}

// nullable reports whether a window can be without a number of the kind.
func nullable(k ir.CorrelationKind) bool {
	return slices.Contains([]ir.CorrelationKind{ir.ValueSum, ir.ValueAvg, ir.ValuePercentile, ir.ValueMedian}, k)
}

// aggregate is the number of the rows for which cond holds; a nil cond means all.
func (c *correlator) aggregate(cond kql.Expr) kql.Expr {
	rule := c.bound.Correlation
	value := name(earlierValue)
	switch rule.Kind {
	case ir.EventCount:
		if cond == nil {
			return call("count")
		}
		return call("countif", cond)
	case ir.ValueCount:
		return call("count_distinctif", value, both(cond, call("isnotempty", value)))
	case ir.ValueSum: // the sum of nothing is 0, but says nothing
		numbers := both(cond, call("isnotnull", value))
		return call("iff", binary(call("countif", numbers), ">", number(0)), call("sumif", value, numbers), &kql.Null{Type: "real"})
	case ir.ValueAvg:
		return call("avgif", value, both(cond, call("isnotnull", value)))
	case ir.ValueMedian:
		return percentile(value, both(cond, call("isnotnull", value)), 50)
	default:
		return percentile(value, both(cond, call("isnotnull", value)), rule.Percentile)
	}
}

// percentile is exact, by nearest rank, where Kusto's own function estimates.
func percentile(value, cond kql.Expr, p float64) kql.Expr {
	sorted := call("array_sort_asc", call("make_list_if", value, cond))
	rank := call("toint", call("max_of", call("ceiling", binary(float(p/100), "*", call("countif", cond))), float(1)))
	return call("todouble", &kql.Index{X: sorted, I: binary(rank, "-", number(1))})
}

// minTime is the time of the first event in the window.
func (c *correlator) minTime(inWindow kql.Expr) kql.Expr {
	if inWindow == nil {
		return call("min", name(earlierTime))
	}
	return call("minif", name(earlierTime), inWindow)
}

// pastCount is the count in all past windows together: values are distinct within each.
func (c *correlator) pastCount(past kql.Expr) kql.Expr {
	if c.bound.Correlation.Kind == ir.EventCount {
		return call("countif", past)
	}
	pair := call("strcat", call("tostring", name("PeriodsAgo")), str(" "), name(earlierValue))
	return call("count_distinctif", pair, both(past, call("isnotempty", name(earlierValue))))
}
