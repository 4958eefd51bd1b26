package kusto

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// A window is the event it ends at and those before it in its group that are no older than the timespan. A group fires
// at an event when the window satisfies the condition and would not without that event. All three ways to ask that
// below are exact, and none uses bins:
//
//   - a number of events is asked of the event that stands so many rows before (prev);
//   - which rules have hit, and in which order, is carried from row to row (scan);
//   - anything about the values in a window is asked of the window itself (a join of the events with themselves).

// windows adds to a stream of events what finds the times when a group fires. Each row of the result is one.
func (c *correlator) windows(events *kql.Query) *kql.Query {
	switch rule := c.bound.Correlation; {
	case rule.Kind == ir.Temporal, rule.Kind == ir.TemporalOrdered:
		return c.bySteps(events)
	case rule.Kind == ir.EventCount && rule.Baseline == nil:
		return c.byRows(events)
	default:
		return c.byJoin(events)
	}
}

// timespan writes a duration as KQL does.
func timespan(d time.Duration) kql.Expr {
	switch {
	case d%(24*time.Hour) == 0:
		return &kql.Timespan{Text: fmt.Sprintf("%dd", d/(24*time.Hour))}
	case d%time.Hour == 0:
		return &kql.Timespan{Text: fmt.Sprintf("%dh", d/time.Hour)}
	case d%time.Minute == 0:
		return &kql.Timespan{Text: fmt.Sprintf("%dm", d/time.Minute)}
	default:
		return &kql.Timespan{Text: fmt.Sprintf("%ds", d/time.Second)}
	}
}

// windowStart is the oldest time that the window of the current row can hold.
func (c *correlator) windowStart() kql.Expr {
	return binary(name(timeColumn), "-", timespan(c.bound.Correlation.Window))
}

// sorted orders the rows by group and time. A rule that stands first comes first among events of one time.
func (c *correlator) sorted() *kql.Sort {
	s := &kql.Sort{}
	for _, g := range c.groups {
		s.By = append(s.By, kql.SortKey{X: name(g), Order: "asc"})
	}
	s.By = append(s.By, kql.SortKey{X: name(timeColumn), Order: "asc"})
	for _, h := range c.hits {
		s.By = append(s.By, kql.SortKey{X: name(h), Order: "desc"})
	}
	return s
}

// byRows counts events by the row that stands n before: when it is of the same group and in the window, the window holds
// more than n.
func (c *correlator) byRows(q *kql.Query) *kql.Query {
	reach := &reach{c: c, columns: map[int]string{}}
	rule := c.bound.Correlation
	now := reach.all(rule.Thresholds, 0)
	before := reach.all(rule.Thresholds, 1)
	var fires []kql.Expr
	if now != nil {
		fires = append(fires, now...)
	}
	switch {
	case before == nil: // the condition always holds, so the first event of a window fires
		fires = append(fires, negate(reach.more(1)))
	case !reach.implies(before, 1):
		fires = append(fires, &kql.Not{X: &kql.And{X: append([]kql.Expr{reach.more(1)}, before...)}})
	default:
		fires = append(fires, negate(single(&kql.And{X: before})))
	}
	q.Ops = append(q.Ops, c.sorted())
	if len(reach.extend) > 0 {
		q.Ops = append(q.Ops, &kql.Extend{Columns: reach.extend})
	}
	q.Ops = append(q.Ops,
		&kql.Extend{Columns: []kql.Assign{{Name: startColumn, X: reach.start()}}},
		&kql.Where{X: single(&kql.And{X: fires})})
	return q
}

// reach asks whether the window of a row holds more than n events.
type reach struct {
	c       *correlator
	columns map[int]string
	extend  []kql.Assign
	start_  int
}

// more is the condition that the window holds more than n events: a column of its own. For n of zero it is always true.
func (r *reach) more(n int) kql.Expr {
	if n <= 0 {
		return &kql.Bool{Value: true}
	}
	if col, ok := r.columns[n]; ok {
		return name(col)
	}
	col := r.c.unique(fmt.Sprintf("MoreThan%d", n))
	r.columns[n] = col
	and := &kql.And{}
	for _, g := range r.c.groups {
		and.X = append(and.X, binary(call("prev", name(g), number(n)), "==", name(g)))
	}
	inWindow := binary(call("prev", name(timeColumn), number(n)), ">=", r.c.windowStart())
	if len(and.X) == 0 { // there is no row so far back: null
		inWindow = call("coalesce", inWindow, &kql.Bool{Value: false})
	}
	and.X = append(and.X, inWindow)
	r.extend = append(r.extend, kql.Assign{Name: col, X: single(and)})
	return name(col)
}

// all writes the thresholds for the number of events in the window less the given number of last ones; nil when they
// hold for every number.
func (r *reach) all(thresholds []ir.Threshold, less int) []kql.Expr {
	var out []kql.Expr
	for _, t := range thresholds {
		n := t.Number.Float()
		atLeast := func(min float64) kql.Expr { // count - less >= min
			m := int(math.Ceil(min)) + less - 1
			if less == 0 {
				r.start_ = max(r.start_, m)
			}
			return r.more(m)
		}
		var x kql.Expr
		switch {
		case t.Op == ir.Gte:
			x = atLeast(n)
		case t.Op == ir.Gt:
			x = atLeast(math.Floor(n) + 1)
		case t.Op == ir.Lt:
			x = negate(atLeast(n))
		case t.Op == ir.Lte:
			x = negate(atLeast(math.Floor(n) + 1))
		default:
			x = &kql.And{X: []kql.Expr{atLeast(n), negate(atLeast(math.Floor(n) + 1))}}
			if t.Not {
				x = negate(x)
			}
		}
		if b, ok := x.(*kql.Bool); ok && b.Value {
			continue
		}
		out = append(out, x)
	}
	return out
}

// implies reports whether the conditions hold only when the window holds more than n events: one of them says more.
func (r *reach) implies(conditions []kql.Expr, n int) bool {
	for m, col := range r.columns {
		if m >= n && slices.ContainsFunc(conditions, func(x kql.Expr) bool {
			c, ok := x.(*kql.Name)
			return ok && c.Name == col
		}) {
			return true
		}
	}
	return false
}

// start is when the events began that satisfy the condition.
func (r *reach) start() kql.Expr {
	if r.start_ <= 0 {
		return name(timeColumn)
	}
	if col, ok := r.columns[r.start_]; ok {
		return call("iff", name(col), call("prev", name(timeColumn), number(r.start_)), name(timeColumn))
	}
	return name(timeColumn)
}

// bySteps carries along, from row to row of a group, when each rule has hit last, or how late a sequence of the first
// rules can have begun. The values before and after the event tell whether it is the one that satisfies the condition.
func (c *correlator) bySteps(q *kql.Query) *kql.Query {
	rule := c.bound.Correlation
	step := c.unique("event")
	scan := &kql.Scan{}
	s := kql.ScanStep{Name: step, Cond: &kql.Bool{Value: true}}
	var now, before []string
	declare := func(prefix, of string) string {
		col := c.unique(prefix + of)
		scan.Declare = append(scan.Declare, kql.ScanDecl{Name: col, Type: "datetime"})
		return col
	}
	null := &kql.Null{Type: "datetime"}
	carried := func(col string) kql.Expr {
		last := &kql.Member{X: name(step), Name: col}
		if len(c.groups) == 0 {
			return last
		}
		same := &kql.And{}
		for _, g := range c.groups {
			same.X = append(same.X, binary(&kql.Member{X: name(step), Name: g}, "==", name(g)))
		}
		return call("iff", single(same), last, null)
	}
	var reached kql.Expr = name(timeColumn) // for a sequence: how late the steps so far can have begun
	for i, m := range rule.Members {
		of := memberColumn(m)
		prefix, earlier := "Last", "Before"
		if rule.Kind == ir.TemporalOrdered {
			prefix, earlier = "Begin", "BeginBefore"
		}
		col, was := declare(prefix, of), declare(earlier, of)
		hit := kql.Expr(&kql.Bool{Value: true})
		if len(c.hits) > 0 {
			hit = name(c.hits[i])
		}
		value := kql.Expr(name(timeColumn))
		if rule.Kind == ir.TemporalOrdered {
			value = reached
		}
		next := call("iff", hit, value, carried(col))
		s.Assigns = append(s.Assigns, kql.Assign{Name: col, X: next}, kql.Assign{Name: was, X: carried(col)})
		now, before = append(now, col), append(before, was)
		reached = next
	}
	scan.Steps = []kql.ScanStep{s}
	var fires []kql.Expr
	if rule.Kind == ir.TemporalOrdered {
		last := len(now) - 1
		fires = []kql.Expr{c.inWindow(now[last]), &kql.Not{X: c.inWindow(before[last])}}
	} else {
		fires = []kql.Expr{c.present(now), &kql.Not{X: c.present(before)}}
	}
	started := now
	if rule.Kind == ir.TemporalOrdered {
		started = now[len(now)-1:]
	}
	q.Ops = append(q.Ops, c.sorted(), scan, &kql.Where{X: &kql.And{X: fires}},
		&kql.Extend{Columns: []kql.Assign{{Name: startColumn, X: c.earliest(started)}}})
	return q
}

// inWindow is false, not null, where the time is null.
func (c *correlator) inWindow(column string) kql.Expr {
	return call("coalesce", binary(name(column), ">=", c.windowStart()), &kql.Bool{Value: false})
}

// earliest is the earliest of the times that lie in the window.
func (c *correlator) earliest(columns []string) kql.Expr {
	if len(columns) == 1 {
		return name(columns[0])
	}
	var all []kql.Expr
	for _, col := range columns {
		all = append(all, call("iff", c.inWindow(col), name(col), name(timeColumn)))
	}
	return call("min_of", all...)
}

// present writes the condition of a temporal correlation about the times when its rules have hit last.
func (c *correlator) present(columns []string) kql.Expr {
	rule := c.bound.Correlation
	if rule.Presence != nil {
		return c.presence(rule.Presence, columns)
	}
	all := &kql.And{}
	for _, col := range columns {
		all.X = append(all.X, c.inWindow(col))
	}
	if len(rule.Thresholds) == 1 && demandsAll(rule) {
		return single(all)
	}
	count := all.X[0]
	count = call("toint", count)
	for _, x := range all.X[1:] {
		count = binary(count, "+", call("toint", x))
	}
	return single(&kql.And{X: thresholds(rule.Thresholds, count)})
}

func demandsAll(rule *ir.Correlation) bool {
	members := float64(len(rule.Members))
	return rule.Thresholds[0].Holds(members) && !rule.Thresholds[0].Holds(members-1) &&
		(rule.Thresholds[0].Op == ir.Gte || rule.Thresholds[0].Op == ir.Gt || rule.Thresholds[0].Op == ir.Eq && !rule.Thresholds[0].Not)
}

func (c *correlator) presence(p ir.Presence, columns []string) kql.Expr {
	list := func(x []ir.Presence) []kql.Expr {
		var out []kql.Expr
		for _, p := range x {
			out = append(out, c.presence(p, columns))
		}
		return out
	}
	switch p := p.(type) {
	case *ir.Hit:
		return c.inWindow(columns[p.Member])
	case *ir.AllOf:
		return &kql.And{X: list(p.X)}
	case *ir.OneOf:
		return &kql.Or{X: list(p.X)}
	case *ir.Absent:
		return &kql.Not{X: c.presence(p.X, columns)}
	default:
		panic(fmt.Sprintf("kusto: no case for %T", p))
	}
}

// thresholds writes the relations of a number that is never null.
func thresholds(t []ir.Threshold, x kql.Expr) []kql.Expr {
	var out []kql.Expr
	for _, th := range t {
		op := th.Op.String()
		if th.Not {
			op = "!="
		}
		out = append(out, binary(x, op, &kql.Number{Text: string(th.Number)}))
	}
	return out
}

// float is a number of type real: 7.0, for a whole one would make a division drop the rest.
func float(f float64) kql.Expr {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return &kql.Number{Text: text}
}

// lookback is how far before an event the correlation itself looks.
func lookback(rule *ir.Correlation) time.Duration {
	d := rule.Window
	if rule.Baseline != nil {
		d += time.Duration(rule.Baseline.Periods) * rule.Baseline.Every
	}
	return d
}
