package kusto

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// A window ends at the time of an event and holds the events of its group that are no older than the timespan. A group
// fires when the window satisfies the condition and would not without the events of that time. All ways to ask that
// below are exact, and none uses bins (for those see bins.go):
//
//   - whether there are n events is asked of the event that stands n-1 rows before (prev);
//   - any other number of events, or of values, is a running total of what enters the window and leaves it (sweep.go);
//   - which rules have hit, and in which order, is carried from row to row (steps.go);
//   - anything else is asked of the window itself, a join of the events with those before them (join.go).
//
// Only the last costs more the more events a group has: without group-by it is for few events.

// firings is the times when a group fires, one a row: TimeGenerated, StartTime, the group, and, where a schedule asks,
// whether some event of the window is new.
func (c *correlator) firings() *kql.Query {
	switch events := c.events(); {
	case c.bound.Bins:
		return c.byBins(events)
	case c.temporal():
		return c.bySteps(events)
	case c.byRow():
		return c.byRows(events)
	case c.bySweep():
		return c.sweep(events)
	default:
		return c.byJoin(events)
	}
}

// byRow reports whether the correlation asks for some number of events or more.
func (c *correlator) byRow() bool {
	if c.rule.Kind != ir.EventCount || c.rule.Baseline != nil || c.bound.Bins {
		return false
	}
	for _, t := range c.rule.Thresholds {
		if t.Op != ir.Gte && t.Op != ir.Gt {
			return false
		}
	}
	return true
}

// least is how many events the thresholds of such a correlation ask for.
func (c *correlator) least() int {
	least := 1
	for _, t := range c.rule.Thresholds {
		n := int(math.Ceil(t.Number.Float()))
		if t.Op == ir.Gt {
			n = int(math.Floor(t.Number.Float())) + 1
		}
		least = max(least, n)
	}
	return least
}

// byRows looks n-1 rows back for the beginning of a window of n events, and one row further for an event that would
// have filled the window before. Of the events of one time the new ones come first, so that the window of the row where
// it becomes full has one of them if any has.
func (c *correlator) byRows(q *kql.Query) *kql.Query {
	n := c.least()
	sort := c.sorted()
	starts := name(timeColumn)
	if n > 1 {
		starts = c.back(n - 1)
	}
	columns := []kql.Assign{{Name: startColumn, X: starts}, {Name: earlierColumn, X: c.back(n)}}
	fires := append(c.recent(),
		binary(name(startColumn), ">=", c.windowStart()),
		&kql.Or{X: []kql.Expr{call("isnull", name(earlierColumn)), binary(name(earlierColumn), "<", c.windowStart())}})
	if c.since == nil {
		q.Ops = append(q.Ops, sort, &kql.Extend{Columns: columns}, &kql.Where{X: &kql.And{X: fires}})
		return q
	}
	sort.By = append(sort.By, kql.SortKey{X: name(newColumn), Order: "desc"})
	total := &kql.Extend{Columns: []kql.Assign{{Name: newSoFarColumn, X: call("row_cumsum", call("tolong", name(newColumn)))}}}
	columns = append(columns, kql.Assign{
		Name: newColumn, X: binary(name(newSoFarColumn), ">", call("prev", name(newSoFarColumn), number(n), number(0))),
	})
	q.Ops = append(q.Ops, sort, total, &kql.Extend{Columns: columns}, &kql.Where{X: &kql.And{X: fires}})
	return q
}

// back is the time of the event that stands n rows before, if that is of the same group.
func (c *correlator) back(n int) kql.Expr {
	time := before(timeColumn, n)
	if len(c.groups) == 0 {
		return time
	}
	return call("iff", c.sameGroup(n), time, noTime())
}

func (c *correlator) sameGroup(n int) kql.Expr {
	same := &kql.And{}
	for _, g := range c.groups {
		same.X = append(same.X, binary(before(g, n), "==", name(g)))
	}
	return single(same)
}

// before is a column of the row that stands n rows before.
func before(column string, n int) kql.Expr {
	if n == 1 {
		return call("prev", name(column))
	}
	return call("prev", name(column), number(n))
}

func noTime() kql.Expr { return &kql.Null{Type: "datetime"} }

// sorted orders the rows by group and time.
func (c *correlator) sorted() *kql.Sort {
	s := &kql.Sort{}
	for _, g := range c.groups {
		s.By = append(s.By, kql.SortKey{X: name(g), Order: "asc"})
	}
	s.By = append(s.By, kql.SortKey{X: name(timeColumn), Order: "asc"})
	return s
}

// windowStart is the oldest time that the window of the current row can hold.
func (c *correlator) windowStart() kql.Expr {
	return binary(name(timeColumn), "-", timespan(c.rule.Window))
}

// recent leaves out, in a scheduled query, the times whose windows begin before the data that the run sees.
func (c *correlator) recent() []kql.Expr {
	if c.schedule == nil {
		return nil
	}
	return []kql.Expr{binary(name(timeColumn), ">", c.schedule.from())}
}

// joinWindow pairs each row with the events of its group between a time and its own. values are further columns of these.
func (c *correlator) joinWindow(q *kql.Query, events kql.Source, from kql.Expr, values []string) {
	join := &kql.Join{Kind: "inner", Right: &kql.Query{Source: events}}
	right := &kql.Project{}
	add := func(column string) { right.Columns = append(right.Columns, kql.Assign{X: name(column)}) }
	for _, g := range c.groups {
		add(g)
		join.On = append(join.On, name(g))
	}
	right.Columns = append(right.Columns, kql.Assign{Name: eventColumn, X: name(timeColumn)})
	for _, v := range values {
		if !slices.Contains(c.groups, v) {
			add(v)
		}
	}
	if c.since != nil {
		add(newColumn)
	}
	if len(c.groups) == 0 { // a join needs a key
		all := kql.Assign{Name: allColumn, X: &kql.Bool{Value: true}}
		q.Ops = append(q.Ops, &kql.Extend{Columns: []kql.Assign{all}})
		right.Columns = append([]kql.Assign{all}, right.Columns...)
		join.On = []kql.Expr{name(allColumn)}
	}
	join.Right.Ops = []kql.Operator{right}
	q.Ops = append(q.Ops, join, &kql.Where{X: &kql.Between{X: name(eventColumn), Lo: from, Hi: name(timeColumn)}})
}

// someNew is whether some event of a window is new: only with the last of them could it be seen.
func someNew() kql.Assign {
	return kql.Assign{Name: newColumn, X: binary(call("countif", name(newColumn)), ">", number(0))}
}

// keys are the columns that tell the windows apart.
func (c *correlator) keys() []kql.Assign {
	by := []kql.Assign{{X: name(timeColumn)}}
	for _, g := range c.groups {
		by = append(by, kql.Assign{X: name(g)})
	}
	return by
}

// thresholds writes the relations of a column to numbers.
func (c *correlator) thresholds(x kql.Expr) []kql.Expr {
	var out []kql.Expr
	for _, t := range c.rule.Thresholds {
		op := t.Op.String()
		if t.Not {
			op = "!="
		}
		out = append(out, binary(x, op, c.literal(t.Number)))
	}
	return out
}

// literal writes a number in the type of what it is compared with. A fraction of a decimal would otherwise be a real.
func (c *correlator) literal(n ir.Number) kql.Expr {
	if _, whole := n.Int(); !whole && c.conversion() == "todecimal" {
		return &kql.Typed{Type: "decimal", Text: string(n)}
	}
	return &kql.Number{Text: string(n)}
}

// timespan writes a duration as KQL does.
func timespan(d time.Duration) kql.Expr { return &kql.Timespan{Text: ir.Timespan(d)} }

// scaled writes a decimal number as a quotient of whole ones.
func scaled(f float64) (n, by int) {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	_, fraction, _ := strings.Cut(text, ".")
	by = int(math.Pow10(len(fraction)))
	return int(math.Round(f * float64(by))), by
}
