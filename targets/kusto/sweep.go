package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// Names of columns of a sweep.
const (
	addedColumn     = "Added"     // how many events there are at a time
	addedNewColumn  = "AddedNew"  // how many of them are new
	nextColumn      = "NextTime"  // of the group
	periodColumn    = "Period"    // 0: the window; k: the past window k periods before it
	stepColumn      = "Step"      // 1: into the window; -1: out of it
	momentColumn    = "Moment"    // of the step
	changeColumn    = "Change"    // of the number, by the step
	sameValueColumn = "SameValue" // the row before is about the same value
	heldColumn      = "Held"      // how many events of one value there are in the window
	newSoFarColumn  = "NewSoFar"  // how many rows so far are new
)

// bySweep reports whether the number of the window is a running total.
func (c *correlator) bySweep() bool {
	return (c.rule.Kind == ir.EventCount || c.rule.Kind == ir.ValueCount) && !c.byRow() && !c.bound.Bins
}

// sweep goes along the times at which events enter the window and leave it, and the past windows of a baseline, and
// keeps the totals. Rows and time grow with the events, not with their square.
//
// The window holds its first moment and its last: what enters does so before what leaves at the same moment. A past window
// does not hold its first, and its numbers stand before the window is asked: they come first.
func (c *correlator) sweep(events *kql.Query) *kql.Query {
	q := &kql.Query{Source: events.Source, Ops: slices.Clone(events.Ops)}
	add := func(ops ...kql.Operator) { q.Ops = append(q.Ops, ops...) }
	extend := func(columns ...kql.Assign) { add(&kql.Extend{Columns: columns}) }

	add(c.added(), c.sorted())
	extend(kql.Assign{Name: nextColumn, X: call("next", name(timeColumn))})
	add(c.steps()...)
	if c.rule.Kind == ir.ValueCount {
		add(c.distinctValues()...)
	}
	add(c.sortedBy(c.groups, momentColumn, periodColumn, stepColumn))
	if len(c.groups) > 0 {
		extend(kql.Assign{Name: groupColumn, X: c.sameGroup(1)})
	}
	extend(c.totals()...)
	add(c.start())

	total := name(c.numberColumn())
	fires := append([]kql.Expr{binary(name(stepColumn), ">", number(0))}, c.current()...)
	fires = append(append(fires, c.recent()...), c.fires(total, binary(total, "-", name(changeColumn)))...)
	add(&kql.Where{X: &kql.And{X: fires}})
	return q
}

// added makes one row of the events of one time, and of one value where values are counted.
func (c *correlator) added() *kql.Summarize {
	sum := &kql.Summarize{Aggs: []kql.Assign{{Name: addedColumn, X: call("count")}}, By: c.keys()}
	if c.since != nil {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: addedNewColumn, X: call("countif", name(newColumn))})
	}
	for _, v := range c.ownValues() {
		sum.By = append(sum.By, kql.Assign{X: name(v)})
	}
	return sum
}

// ownValues are the columns of values that are not of the group anyway.
func (c *correlator) ownValues() []string {
	return slices.DeleteFunc(slices.Clone(c.values), func(v string) bool { return slices.Contains(c.groups, v) })
}

// steps makes of each row those of its steps.
func (c *correlator) steps() []kql.Operator {
	each := func(column string, x kql.Expr) kql.Operator {
		return &kql.MvExpand{Columns: []kql.MvColumn{{Name: column, X: x, Type: "long"}}}
	}
	var ops []kql.Operator
	moment := name(timeColumn)
	if b := c.rule.Baseline; b != nil {
		ops = append(ops, each(periodColumn, call("range", number(0), number(b.Periods))))
		moment = binary(moment, "+", binary(name(periodColumn), "*", timespan(b.Every)))
	}
	ops = append(ops, each(stepColumn, &kql.Dynamic{JSON: "[1, -1]"}))
	leaves := call("iff", binary(name(stepColumn), ">", number(0)), &kql.Timespan{Text: "0s"}, timespan(c.rule.Window))
	columns := []kql.Assign{{Name: momentColumn, X: binary(moment, "+", leaves)}}
	if c.rule.Kind == ir.EventCount {
		columns = append(columns, kql.Assign{Name: changeColumn, X: binary(name(stepColumn), "*", name(addedColumn))})
	}
	return append(ops, &kql.Extend{Columns: columns})
}

// distinctValues makes of the steps of each value those by which the number of values changes: its first event enters,
// its last leaves.
func (c *correlator) distinctValues() []kql.Operator {
	of := slices.Concat(c.groups, c.ownValues())
	same := &kql.And{}
	for _, column := range slices.Concat(of, c.periods()) {
		same.X = append(same.X, binary(before(column, 1), "==", name(column)))
	}
	held := call("row_cumsum", binary(name(stepColumn), "*", name(addedColumn)))
	ops := []kql.Operator{c.sortedBy(slices.Concat(of, c.periods()), momentColumn, "", stepColumn)}
	if len(same.X) > 0 {
		ops = append(ops, &kql.Extend{Columns: []kql.Assign{{Name: sameValueColumn, X: single(same)}}})
		held.(*kql.Call).Args = append(held.(*kql.Call).Args, &kql.Not{X: name(sameValueColumn)})
	}
	count := func(op string, held kql.Expr) kql.Expr {
		return call("countif", &kql.And{X: []kql.Expr{binary(name(stepColumn), op, number(0)), binary(name(heldColumn), "==", held)}})
	}
	sum := &kql.Summarize{
		Aggs: []kql.Assign{
			{Name: changeColumn, X: binary(count(">", name(addedColumn)), "-", count("<", number(0)))},
			{Name: nextColumn, X: call("max", name(nextColumn))},
		},
		By: c.keys(),
	}
	if c.since != nil {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: addedNewColumn, X: call("sum", name(addedNewColumn))})
	}
	for _, column := range slices.Concat([]string{momentColumn}, c.periods(), []string{stepColumn}) {
		sum.By = append(sum.By, kql.Assign{X: name(column)})
	}
	return append(ops, &kql.Extend{Columns: []kql.Assign{{Name: heldColumn, X: held}}}, sum)
}

// periods is the column of past windows, if there are any.
func (c *correlator) periods() []string {
	if c.rule.Baseline == nil {
		return nil
	}
	return []string{periodColumn}
}

// sortedBy orders the rows by columns and a time; of one time, by others from the greatest.
func (c *correlator) sortedBy(columns []string, time string, others ...string) *kql.Sort {
	s := &kql.Sort{}
	for _, column := range append(slices.Clone(columns), time) {
		s.By = append(s.By, kql.SortKey{X: name(column), Order: "asc"})
	}
	for _, column := range others {
		if column == stepColumn || slices.Contains(c.periods(), column) {
			s.By = append(s.By, kql.SortKey{X: name(column), Order: "desc"})
		}
	}
	return s
}

// current is the condition that a step is about the window, not a past one.
func (c *correlator) current() []kql.Expr {
	if c.rule.Baseline == nil {
		return nil
	}
	return []kql.Expr{binary(name(periodColumn), "==", number(0))}
}

// totals are the numbers of the window and of the past ones after each step.
func (c *correlator) totals() []kql.Assign {
	total := func(x kql.Expr, when string) kql.Expr {
		if c.rule.Baseline != nil {
			x = call("iff", binary(name(periodColumn), when, number(0)), x, number(0))
		}
		args := []kql.Expr{x}
		if len(c.groups) > 0 {
			args = append(args, &kql.Not{X: name(groupColumn)})
		}
		return call("row_cumsum", args...)
	}
	out := []kql.Assign{{Name: c.numberColumn(), X: total(name(changeColumn), "==")}}
	if c.rule.Baseline != nil {
		out = append(out, kql.Assign{Name: pastColumn, X: total(name(changeColumn), ">")})
	}
	if c.since != nil {
		added := total(binary(name(stepColumn), "*", name(addedNewColumn)), "==")
		out = append(out, kql.Assign{Name: newColumn, X: binary(added, ">", number(0))})
	}
	return out
}

// start carries along the time of the oldest event in the window: when it leaves, the next is the oldest.
func (c *correlator) start() kql.Operator {
	s := c.newState()
	s.scan.Declare = []kql.ScanDecl{{Name: startColumn, Type: "datetime"}}
	leaves := &kql.And{X: append([]kql.Expr{binary(name(stepColumn), "<", number(0))}, c.current()...)}
	stays := call("coalesce", s.ofGroup(s.last(startColumn)), name(timeColumn))
	return s.operator([]kql.Assign{{Name: startColumn, X: call("iff", single(leaves), name(nextColumn), stays)}})
}
